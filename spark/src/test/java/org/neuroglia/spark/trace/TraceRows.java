package org.neuroglia.spark.trace;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.neuroglia.spark.LocalSpark;

/** Tables of traces for tests. */
public final class TraceRows {
  public static final StructType SCHEMA =
      new StructType()
          .add("session", DataTypes.StringType)
          .add("neuron", DataTypes.LongType)
          .add("times", DataTypes.createArrayType(DataTypes.DoubleType, false))
          .add("values", DataTypes.createArrayType(DataTypes.DoubleType, false))
          .add("depth", DataTypes.DoubleType);

  private TraceRows() {}

  /** One row per neuron: random walks of {@code samples} values at 30 Hz, a time base each. */
  public static List<Row> random(int sessions, int neurons, int samples, long seed) {
    Random random = new Random(seed);
    List<Row> rows = new ArrayList<>();
    for (int s = 0; s < sessions; s++) {
      for (int n = 0; n < neurons; n++) {
        double start = random.nextDouble();
        double[] times = new double[samples];
        double[] values = new double[samples];
        Arrays.setAll(times, i -> start + i / 30.0);
        double value = 0;
        for (int i = 0; i < samples; i++) {
          value = 0.9 * value + random.nextGaussian();
          values[i] = value;
        }
        rows.add(RowFactory.create("s" + s, (long) (n * 7 % 10), times, values, 1.5 * n));
      }
    }
    return rows;
  }

  /** The same traces in chunks of at most {@code longest} samples, in a random order. */
  public static List<Row> chunked(List<Row> traces, int longest, long seed) {
    Random random = new Random(seed);
    List<Row> chunks = new ArrayList<>();
    for (Row trace : traces) {
      double[] times = (double[]) trace.get(2);
      double[] values = (double[]) trace.get(3);
      for (int from = 0; from < times.length; ) {
        int to = Math.min(times.length, from + 1 + random.nextInt(longest));
        chunks.add(
            RowFactory.create(
                trace.get(0),
                trace.get(1),
                Arrays.copyOfRange(times, from, to),
                Arrays.copyOfRange(values, from, to),
                trace.get(4)));
        from = to;
      }
    }
    Collections.shuffle(chunks, random);
    return chunks;
  }

  public static Dataset<Row> table(List<Row> rows) {
    return LocalSpark.session().createDataFrame(rows, SCHEMA);
  }

  /** The same table, known to be of whole traces. */
  public static Dataset<Row> knownToBeWhole(List<Row> rows) {
    return new Traces(table(rows), new Binarizer()).whole();
  }

  /**
   * Session, neuron, times and values of each row, as text, sorted: chunks of one neuron joined.
   */
  public static List<String> joined(Dataset<Row> traces) {
    return traces
        .selectExpr("session", "neuron", "explode(arrays_zip(times, values)) AS s", "depth")
        .selectExpr("session", "neuron", "s.times", "s.values", "depth")
        .orderBy("session", "neuron", "times")
        .collectAsList()
        .stream()
        .map(Row::toString)
        .toList();
  }
}
