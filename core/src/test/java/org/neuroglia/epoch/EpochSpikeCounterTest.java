package org.neuroglia.epoch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EpochSpikeCounterTest {
  private static double[] count(boolean rate, double[] train, double[] events, double[] lengths) {
    double[] out = new double[events.length];
    new EpochSpikeCounter(rate).sample(train, events, lengths, out);
    return out;
  }

  // spikes   x   x   x
  // epochs   |-------)           2
  //                  |---)       1: each spike is in one of two that follow one another
  @Test
  void spikeWhereEpochsMeetIsCountedInTheLater() {
    double[] train = {0, 1, 2};
    double[] events = {0, 2};
    double[] durations = {2, 4};
    assertArrayEquals(new double[] {2, 1}, count(false, train, events, durations));
    assertArrayEquals(new double[] {1, 0.25}, count(true, train, events, durations));
  }

  @Test
  void endIsTheDoubleSum() {
    // 0.1 + 0.2 is 0.30000000000000004, so 0.3 is inside
    assertArrayEquals(
        new double[] {1}, count(false, new double[] {0.3}, new double[] {0.1}, new double[] {0.2}));
  }

  @Test
  void epochThatIsNoneHasNoSpikesAndNoRate() {
    double[] train = {0, 1, 2, Double.NaN};
    double[] events = {1, 1, Double.NaN, 1};
    double[] durations = {0, -1, 1, Double.NaN};
    assertArrayEquals(new double[4], count(false, train, events, durations));
    double[] none = new double[4];
    Arrays.fill(none, Double.NaN);
    assertArrayEquals(none, count(true, train, events, durations));
  }

  @Test
  void noSpikesAreNoneAndNaNIsNotASpike() {
    assertArrayEquals(
        new double[] {0}, count(true, new double[0], new double[] {0}, new double[] {1}));
    assertArrayEquals(
        new double[] {1},
        count(
            false,
            new double[] {0, Double.NaN},
            new double[] {0},
            new double[] {Double.POSITIVE_INFINITY}));
  }

  @Test
  void countsEqualAMaskOnRandomOverlappingEpochs() {
    Random random = new Random(2);
    for (int round = 0; round < 200; round++) {
      double[] train =
          random.doubles(random.nextInt(300), 0, 20).map(Math::rint).sorted().toArray();
      double[] events = random.doubles(20, -2, 22).map(Math::rint).toArray();
      double[] durations = random.doubles(20, 0, 9).map(Math::rint).toArray();
      double[] counts = count(false, train, events, durations);
      for (int e = 0; e < 20; e++) {
        double start = events[e];
        double stop = start + durations[e];
        assertEquals(Arrays.stream(train).filter(t -> t >= start && t < stop).count(), counts[e]);
      }
    }
  }
}
