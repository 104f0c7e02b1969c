package org.neuroglia.golden;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.neuroglia.InvalidInputException;

/**
 * What neuroglia or scikit-learn returned for one small input: parameters, inputs by name and what
 * must come out. {@code golden/README.md} tells the format of the files.
 */
public final class GoldenCase {
  private final String folder;
  private final String name;
  private final JsonNode about;

  private GoldenCase(String folder, String name) {
    this.folder = folder;
    this.name = name;
    this.about = archive().json(name + "/params.json");
  }

  /** Every case of every folder, by folder and name. */
  public static Stream<GoldenCase> all() {
    return GoldenArchive.index().properties().stream().flatMap(listed -> all(listed.getKey()));
  }

  /** The cases of a folder, by name. */
  public static Stream<GoldenCase> all(String folder) {
    List<GoldenCase> cases = new ArrayList<>();
    GoldenArchive.index()
        .required(folder)
        .forEach(name -> cases.add(new GoldenCase(folder, name.asText())));
    return cases.stream();
  }

  /** The cases of a folder that must be matched. */
  public static Stream<GoldenCase> matches(String folder) {
    return all(folder).filter(GoldenCase::mustMatch);
  }

  public static GoldenCase of(String folder, String name) {
    return new GoldenCase(folder, name);
  }

  private GoldenArchive archive() {
    return GoldenArchive.of(folder);
  }

  // --- What params.json says

  /** The transformer's name. */
  public String folder() {
    return folder;
  }

  public String name() {
    return name;
  }

  /** {@code match}, {@code fix} or {@code info}. */
  public String verdict() {
    return about.get("verdict").asText();
  }

  public boolean mustMatch() {
    return verdict().equals("match");
  }

  /** Whether the original gives something else from run to run. */
  public boolean isVolatile() {
    return about.has("volatile");
  }

  public String note() {
    return about.get("note").asText();
  }

  public Tolerance tolerance() {
    JsonNode compare = about.get("compare");
    return new Tolerance(compare.get("rtol").asDouble(), compare.get("atol").asDouble());
  }

  /** The constructor's arguments. */
  public JsonNode params() {
    return about.get("params");
  }

  /** An argument by its path, such as {@code sampler_kwargs/tau}; a missing node if not given. */
  public JsonNode param(String path) {
    return params().at("/" + path);
  }

  public boolean has(String param) {
    return params().hasNonNull(param);
  }

  public double[] doubles(String param) {
    return numbers(params().get(param));
  }

  public double[] sampleTimes() {
    return doubles("sample_times");
  }

  /** The name without numpy's. */
  public String func() {
    return param("func").asText().replace("np.", "");
  }

  // --- Inputs

  private JsonNode declared(String input) {
    JsonNode declared = about.get("inputs").get(input);
    if (declared == null) {
      throw new IllegalArgumentException(this + " has no input " + input);
    }
    return declared;
  }

  private String path(String input) {
    return name + "/" + declared(input).get("file").asText();
  }

  /** The paths of all inputs in the archive. */
  List<String> inputFiles() {
    List<String> files = new ArrayList<>();
    about.get("inputs").fieldNames().forEachRemaining(input -> files.add(path(input)));
    return files;
  }

  /** An input that is no table: {@code spike_dict}. */
  public JsonNode json(String input) {
    return archive().json(path(input));
  }

  /** An input in the encoding of expected.json: a tensor, or an array. */
  public GoldenValue value(String input) {
    return GoldenValue.parse(json(input));
  }

  /** The types of a table's columns as declared: float, int, str, bool. */
  public Map<String, String> columnTypes(String input) {
    Map<String, String> types = new LinkedHashMap<>();
    declared(input)
        .get("columns")
        .properties()
        .forEach(c -> types.put(c.getKey(), c.getValue().asText()));
    return types;
  }

  /** {@code str} or {@code int}: how the labels of a table of traces sort. */
  public String neuronLabelType(String input) {
    return declared(input).get("neuron_label_dtype").asText();
  }

  /**
   * A CSV input by column, in the file's order: Double, Long, String (null where missing) or
   * Boolean. The index column, where there is one, is among them: Long if all of it are integers.
   */
  public Map<String, List<Object>> table(String input) {
    List<String> lines = archive().lines(path(input));
    String[] header = lines.get(0).split(",", -1);
    List<String[]> rows = lines.stream().skip(1).map(line -> line.split(",", -1)).toList();
    Map<String, String> types = columnTypes(input);
    Map<String, List<Object>> columns = new LinkedHashMap<>();
    for (int c = 0; c < header.length; c++) {
      List<Object> values = new ArrayList<>(rows.size());
      for (String[] row : rows) {
        values.add(parse(row[c], types.get(header[c])));
      }
      columns.put(header[c], values);
    }
    return columns;
  }

