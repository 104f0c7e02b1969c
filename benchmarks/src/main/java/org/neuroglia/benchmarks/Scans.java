package org.neuroglia.benchmarks;

import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import scala.collection.Seq;
import scala.collection.immutable.ArraySeq;

/** Ways to read spikes and add up all their times: what nobody who looks at each can be below. */
final class Scans {
  private Scans() {}

  /** Of packed trains, in SQL. */
  static double sql(Dataset<Row> packed) {
    return packed
        .selectExpr("aggregate(times, 0D, (a, x) -> a + x) AS sum")
        .selectExpr("sum(sum)")
        .first()
        .getDouble(0);
  }

  /** Of packed trains, row by row in Java. */
  static double rows(Dataset<Row> packed) {
    MapPartitionsFunction<Row, Double> sum =
        rows -> {
          double total = 0;
          while (rows.hasNext()) {
            total += sum(rows.next().getSeq(0));
          }
          return List.of(total).iterator();
        };
    return packed.select("times").mapPartitions(sum, Encoders.DOUBLE()).collectAsList().stream()
        .mapToDouble(Double::doubleValue)
        .sum();
  }

  private static double sum(Seq<Object> times) {
    double total = 0;
    if (times instanceof ArraySeq.ofDouble primitive) {
      for (double time : primitive.unsafeArray()) {
        total += time;
      }
    } else {
      for (scala.collection.Iterator<Object> each = times.iterator(); each.hasNext(); ) {
        total += (double) each.next();
      }
    }
    return total;
  }

  /** Of packed trains, below Spark's public API: the cheapest way there is. */
  static double internalRows(Dataset<Row> packed) {
    FlatMapFunction<Iterator<InternalRow>, Double> sum =
        rows -> {
          double total = 0;
          while (rows.hasNext()) {
            ArrayData times = rows.next().getArray(0);
            int count = times.numElements();
            for (int i = 0; i < count; i++) {
              total += times.getDouble(i);
            }
          }
          return List.of(total).iterator();
        };
    return packed
        .select("times")
        .queryExecution()
        .toRdd()
        .toJavaRDD()
        .mapPartitions(sum)
        .collect()
        .stream()
        .mapToDouble(Double::doubleValue)
        .sum();
  }

  /** Of a long table. */
  static double ofLong(Dataset<Row> spikes) {
    return spikes.selectExpr("sum(time)").first().getDouble(0);
  }
}
