package org.neuroglia.spark.trace;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.get;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;

import java.util.Arrays;
import java.util.Iterator;
import org.apache.spark.api.java.function.FlatMapGroupsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.neuroglia.InvalidInputException;
import org.neuroglia.spark.Schemas;
import org.neuroglia.spark.plan.Encoding;
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
   * @param schema of the result: the columns of the traces, and one of them or another, {@code
   *     output}, for the new values
   */
  static Dataset<Row> filter(TraceFilter filter, Traces traces, StructType schema, String output) {
    Column[] own = {col("*")};
    Dataset<Row> chunks =
        traces
            .rows()
            .select(
                traces.session().as("_1"),
                traces.neuron().as("_2"),
                traces.times().as("_3"),
                traces.values().as("_4"),
                struct(own).as("_5"));
    boolean hasSession = traces.hasSession();
    Encoder<Row> row = Encoders.row(traces.rows().schema());
    var chunk =
        Encoders.tuple(
            Encoders.STRING(), Encoders.STRING(), Encoding.doubles(), Encoding.doubles(), row);
    FlatMapGroupsFunction<
            Tuple2<String, String>,
            Tuple5<String, String, double[], double[], Row>,
            Tuple2<Row, double[]>>
        task = (trace, group) -> filtered(filter, label(trace, hasSession), group);
    Dataset<Row> filtered =
        chunks
            .groupBy("_1", "_2")
            .as(TRACE, chunk)
            .flatMapSortedGroups(
                new Column[] {get(col("_3"), lit(0)), col("_3"), col("_4")},
                task,
                Encoders.tuple(row, Encoding.doubles()))
            .toDF("row", "filtered");
    return filtered.select(
        Arrays.stream(schema.fields())
            .map(
                f ->
                    Schemas.described(
                        f.name().equalsIgnoreCase(output)
                            ? coalesce(col("filtered"), array().cast(Encoding.DOUBLES))
                            : col("row").getField(f.name()),
                        f))
            .toArray(Column[]::new));
  }

  private static String label(Tuple2<String, String> trace, boolean hasSession) {
    return hasSession ? trace._2() + " of session " + trace._1() : trace._2();
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