  private static Object parse(String text, String type) {
    if (type == null) { // the index column has no declared type
      return text.matches("-?\\d+") ? (Object) Long.valueOf(text) : Double.valueOf(text);
    }
    switch (type) {
      case "float":
        return text.isEmpty() ? Double.NaN : Double.parseDouble(text);
      case "int":
        return Long.valueOf(text);
      case "bool":
        return text.equalsIgnoreCase("true") || text.equals("1");
      default:
        return text.isEmpty() ? null : text;
    }
  }

  /** The columns of numbers of a CSV input, in order, true as 1; texts are left out. */
  public Map<String, double[]> numbers(String input) {
    Map<String, String> types = columnTypes(input);
    Map<String, double[]> columns = new LinkedHashMap<>();
    table(input)
        .forEach(
            (column, values) -> {
              if (!"str".equals(types.get(column))) {
                columns.put(column, GoldenValue.doubles(GoldenValue.normalised(values)));
              }
            });
    return columns;
  }

  /** The columns of a CSV input of traces by neuron, without the time. */
  public Map<String, double[]> traces(String input) {
    Map<String, double[]> columns = numbers(input);
    columns.remove("time");
    return columns;
  }

  /** The spike times of each neuron, in the order of the table; neurons as neuroglia sorts them. */
  public Map<String, double[]> trains() {
    Map<String, List<Object>> spikes = table("spikes");
    boolean texts = columnTypes("spikes").get("neuron").equals("str");
    Map<String, List<Object>> trains =
        texts
            ? new TreeMap<>()
            : new TreeMap<>((a, b) -> Double.compare(Double.parseDouble(a), Double.parseDouble(b)));
    for (int i = 0; i < spikes.get("neuron").size(); i++) {
      Object neuron = spikes.get("neuron").get(i);
      if (neuron != null) {
        trains
            .computeIfAbsent(neuron.toString(), n -> new ArrayList<>())
            .add(spikes.get("time").get(i));
      }
    }
    Map<String, double[]> arrays = new LinkedHashMap<>();
    trains.forEach((n, times) -> arrays.put(n, GoldenValue.doubles(times)));
    return arrays;
  }

  // --- What must come out

  public JsonNode expected() {
    return archive().json(name + "/expected.json");
  }

  public GoldenValue expectedValue() {
    return GoldenValue.parse(expected());
  }

  public boolean expectsError() {
    return expected().get("kind").asText().equals("error");
  }

  /** The numbers of a JSON array; NaN and the infinities are texts there. */
  public static double[] numbers(JsonNode data) {
    double[] values = new double[data.size()];
    for (int i = 0; i < values.length; i++) {
      JsonNode value = data.get(i);
      values[i] =
          value.isBoolean()
              ? value.asInt()
              : value.isNumber() ? value.asDouble() : Double.parseDouble(value.asText());
    }
    return values;
  }

  public static List<String> texts(JsonNode data) {
    List<String> texts = new ArrayList<>();
    data.forEach(text -> texts.add(text.asText()));
    return texts;
  }

  /** The column of one neuron of traces in the encoding of expected.json. */
  public static double[] column(JsonNode traces, String neuron) {
    List<String> labels = texts(traces.get("columns"));
    return everyNth(numbers(traces.get("data")), labels.size(), labels.indexOf(neuron));
  }

  /** Neuron {@code index} of the last axis of the expected array: event by event, then sample. */
  public double[] ofNeuron(int index) {
    JsonNode expected = expected();
    JsonNode shape = expected.get("shape");
    int neurons = shape.size() == 1 ? 1 : shape.get(shape.size() - 1).asInt();
    return everyNth(numbers(expected.get("data")), neurons, index);
  }

  private static double[] everyNth(double[] data, int n, int first) {
    double[] column = new double[data.length / n];
    for (int i = 0; i < column.length; i++) {
      column[i] = data[i * n + first];
    }
    return column;
  }

  public void assertClose(double[] wanted, double[] actual) {
    tolerance().assertClose(wanted, actual, name);
  }

  public void assertClose(double[] wanted, double[] actual, String what) {
    tolerance().assertClose(wanted, actual, name + " " + what);
  }

  public void assertClose(double wanted, double actual, String what) {
    tolerance().assertClose(wanted, actual, name + " " + what);
  }

  /**
   * Each neuron's expected values against those that {@code filter} makes of its input, or an error
   * where neuroglia has one.
   */
  public void assertTraces(Filter filter) {
    Map<String, double[]> traces = numbers("traces");
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
    return folder + "/" + name;
  }
}
