package org.neuroglia;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What neuroglia returned for one small input. Every case is read where the folder {@code
 * golden.dir} is there, else the few that are kept beside the tests.
 */
public record GoldenCase(Path directory, JsonNode json, JsonNode expected) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The cases of a transformer that must be matched. */
  public static Stream<GoldenCase> matches(String transformer) throws Exception {
    return all(transformer).filter(golden -> golden.verdict().equals("match"));
  }

  public static Stream<GoldenCase> all(String transformer) throws Exception {
    Path every = Path.of(System.getProperty("golden.dir", "none")).resolve(transformer);
    Path root =
        Files.isDirectory(every)
            ? every
            : Path.of(GoldenCase.class.getResource("/golden/" + transformer).toURI());
    List<GoldenCase> cases = new ArrayList<>();
    try (Stream<Path> directories = Files.list(root)) {
      for (Path directory : directories.sorted().toList()) {
        cases.add(
            new GoldenCase(
                directory,
                JSON.readTree(directory.resolve("params.json").toFile()),
                JSON.readTree(directory.resolve("expected.json").toFile())));
      }
    }
    return cases.stream();
  }

  public String verdict() {
    return json.get("verdict").asText();
  }

  public String name() {
    return directory.getFileName().toString();
  }

  public JsonNode param(String name) {
    return json.at("/params/" + name);
  }

  public double[] sampleTimes() {
    return doubles(param("sample_times"));
  }

  /** The name without numpy's. */
  public String func() {
    return param("func").asText().replace("np.", "");
  }

  public boolean expectsError() {
    return expected.get("kind").asText().equals("error");
  }

  /** The columns of numbers of an input, in order; texts are left out. */
  public Map<String, double[]> table(String input) throws IOException {
    List<String> lines = Files.readAllLines(directory.resolve(input + ".csv"));
    String[] header = lines.get(0).split(",");
    Map<String, double[]> columns = new LinkedHashMap<>();
    for (int c = 0; c < header.length; c++) {
      int column = c;
      if (!json.at("/inputs/" + input + "/columns/" + header[c]).asText().equals("str")) {
        columns.put(
            header[c],
            lines.stream()
                .skip(1)
                .mapToDouble(line -> number(line.split(",", -1)[column]))
                .toArray());
      }
    }
    return columns;
  }

  /** The spike times of each neuron, in the order of the table; neurons as neuroglia sorts them. */
  public Map<String, double[]> trains() throws IOException {
    List<String> lines = Files.readAllLines(directory.resolve("spikes.csv"));
    List<String> header = List.of(lines.get(0).split(","));
    boolean texts = json.at("/inputs/spikes/columns/neuron").asText().equals("str");
    Map<String, List<Double>> trains =
        texts
            ? new TreeMap<>()
            : new TreeMap<>((a, b) -> Double.compare(Double.parseDouble(a), Double.parseDouble(b)));
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split(",", -1);
      String neuron = cells[header.indexOf("neuron")];
      if (!neuron.isEmpty()) {
        trains
            .computeIfAbsent(neuron, n -> new ArrayList<>())
            .add(number(cells[header.indexOf("time")]));
      }
    }
    Map<String, double[]> arrays = new LinkedHashMap<>();
    trains.forEach((n, t) -> arrays.put(n, t.stream().mapToDouble(v -> v).toArray()));
    return arrays;
  }

  private static double number(String text) {
    return switch (text) {
      case "True" -> 1;
      case "False" -> 0;
      default -> Double.parseDouble(text);
    };
  }

  private static double[] doubles(JsonNode data) {
    double[] values = new double[data.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = number(data.get(i).isBoolean() ? data.get(i).asInt() + "" : data.get(i).asText());
    }
    return values;
  }

  public double[] data() {
    return doubles(expected.get("data"));
  }

  /** A column of an expected table. */
  public double[] column(String name) {
    return doubles(expected.at("/columns/" + name + "/values"));
  }

  public List<String> texts(String column) {
    List<String> texts = new ArrayList<>();
    expected.at("/columns/" + column + "/values").forEach(text -> texts.add(text.asText()));
    return texts;
  }

  /**
   * Column {@code index} of the last axis of the expected array, the neurons': event after event,
   * sample after sample.
   */
  public double[] ofNeuron(int index) {
    JsonNode shape = expected.get("shape");
    int neurons = shape.size() == 1 ? 1 : shape.get(shape.size() - 1).asInt();
    double[] data = data();
    double[] column = new double[data.length / neurons];
    for (int i = 0; i < column.length; i++) {
      column[i] = data[i * neurons + index];
    }
    return column;
  }

  /** numpy.allclose with the case's own tolerance; an infinity equals itself, NaN too. */
  public void assertClose(double[] wanted, double[] actual) {
    assertEquals(wanted.length, actual.length, name() + ": length");
    double rtol = json.at("/compare/rtol").asDouble();
    double atol = json.at("/compare/atol").asDouble();
    for (int i = 0; i < wanted.length; i++) {
      boolean same = wanted[i] == actual[i] || (Double.isNaN(wanted[i]) && Double.isNaN(actual[i]));
      if (!same && !(Math.abs(wanted[i] - actual[i]) <= atol + rtol * Math.abs(wanted[i]))) {
        throw new AssertionError(name() + "[" + i + "]: " + actual[i] + " instead of " + wanted[i]);
      }
    }
  }

  /**
   * Each neuron's expected values against those that {@code filter} makes of its input, or an error
   * where neuroglia has one.
   */
  public void assertTraces(Filter filter) throws IOException {
    Map<String, double[]> traces = table("traces");
    double[] times = traces.remove("time");
    if (expectsError()) {
      assertThrows(
          InvalidInputException.class,
          () -> traces.values().forEach(values -> filter.apply(times, values)));
      return;
    }
    int k = 0;
    for (double[] values : traces.values()) {
      double[] kept = values.clone();
      assertClose(ofNeuron(k++), filter.apply(times, values));
      assertArrayEquals(kept, values, "input changed");
    }
  }

  /** Of times and values. */
  @FunctionalInterface
  public interface Filter {
    double[] apply(double[] times, double[] values);
  }

  @Override
  public String toString() {
    return name();
  }
}
