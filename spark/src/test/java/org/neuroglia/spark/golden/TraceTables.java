package org.neuroglia.spark.golden;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.neuroglia.golden.GoldenCase;
import org.neuroglia.golden.GoldenValue;
import org.neuroglia.spark.LocalSpark;

/** Traces of a case, a column per neuron, as rows per neuron, and back. */
final class TraceTables {
  private TraceTables() {}

  /** The labels in the order of the file's columns. */
  static List<Object> labels(GoldenCase golden) {
    boolean integers = golden.neuronLabelType("traces").equals("int");
    return golden.columnTypes("traces").keySet().stream()
        .map(label -> integers ? (Object) Long.valueOf(label) : label)
        .toList();
  }

  static Dataset<Row> rows(GoldenCase golden) throws Exception {
    Map<String, List<Object>> table = golden.table("traces");
    Map<String, String> types = golden.columnTypes("traces");
    List<String> names = List.copyOf(types.keySet());
    String index =
        table.keySet().stream().filter(c -> !types.containsKey(c)).findFirst().orElseThrow();
    DataType element =
        switch (types.get(names.get(0))) {
          case "int" -> DataTypes.LongType;
          case "bool" -> DataTypes.BooleanType;
          default -> DataTypes.DoubleType;
        };
    List<Object> labels = labels(golden);
    DataType label = labels.get(0) instanceof Long ? DataTypes.LongType : DataTypes.StringType;
    Object[] times =
        table.get(index).stream().map(t -> ((Number) t).doubleValue()).toArray(Double[]::new);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < labels.size(); i++) {
      rows.add(RowFactory.create(labels.get(i), times, table.get(names.get(i)).toArray()));
    }
    StructType schema =
        new StructType()
            .add("neuron", label)
            .add("times", DataTypes.createArrayType(DataTypes.DoubleType))
            .add("values", DataTypes.createArrayType(element));
    return LocalSpark.session().createDataFrame(rows, schema);
  }

  /**
   * Rows (neuron, times, values) as pandas shows traces, columns in the order of {@code labels}.
   */
  static GoldenValue.Traces traces(Dataset<Row> traces, List<Object> labels) {
    Map<Object, Row> byLabel = new HashMap<>();
    traces
        .select("neuron", "times", "values")
        .collectAsList()
        .forEach(row -> byLabel.put(row.get(0), row));
    List<Object> index = new ArrayList<>();
    List<List<Object>> columns = new ArrayList<>();
    for (Object label : labels) {
      index = GoldenValue.normalised(byLabel.get(label).getList(1));
      columns.add(GoldenValue.normalised(byLabel.get(label).getList(2)));
    }
    List<Object> data = new ArrayList<>();
    for (int t = 0; t < index.size(); t++) {
      for (List<Object> column : columns) {
        data.add(column.get(t));
      }
    }
    return new GoldenValue.Traces(
        index, GoldenValue.normalised(labels), List.of(index.size(), labels.size()), data);
  }

  /** A result [event × … × neuron] with its neurons in another order. */
  static GoldenValue.Labelled reordered(GoldenValue.Labelled sorted, List<Object> labels) {
    List<Object> axis = sorted.coords().get("neuron").values();
    List<Object> wanted = GoldenValue.normalised(labels);
    int neurons = axis.size();
    List<Object> data = new ArrayList<>();
    for (int cell = 0; cell < sorted.data().size(); cell += neurons) {
      for (Object label : wanted) {
        data.add(sorted.data().get(cell + axis.indexOf(label)));
      }
    }
    Map<String, GoldenValue.Coord> coords = new LinkedHashMap<>(sorted.coords());
    coords.put("neuron", new GoldenValue.Coord(List.of("neuron"), wanted));
    return new GoldenValue.Labelled(sorted.dims(), sorted.shape(), data, coords);
  }
}
