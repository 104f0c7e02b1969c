package org.neuroglia.spark.decoding.session;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.arrays_zip;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.posexplode;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.when;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The columns of what {@code PopulationDecoding} gives, and the tables that are made of it. */
public final class DecodedRows {
  /** The failure of a session that has no trains, for example after a filter. */
  public static final String NO_UNITS = "there are no units to decode from";

  /** The columns that identify a decoding: each combination of their values is one row. */
  public static final List<String> KEY =
      List.of(
          "session",
          "group",
          "decoder",
          "neurons",
          "draw",
          "start",
          "stop",
          "testStart",
          "testStop");

  private static final ArrayType DOUBLES = DataTypes.createArrayType(DataTypes.DoubleType, false);
  private static final ArrayType STRINGS = DataTypes.createArrayType(DataTypes.StringType, false);

  private DecodedRows() {}

  public static StructType schema(DataType label) {
    StructType prediction =
        new StructType()
            .add("repeat", DataTypes.IntegerType, false)
            .add("event", DataTypes.LongType, false)
            .add("fold", DataTypes.IntegerType, false)
            .add("label", label, false)
            .add("prediction", label, false)
            .add("probability", DOUBLES, true);
    return new StructType()
        .add("session", DataTypes.StringType, false)
        .add("group", DataTypes.StringType, true)
        .add("decoder", DataTypes.StringType, false)
        .add("neurons", DataTypes.IntegerType, false)
        .add("draw", DataTypes.IntegerType, true)
        .add("start", DataTypes.DoubleType, false)
        .add("stop", DataTypes.DoubleType, false)
        .add("testStart", DataTypes.DoubleType, false)
        .add("testStop", DataTypes.DoubleType, false)
        .add("events", DataTypes.LongType, false)
        .add("unlabelled", DataTypes.LongType, false)
        .add("classes", DataTypes.IntegerType, true)
        .add("sessions", DataTypes.IntegerType, false)
        .add("accuracy", DataTypes.DoubleType, true)
        .add("chance", DataTypes.DoubleType, true)
        .add("balancedAccuracy", DataTypes.DoubleType, true)
        .add("majorityShare", DataTypes.DoubleType, true)
        .add("mutualInformation", DataTypes.DoubleType, true)
        .add("r2", DataTypes.DoubleType, true)
        .add("correlation", DataTypes.DoubleType, true)
        .add("nulls", DataTypes.IntegerType, false)
        .add("pValue", DataTypes.DoubleType, true)
        .add("balancedPValue", DataTypes.DoubleType, true)
        .add("classLabels", STRINGS, false)
        .add("recall", DOUBLES, true)
        .add("folds", DOUBLES, true)
        .add("warning", DataTypes.StringType, true)
        .add("failure", DataTypes.StringType, true)
        .add("nullAccuracy", DOUBLES, false)
        .add("nullBalancedAccuracy", DOUBLES, false)
        .add("nullR2", DOUBLES, false)
        .add("confusion", DataTypes.createArrayType(DataTypes.LongType, false), false)
        .add("predictions", DataTypes.createArrayType(prediction, false), false);
  }

  /** A row per decoding, of true labels and of null labels. */
  public static Dataset<Row> results(Dataset<Row> decoded) {
    Column ofTrueLabels =
        struct(
            lit(null).cast(DataTypes.IntegerType).as("nullIndex"),
            col("accuracy"),
            col("balancedAccuracy"),
            col("r2"));
    Column ofNullLabels =
        transform(
            arrays_zip(col("nullAccuracy"), col("nullBalancedAccuracy"), col("nullR2")),
            (scores, index) ->
                struct(
                    index.as("nullIndex"),
                    scores.getField("nullAccuracy").as("accuracy"),
                    scores.getField("nullBalancedAccuracy").as("balancedAccuracy"),
                    scores.getField("nullR2").as("r2")));
    Column isTrue = col("s.nullIndex").isNull();
    Stream<Column> columns =
        Stream.of(
                DecodedRows.KEY.stream().map(name -> col(name)),
                Stream.of(
                    col("s.nullIndex").as("nullIndex"),
                    col("s.accuracy").as("accuracy"),
                    col("chance"),
                    col("s.balancedAccuracy").as("balancedAccuracy")),
                Stream.of("majorityShare", "mutualInformation")
                    .map(name -> when(isTrue, col(name)).as(name)),
                Stream.of(col("s.r2").as("r2")),
                Stream.of("correlation", "pValue", "balancedPValue")
                    .map(name -> when(isTrue, col(name)).as(name)),
                Stream.of("events", "unlabelled", "classes", "sessions", "nulls")
                    .map(name -> col(name)),
                Stream.of("classLabels", "recall", "folds")
                    .map(name -> when(isTrue, col(name)).as(name)),
                Stream.of("warning", "failure").map(name -> col(name)))
            .flatMap(some -> some);
    return decoded
        .withColumn("s", explode(concat(array(ofTrueLabels), ofNullLabels)))
        .select(columns.toArray(Column[]::new));
  }

  /** A row per tested event. */
  public static Dataset<Row> predictions(Dataset<Row> decoded) {
    Stream<String> fields =
        Stream.of(
                Stream.of("session"),
                Stream.of("event", "fold", "label", "prediction", "probability", "repeat")
                    .map(name -> "p." + name),
                DecodedRows.KEY.stream().skip(1))
            .flatMap(some -> some);
    return decoded
        .withColumn("p", explode(col("predictions")))
        .select(fields.map(name -> col(name)).toArray(Column[]::new));
  }

  /** A row per true and predicted class. */
  public static Dataset<Row> confusion(Dataset<Row> decoded) {
    Column[] key = DecodedRows.KEY.stream().map(name -> col(name)).toArray(Column[]::new);
    Column[] classes = {
      col("classLabels")
          .getItem(col("pos").divide(col("classes")).cast(DataTypes.IntegerType))
          .as("label"),
      col("classLabels")
          .getItem(col("pos").mod(col("classes")).cast(DataTypes.IntegerType))
          .as("prediction"),
      col("col").as("count")
    };
    Column[] exploded =
        Stream.concat(
                Arrays.stream(key),
                Stream.of(col("classes"), col("classLabels"), posexplode(col("confusion"))))
            .toArray(Column[]::new);
    return decoded
        .select(exploded)
        .select(Stream.concat(Arrays.stream(key), Arrays.stream(classes)).toArray(Column[]::new));
  }
}
