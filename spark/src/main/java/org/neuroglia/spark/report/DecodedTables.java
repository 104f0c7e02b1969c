package org.neuroglia.spark.report;

import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.when;

import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.neuroglia.spark.decoding.PopulationDecoding;

/**
 * What a report is made of, either as it was decoded or as it was written; nothing is computed
 * before it is asked for.
 *
 * @param decodings a row per decoding of true labels: the columns of {@link
 *     PopulationDecoding#results}
 * @param nulls a row per decoding that has null labels: the columns that name it, and {@code
 *     nullScores}, the accuracy or R² of each
 * @param confusion {@link PopulationDecoding#confusion}
 * @param predictions {@link PopulationDecoding#predictions}
 */
public record DecodedTables(
    Dataset<Row> decodings, Dataset<Row> nulls, Dataset<Row> confusion, Dataset<Row> predictions) {
  private static final String SCORES = "nullScores";

  /**
   * Tables of what {@link PopulationDecoding#decode} gave.
   *
   * @param decoded should be kept ({@code cache}), for several jobs read it
   */
  public static DecodedTables of(Dataset<Row> decoded) {
    Column scores =
        when(size(col("nullR2")).gt(0), col("nullR2")).otherwise(col("nullAccuracy")).as(SCORES);
    return new DecodedTables(
        decodings(decoded),
        decoded.where(col("nulls").gt(0)).select(keyAnd(scores)),
        PopulationDecoding.confusion(decoded),
        PopulationDecoding.predictions(decoded));
  }

  /** The first of these tables alone, where the others are not asked for. */
  public static Dataset<Row> decodings(Dataset<Row> decoded) {
    return decoded.drop(
        "predictions", "confusion", "nullAccuracy", "nullBalancedAccuracy", "nullR2");
  }

  /**
   * Tables as the command {@code decode} writes them.
   *
   * @param folder with {@code results}, {@code confusion} and {@code predictions} in Parquet; no
   *     glob, whatever is in its name
   */
  public static DecodedTables read(SparkSession spark, String folder) {
    String path = literal(folder);
    Dataset<Row> results = spark.read().parquet(path + "/results");
    Column score = coalesce(col("r2"), col("accuracy")).as("score");
    Column inOrder = array_sort(collect_list(struct(col("nullIndex"), score)));
    Column[] key = PopulationDecoding.KEY.stream().map(name -> col(name)).toArray(Column[]::new);
    return new DecodedTables(
        results.where(col("nullIndex").isNull()).drop("nullIndex"),
        results
            .where(col("nullIndex").isNotNull())
            .groupBy(key)
            .agg(inOrder.as("inOrder"))
            .select(keyAnd(transform(col("inOrder"), one -> one.getField("score")).as(SCORES))),
        spark.read().parquet(path + "/confusion"),
        spark.read().parquet(path + "/predictions"));
  }

  /** A path that Hadoop, which would take some characters for a glob, takes as it is. */
  private static String literal(String path) {
    return path.replaceAll("[\\\\{}\\[\\]*?]", "\\\\$0");
  }

  private static Column[] keyAnd(Column column) {
    return Stream.concat(PopulationDecoding.KEY.stream().map(name -> col(name)), Stream.of(column))
        .toArray(Column[]::new);
  }
}
