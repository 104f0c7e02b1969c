package org.neuroglia.datasets;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.neuroglia.InvalidInputException;
import org.neuroglia.golden.GoldenCase;

class CalciumTracesTest {
  private static final String FOLDER = "make_calcium_traces";

  static Stream<GoldenCase> made() {
    return GoldenCase.all(FOLDER)
        .filter(golden -> golden.expected().at("/items/traces").isObject());
  }

  static Stream<GoldenCase> generated() {
    return GoldenCase.all(FOLDER).filter(golden -> golden.has("function"));
  }

  private static CalciumTraces make(GoldenCase golden) {
    List<String> neurons = new ArrayList<>();
    golden.param("neuron_ids").forEach(label -> neurons.add(label.asText()));
    return CalciumTraces.make(
        neurons,
        golden.param("duration").asDouble(),
        golden.param("sampling_rate").asDouble(),
        golden.param("oscillation").asBoolean());
  }

  @Test
  void noneIsMissing() {
    assertEquals(3, made().count());
    assertEquals(2, generated().count());
  }

  @ParameterizedTest
  @MethodSource("made")
  void tracesAreNeuroglias(GoldenCase golden) {
    CalciumTraces made = make(golden);
    JsonNode traces = golden.expected().at("/items/traces");
    JsonNode spikes = golden.expected().at("/items/spikes");
    JsonNode index = traces.get("index");
    golden.assertClose(
        GoldenCase.numbers(index.has("values") ? index.get("values") : index),
        made.times(),
        "times");
    for (int neuron = 0; neuron < made.neurons().size(); neuron++) {
      String label = made.neurons().get(neuron);
      golden.assertClose(GoldenCase.column(traces, label), made.trace(neuron), label);
      assertArrayEquals(
          Arrays.stream(GoldenCase.column(spikes, label)).mapToInt(s -> (int) s).toArray(),
          made.spikes(neuron));
    }
  }

  @ParameterizedTest
  @MethodSource("generated")
  void generatorsAreNeuroglias(GoldenCase golden) {
    int n = golden.param("N").asInt();
    int samples = golden.param("T").asInt();
    CalciumTraces made =
        CalciumTraces.builder()
            .neurons(IntStream.range(0, n).mapToObj(String::valueOf).toList())
            .samplingRate(golden.param("framerate").asDouble())
            .samples(samples)
            .firingRate(golden.param("firerate").asDouble())
            .coefficients(golden.doubles("g"))
            .noise(golden.param("sn").asDouble())
            .baseline(golden.param("b").asDouble())
            .oscillation(golden.param("function").asText().equals("gen_sinusoidal_data"))
            .seed(golden.param("seed").asLong())
            .build();
    double[] y = GoldenCase.numbers(golden.expected().at("/items/y/data"));
    double[] c = GoldenCase.numbers(golden.expected().at("/items/c/data"));
    double[] s = GoldenCase.numbers(golden.expected().at("/items/s/data"));
    for (int neuron = 0; neuron < n; neuron++) {
      int from = neuron * samples;
      golden.assertClose(Arrays.copyOfRange(y, from, from + samples), made.trace(neuron), "y");
      golden.assertClose(Arrays.copyOfRange(c, from, from + samples), made.calcium(neuron), "c");
      assertArrayEquals(
          Arrays.stream(s, from, from + samples).mapToInt(spike -> (int) spike).toArray(),
          made.spikes(neuron));
    }
  }

  @Test
  void aDurationThatIsNoWholeNumberOfSamplesGivesThoseThatFit() {
    CalciumTraces made = make(GoldenCase.of(FOLDER, "bad_length"));
    assertEquals(313, made.times().length);
    assertEquals(313, made.trace(2).length);
    assertEquals(312 / 31.0, made.times()[312]);
  }

  @Test
  void oneNeuronIsEnough() {
    CalciumTraces made = make(GoldenCase.of(FOLDER, "bad_one_neuron"));
    assertEquals(List.of("a"), made.neurons());
    assertEquals(150, made.trace(0).length);
  }

  @Test
  void impossibleSettingsAreNamed() {
    CalciumTraces.Builder builder = CalciumTraces.builder();
    assertEquals(
        "Made-up calcium traces cannot have a duration of 0.01: "
            + "at least one sample at 30.0 Hz, and below 2³¹ samples.",
        assertThrows(InvalidInputException.class, () -> builder.duration(0.01)).getMessage());
    assertThrows(InvalidInputException.class, () -> builder.neurons(List.of()));
    assertThrows(InvalidInputException.class, () -> builder.neurons(List.of("a", "a")));
    assertThrows(InvalidInputException.class, () -> builder.samplingRate(0));
    assertThrows(InvalidInputException.class, () -> builder.duration(Double.NaN));
    assertThrows(InvalidInputException.class, () -> builder.noise(-1));
    assertThrows(InvalidInputException.class, () -> builder.coefficients(1, 2, 3));
    assertThrows(InvalidInputException.class, () -> builder.seed(-1).build());
  }
}
