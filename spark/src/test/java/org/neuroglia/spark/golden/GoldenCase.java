package org.neuroglia.spark.golden;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** One case of {@code golden/}: its parameters, its inputs by name and what must come out. */
public final class GoldenCase {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path directory;
  private final JsonNode json;

  private GoldenCase(Path directory) throws IOException {
    this.directory = directory;
    this.json = JSON.readTree(directory.resolve("params.json").toFile());
  }

  /** Every case under {@code golden}, by folder and name. */
  public static List<GoldenCase> all(Path golden) throws IOException {
    List<GoldenCase> cases = new ArrayList<>();
    try (Stream<Path> files = Files.walk(golden, 3)) {
      for (Path file :
          files.filter(f -> f.getFileName().toString().equals("params.json")).sorted().toList()) {
        cases.add(new GoldenCase(file.getParent()));
      }
    }
    return cases;
  }

  /** The transformer's name. */
  public String folder() {
    return directory.getParent().getFileName().toString();
  }

  public String name() {
    return directory.getFileName().toString();
  }

  public JsonNode params() {
    return json.get("params");
  }

  public boolean has(String param) {
    return params().hasNonNull(param);
  }

  public double[] doubles(String param) {
    double[] values = new double[params().get(param).size()];
    for (int i = 0; i < values.length; i++) {
      JsonNode value = params().get(param).get(i);
      values[i] = value.isNumber() ? value.doubleValue() : Double.parseDouble(value.asText());
    }
    return values;
  }

  /** {@code match}, {@code fix} or {@code info}. */
  public String verdict() {
    return json.get("verdict").asText();
  }

  public boolean isVolatile() {
    return json.has("volatile");
  }

  public String note() {
    return json.get("note").asText();
  }

  public double rtol() {
    return json.get("compare").get("rtol").asDouble();
  }

  public double atol() {
    return json.get("compare").get("atol").asDouble();
  }

  public GoldenValue expected() throws IOException {
    return GoldenValue.parse(JSON.readTree(directory.resolve("expected.json").toFile()));
  }

  /** An input in the encoding of expected.json: a tensor, or an array. */
  public GoldenValue value(String input) throws IOException {
    return GoldenValue.parse(json(input));
  }

  /** An input of another encoding: {@code spike_dict}. */
  public JsonNode json(String input) throws IOException {
    return JSON.readTree(file(input).toFile());
  }

  private Path file(String input) {
    return directory.resolve(declared(input).get("file").asText());
  }

  private JsonNode declared(String input) {
    JsonNode declared = json.get("inputs").get(input);
    if (declared == null) {
      throw new IllegalArgumentException(this + " has no input " + input);
    }
    return declared;
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
  public Map<String, List<Object>> table(String input) throws IOException {
    List<String> lines = Files.readAllLines(file(input), StandardCharsets.UTF_8);
    String[] header = lines.get(0).split(",", -1);
    Map<String, String> types = columnTypes(input);
    Map<String, List<Object>> columns = new LinkedHashMap<>();
    for (int c = 0; c < header.length; c++) {
      List<Object> values = new ArrayList<>(lines.size() - 1);
      for (String line : lines.subList(1, lines.size())) {
        values.add(parse(line.split(",", -1)[c], types.get(header[c])));
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

  /** A CSV input as a DataFrame of one partition, columns in the file's order. */
  public Dataset<Row> dataFrame(SparkSession spark, String input) throws IOException {
    Map<String, List<Object>> table = table(input);
    Map<String, String> types = columnTypes(input);
    List<StructField> fields = new ArrayList<>();
    table.forEach(
        (name, values) ->
            fields.add(DataTypes.createStructField(name, type(types.get(name), values), true)));
    int rows = table.values().iterator().next().size();
    List<Row> all = new ArrayList<>(rows);
    for (int r = 0; r < rows; r++) {
      int row = r;
      all.add(RowFactory.create(table.values().stream().map(column -> column.get(row)).toArray()));
    }
    return spark.createDataFrame(all, new StructType(fields.toArray(new StructField[0])));
  }

  private static DataType type(String declared, List<Object> values) {
    if (declared == null) {
      boolean integers = values.stream().allMatch(v -> v instanceof Long);
      return integers ? DataTypes.LongType : DataTypes.DoubleType;
    }
    switch (declared) {
      case "float":
        return DataTypes.DoubleType;
      case "int":
        return DataTypes.LongType;
      case "bool":
        return DataTypes.BooleanType;
      default:
        return DataTypes.StringType;
    }
  }

  @Override
  public String toString() {
    return folder() + "/" + name();
  }
}
