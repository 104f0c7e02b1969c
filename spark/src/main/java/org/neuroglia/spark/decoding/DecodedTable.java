package org.neuroglia.spark.decoding;

import java.util.List;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.neuroglia.InvalidInputException;
import org.neuroglia.spark.Schemas;
import org.neuroglia.spark.StageParams;
import org.neuroglia.spark.decoding.session.DecodedRows;

/**
 * Makes a table of what {@link PopulationDecoding} decoded: {@code results}, {@code predictions} or
 * {@code confusion}, those of its methods of these names. For pipelines, and where there is no Java
 * to call them from, as over Spark Connect.
 */
public final class DecodedTable extends Transformer
    implements StageParams<DecodedTable>, DefaultParamsWritable {
  private static final long serialVersionUID = 1L;

  private static final String RESULTS = "results";
  private static final String PREDICTIONS = "predictions";
  private static final String CONFUSION = "confusion";
  private static final List<String> TABLES = List.of(RESULTS, PREDICTIONS, CONFUSION);

  private final String uid;

  public DecodedTable() {
    this(Identifiable$.MODULE$.randomUID("DecodedTable"));
  }

  public DecodedTable(String uid) {
    this.uid = uid;
    setDefault(table(), RESULTS);
  }

  @Override
  public String uid() {
    return uid;
  }

  /** results (default), predictions or confusion. */
  public Param<String> table() {
    return new Param<>(uid(), "table", "results, predictions or confusion");
  }

  public String getTable() {
    return getOrDefault(table());
  }

  public DecodedTable setTable(String value) {
    requireKnown(value);
    return with(table(), value);
  }

  private static void requireKnown(String table) {
    if (!TABLES.contains(table)) {
      throw new InvalidInputException(
          "the tables of what was decoded are "
              + String.join(", ", TABLES)
              + "; there is no \""
              + table
              + "\"");
    }
  }

  /**
   * @param decoded what {@link PopulationDecoding} gives
   * @throws InvalidInputException if a column of it is missing
   */
  @Override
  public Dataset<Row> transform(Dataset<?> decoded) {
    requireKnown(getTable());
    for (String column : DecodedRows.schema(DataTypes.StringType).fieldNames()) {
      Schemas.require(decoded.schema(), column, "the rows of a PopulationDecoding");
    }
    Dataset<Row> rows = decoded.toDF();
    return switch (getTable()) {
      case PREDICTIONS -> DecodedRows.predictions(rows);
      case CONFUSION -> DecodedRows.confusion(rows);
      default -> DecodedRows.results(rows);
    };
  }

  @Override
  public StructType transformSchema(StructType decoded) {
    return transform(SparkSession.active().createDataFrame(List.of(), decoded)).schema();
  }

  @Override
  public DecodedTable copy(ParamMap extra) {
    return copyValues(new DecodedTable(uid), extra);
  }

  public static MLReader<DecodedTable> read() {
    return new DefaultParamsReader<>();
  }

  public static DecodedTable load(String path) {
    return read().load(path);
  }
}
