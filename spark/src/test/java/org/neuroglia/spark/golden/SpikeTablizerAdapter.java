package org.neuroglia.spark.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.neuroglia.golden.GoldenCase;
import org.neuroglia.golden.GoldenValue;
import org.neuroglia.spark.LocalSpark;
import org.neuroglia.spark.spike.SpikeTablizer;

final class SpikeTablizerAdapter implements GoldenAdapter {
  @Override
  public GoldenValue.Table run(GoldenCase golden) throws Exception {
    JsonNode dict = golden.json("spike_dict");
    boolean integers = dict.get("order").size() > 0 && dict.get("order").get(0).isNumber();
    List<Row> trains = new ArrayList<>();
    for (JsonNode label : dict.get("order")) {
      List<Double> times = new ArrayList<>();
      dict.get("times")
          .get(label.asText())
          .forEach(t -> times.add(t.isNumber() ? t.doubleValue() : Double.valueOf(t.asText())));
      trains.add(
          RowFactory.create(integers ? (Object) label.asLong() : label.asText(), times.toArray()));
    }
    StructType schema =
        new StructType()
            .add("neuron", integers ? DataTypes.LongType : DataTypes.StringType)
            .add("times", DataTypes.createArrayType(DataTypes.DoubleType));
    Dataset<Row> table =
        new SpikeTablizer().transform(LocalSpark.session().createDataFrame(trains, schema));
    List<Row> rows = table.orderBy("time").collectAsList();
    Map<String, List<Object>> columns = new LinkedHashMap<>();
    for (String column : table.columns()) {
      columns.put(
          column, GoldenValue.normalised(rows.stream().map(row -> row.getAs(column)).toList()));
    }
    return new GoldenValue.Table(rows.size(), columns);
  }

  @Override
  public String better(GoldenCase golden) throws Exception {
    assertEquals(byTime((GoldenValue.Table) golden.expectedValue()), byTime(run(golden)));
    return "the order of spikes at the same time is not specified, there or here";
  }

  private static Map<Object, List<String>> byTime(GoldenValue.Table table) {
    Map<Object, List<String>> neurons = new TreeMap<>();
    for (int i = 0; i < table.rows(); i++) {
      neurons
          .computeIfAbsent(
              (Double) table.columns().get("time").get(i) + 0.0, time -> new ArrayList<>())
          .add(table.columns().get("neuron").get(i).toString());
    }
    neurons.values().forEach(list -> list.sort(null));
    return neurons;
  }
}
