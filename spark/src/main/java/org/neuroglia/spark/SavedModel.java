package org.neuroglia.spark;

import java.util.List;
import java.util.function.BiFunction;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWriter;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** A fitted stage on disk: MLlib's metadata, and beside it what was fitted, as rows of Parquet. */
public final class SavedModel {
  private SavedModel() {}

  /** Writes a stage's params and its {@code rows}. */
  public static MLWriter writer(Params stage, StructType schema, List<Row> rows) {
    return new DefaultParamsWriter(stage) {
      @Override
      public void saveImpl(String path) {
        super.saveImpl(path);
        sparkSession().createDataFrame(rows, schema).coalesce(1).write().parquet(data(path));
      }
    };
  }

  /**
   * Reads what {@link #writer} wrote.
   *
   * @param make a stage from its uid and its rows; the params are set afterwards
   */
  public static <T extends Params> MLReader<T> reader(
      Class<T> type, StructType schema, BiFunction<String, List<Row>, T> make) {
    return new MLReader<>() {
      @Override
      public T load(String path) {
        var metadata = DefaultParamsReader.loadMetadata(path, sparkSession(), type.getName());
        List<Row> rows = sparkSession().read().schema(schema).parquet(data(path)).collectAsList();
        T stage = make.apply(metadata.uid(), rows);
        metadata.getAndSetParams(stage, metadata.getAndSetParams$default$2());
        return stage;
      }
    };
  }

  private static String data(String path) {
    return new Path(path, "data").toString();
  }

  /** An array of numbers in a row. */
  public static double[] doubles(Row row, String column) {
    List<Double> values = row.getList(row.fieldIndex(column));
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /** An array of texts in a row. */
  public static String[] strings(Row row, String column) {
    List<String> values = row.getList(row.fieldIndex(column));
    return values.toArray(String[]::new);
  }
}
