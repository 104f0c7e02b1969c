package org.neuroglia.spark.trace;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.get;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import java.util.Iterator;
import org.apache.spark.api.java.function.FlatMapGroupsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.neuroglia.InvalidInputException;
import org.neuroglia.spark.Encoding;
import org.neuroglia.trace.FilteredChunks;
import org.neuroglia.trace.TraceChunk;
import org.neuroglia.trace.TraceFilter;
import scala.Tuple2;
import scala.Tuple5;

/**
 * Filters chunks of traces: those of a neuron come to one task in order of time, a few in memory at
 * once.
 */
final class ChunkFiltering {
  private static final Encoder<Tuple2<String, String>> TRACE =
      Encoders.tuple(Encoders.STRING(), Encoders.STRING());

  private ChunkFiltering() {}

  /**
   * The rows that have times and values, with every column, and the new values as {@code output}.
   */
  static Dataset<Row> filter(
      TraceFilter filter, Dataset<Row> rows, TraceColumns<?> columns, String output) {
    Traces traces = new Traces(rows, columns);
    Column[] own = {col("*")};
    Column times = traces.times();
    Column values = traces.values();
    Dataset<Row> chunks =
        rows.select(
                key(traces.session()).as("_1"),
                key(traces.neuron()).as("_2"),
                times.as("_3"),
                values.as("_4"),
                struct(own).as("_5"))
            .where(col("_3").isNotNull().and(col("_4").isNotNull()));
    boolean hasSession = traces.hasSession();
    StructType schema = rows.schema();
    var chunk =
        Encoders.tuple(
            Encoders.STRING(),
            Encoders.STRING(),
            Encoding.doubles(),
            Encoding.doubles(),
            Encoders.row(schema));
    FlatMapGroupsFunction<
            Tuple2<String, String>,
            Tuple5<String, String, double[], double[], Row>,
            Tuple2<Row, double[]>>
        task = (trace, group) -> filtered(filter, label(trace, hasSession), group);
    return chunks
        .groupBy("_1", "_2")
        .as(TRACE, chunk)
        .flatMapSortedGroups(
            new Column[] {get(col("_3"), lit(0))},
            task,
            Encoders.tuple(Encoders.row(schema), Encoding.doubles()))
        .toDF("row", "filtered")
        .select(struct(col("row.*")).as("row"), col("filtered"))
        .select(col("row.*"), col("filtered").as(output));
  }

  /** As a key to group by: Spark must see that it may be null. */
  private static Column key(Column column) {
    return when(column.isNotNull(), column);
  }

  private static String label(Tuple2<String, String> trace, boolean hasSession) {
    String neuron = trace._2() == null ? "without a name" : trace._2();
    return hasSession ? neuron + " of session " + trace._1() : neuron;
  }

  private static Iterator<Tuple2<Row, double[]>> filtered(
      TraceFilter filter,
      String label,
      Iterator<Tuple5<String, String, double[], double[], Row>> group) {
    Iterator<TraceChunk<Row>> chunks =
        new Iterator<>() {
          @Override
          public boolean hasNext() {
            return group.hasNext();
          }

          @Override
          public TraceChunk<Row> next() {
            var chunk = group.next();
            return new TraceChunk<>(chunk._5(), chunk._3(), chunk._4());
          }
        };
    var all = new FilteredChunks<>(filter, chunks);
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return all.hasNext();
      }

      @Override
      public Tuple2<Row, double[]> next() {
        try {
          var chunk = all.next();
          return new Tuple2<>(chunk.of(), chunk.values());
        } catch (InvalidInputException e) {
          throw TraceTransformer.inNeuron(label, e);
        }
      }
    };
  }
}
