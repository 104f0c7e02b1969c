package org.neuroglia.spark;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
  /** The table of a stage that has one. */
  public static final String DATA = "data";

  private SavedModel() {}

  /**
   * Rows to be saved.
   *
   * @param name of their folder
   */
  public record Table(String name, StructType schema, List<Row> rows) {}

  /** Writes a stage's params and its {@code rows}. */
  public static MLWriter writer(Params stage, StructType schema, List<Row> rows) {
    return writer(stage, List.of(new Table(DATA, schema, rows)));
  }

  /** Writes a stage's params and its tables. */
  public static MLWriter writer(Params stage, List<Table> tables) {
    return new DefaultParamsWriter(stage) {
      @Override
      public void saveImpl(String path) {
        super.saveImpl(path);
        for (Table table : tables) {
          sparkSession()
              .createDataFrame(table.rows, table.schema)
              .coalesce(1)
              .write()
              .parquet(folder(path, table.name));
        }
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
    return reader(type, Map.of(DATA, schema), (uid, tables) -> make.apply(uid, tables.get(DATA)));
  }

  /**
   * Reads tables.
   *
   * @param schemas of each table by name
   * @param make a stage from its uid and its tables; the params are set afterwards
   */
  public static <T extends Params> MLReader<T> reader(
      Class<T> type,
      Map<String, StructType> schemas,
      BiFunction<String, Map<String, List<Row>>, T> make) {
    return new MLReader<>() {
      @Override
      public T load(String path) {
        var metadata = DefaultParamsReader.loadMetadata(path, sparkSession(), type.getName());
        Map<String, List<Row>> tables = new HashMap<>();
        schemas.forEach(
            (name, schema) ->
                tables.put(
                    name,
                    sparkSession()
                        .read()
                        .schema(schema)
                        .parquet(folder(path, name))
                        .collectAsList()));
        T stage = make.apply(metadata.uid(), tables);
        metadata.getAndSetParams(stage, metadata.getAndSetParams$default$2());
        return stage;
      }
    };
  }

  private static String folder(String path, String table) {
    return new Path(path, table).toString();
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
