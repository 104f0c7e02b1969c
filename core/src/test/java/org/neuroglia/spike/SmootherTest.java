package org.neuroglia.spike;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.neuroglia.InvalidInputException;
import org.neuroglia.golden.GoldenCase;

class SmootherTest {
  static Stream<GoldenCase> trains() {
    return GoldenCase.matches("Smoother");
  }

  @ParameterizedTest
  @MethodSource("trains")
  void equalsNeuroglia(GoldenCase golden) {
    if (golden.expectsError()) {
      assertThrows(InvalidInputException.class, () -> smoother(golden, ""));
      return;
    }
    int k = 0;
    for (double[] train : golden.trains().values()) {
      golden.assertClose(golden.ofNeuron(k++), smoother(golden, "").transform(train));
    }
  }

  private static Smoother smoother(GoldenCase golden, String under) {
    String kernel = golden.param(under + "kernel").asText(Smoother.DEFAULT_KERNEL);
    double tau = golden.param(under + "tau").asDouble(Smoother.DEFAULT_TAU);
    return new Smoother(golden.sampleTimes(), kernel, tau);
  }

  static Stream<GoldenCase> events() {
    return GoldenCase.matches("PeriEventSpikeSampler")
        .filter(golden -> golden.param("sampler").asText().equals("Smoother"));
  }

  @ParameterizedTest
  @MethodSource("events")
  void aroundEventsEqualsNeuroglia(GoldenCase golden) {
    Smoother smoother = smoother(golden, "sampler_kwargs/");
    double[] events = golden.numbers("events").get("time");
    int k = 0;
    for (double[] train : golden.trains().values()) {
      double[] out = new double[events.length * smoother.samples()];
      Arrays.sort(train);
      for (int e = 0; e < events.length; e++) {
        smoother.at(train, events[e], out, e * smoother.samples());
      }
      golden.assertClose(golden.ofNeuron(k++), out);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gaussian", "exponential", "boxcar"})
  void sumOfWhatIsNearEqualsTheSumOfAll(String kernel) {
    Random random = new Random(5);
    for (int round = 0; round < 300; round++) {
      double tau = Math.exp(random.nextDouble() * 8 - 6);
      int spikes = random.nextInt(round % 3 == 0 ? 3 : 300);
      double[] train = random.doubles(spikes, 0, 20).map(t -> Math.rint(t * 50) / 50).toArray();
      double[] times = random.doubles(10, -1, 21).map(t -> Math.rint(t * 50) / 50).toArray();
      double[] densities = new Smoother(times, kernel, tau).transform(train);
      for (int j = 0; j < times.length; j++) {
        double sum = 0;
        for (double spike : train) {
          sum += density(kernel, (times[j] - spike) / tau) / tau;
        }
        assertEquals(sum, densities[j], 1e-300 + 1e-13 * sum);
      }
    }
  }

  private static double density(String kernel, double lag) {
    return switch (kernel) {
      case "gaussian" -> Math.exp(-lag * lag / 2) / Math.sqrt(2 * Math.PI);
      case "exponential" -> lag >= 0 ? Math.exp(-lag) : 0;
      default -> lag >= 0 && lag <= 1 ? 1 : 0;
    };
  }

  // spikes  x        x         x            tau 1, samples at the event: padded by 10
  // lag     10.5     0.5      -10.5
  @Test
  void aroundAnEventOnlySpikesWithinTenTausCount() {
    Smoother smoother = new Smoother(new double[] {0}, "exponential", 1);
    double[] out = new double[3];
    smoother.at(new double[] {-10.5, -0.5, 10.5}, 0, out, 1);
    assertArrayEquals(new double[] {0, Math.exp(-0.5), 0}, out);
    smoother.at(new double[] {-10.5, -10}, 0, out, 1);
    assertArrayEquals(new double[3], out, "the pad is open");
    assertEquals(
        Math.exp(-10.5), smoother.transform(new double[] {-10.5})[0], 1e-20, "transform has none");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gaussian", "exponential", "boxcar"})
  void aroundAnEventAPartOfTheTrainGivesTheSameBits(String kernel) {
    Random random = new Random(6);
    double[] train = random.doubles(2000, 0, 100).sorted().toArray();
    double[] times = {0.2, -0.1, 0, 0.1};
    Smoother smoother = new Smoother(times, kernel, 0.02);
    for (int round = 0; round < 100; round++) {
      double event = random.nextDouble() * 100;
      double[] part =
          Arrays.stream(train)
              .filter(t -> t > event - 0.1 - smoother.pad() && t < event + 0.2 + smoother.pad())
              .toArray();
      double[] whole = new double[4];
      double[] same = new double[4];
      smoother.at(train, event, whole, 0);
      smoother.at(part, event, same, 0);
      assertArrayEquals(whole, same);
      assertTrue(kernel.equals("boxcar") || event < 1 || whole[0] > 0);
    }
  }

  @Test
  void nanIsNoSpikeAndNoEvent() {
    Smoother smoother = new Smoother(new double[] {0, 0.1});
    double[] one = smoother.transform(new double[] {0.1});
    assertArrayEquals(one, smoother.transform(new double[] {Double.NaN, 0.1}));
    assertArrayEquals(new double[2], smoother.transform(new double[] {Double.NaN}));
    double[] out = {-1, -1};
    smoother.at(new double[] {0.1, Double.NaN}, 0, out, 0);
    assertArrayEquals(one, out);
    smoother.at(new double[] {0.1}, Double.NaN, out, 0);
    assertArrayEquals(new double[2], out);
    smoother.at(new double[] {0.1}, Double.POSITIVE_INFINITY, out, 0);
    assertArrayEquals(new double[2], out);
  }

  @Test
  void infiniteSpikesWeighNothing() {
    double[] train = {Double.NEGATIVE_INFINITY, 0, Double.POSITIVE_INFINITY};
    for (String kernel : new String[] {"gaussian", "exponential", "boxcar"}) {
      Smoother smoother = new Smoother(new double[] {0.001}, kernel, 0.005);
      assertArrayEquals(smoother.transform(new double[] {0}), smoother.transform(train));
      double[] farAway = {Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY};
      assertArrayEquals(new double[1], smoother.transform(farAway));
    }
  }

  @Test
  void whatCannotBeIsRefused() {
    double[] times = {0, 0.1};
    for (double tau : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThrows(InvalidInputException.class, () -> new Smoother(times, "gaussian", tau));
    }
    String message =
        assertThrows(InvalidInputException.class, () -> new Smoother(times, "triangle", 1))
            .getMessage();
    assertEquals("kernel is \"triangle\"; accepted are gaussian, exponential, boxcar", message);
    assertThrows(InvalidInputException.class, () -> new Smoother(times, null, 1));
    assertThrows(InvalidInputException.class, () -> new Smoother(new double[0]));
    assertThrows(InvalidInputException.class, () -> new Smoother(new double[] {Double.NaN}));
  }
}
