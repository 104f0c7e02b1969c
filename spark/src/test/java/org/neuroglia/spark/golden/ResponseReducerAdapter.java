package org.neuroglia.spark.golden;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.linalg.DenseMatrix;
import org.apache.spark.ml.linalg.Matrix;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.neuroglia.golden.GoldenCase;
import org.neuroglia.golden.GoldenValue;
import org.neuroglia.spark.LocalSpark;
import org.neuroglia.spark.tensor.ResponseReducer;

/** The reducer on a tensor of rows; coordinates are carried beside it, as columns are. */
final class ResponseReducerAdapter implements GoldenAdapter {
  @Override
  public GoldenValue.Labelled run(GoldenCase golden) throws Exception {
    GoldenValue.Labelled tensor = (GoldenValue.Labelled) golden.value("tensor");
    int bins = size(tensor, "sample_times");
    int neurons = size(tensor, "neuron");
    int events = size(tensor, "event");
    List<Row> rows = new ArrayList<>();
    for (int e = 0; e < events; e++) {
      double[] values = new double[bins * neurons];
      for (int k = 0; k < neurons; k++) {
        for (int b = 0; b < bins; b++) {
          values[k * bins + b] = at(tensor, Map.of("event", e, "sample_times", b, "neuron", k));
        }
      }
      rows.add(RowFactory.create((long) e, new DenseMatrix(bins, neurons, values)));
    }
    StructType schema =
        new StructType().add("event", DataTypes.LongType).add("tensor", SQLDataTypes.MatrixType());
    String dim = golden.params().get("dim").asText();
    Dataset<Row> reduced =
        new ResponseReducer()
            .setFunc(golden.params().get("func").asText().replace("np.", ""))
            .setDim(dim)
            .transform(LocalSpark.session().createDataFrame(rows, schema));
    List<String> dims = new ArrayList<>(tensor.dims());
    dims.remove(dim);
    List<Object> data = new ArrayList<>();
    if (dim.equals("event")) {
      Matrix matrix = reduced.first().getAs("tensor");
      for (int b = 0; b < bins; b++) {
        for (int k = 0; k < neurons; k++) {
          data.add(matrix.apply(b, k));
        }
      }
    } else {
      for (Row row : reduced.orderBy("event").collectAsList()) {
        data.addAll(GoldenValue.boxed(((Vector) row.getAs("features")).toArray()));
      }
    }
    Map<String, GoldenValue.Coord> coords = new LinkedHashMap<>(tensor.coords());
    coords.values().removeIf(coord -> coord.dims().contains(dim));
    return new GoldenValue.Labelled(
        dims, dims.stream().map(d -> size(tensor, d)).toList(), data, coords);
  }

  private static int size(GoldenValue.Labelled tensor, String dim) {
    return tensor.shape().get(tensor.dims().indexOf(dim));
  }

  private static double at(GoldenValue.Labelled tensor, Map<String, Integer> place) {
    int index = 0;
    for (String dim : tensor.dims()) {
      index = index * size(tensor, dim) + place.get(dim);
    }
    return (Double) tensor.data().get(index);
  }
}
