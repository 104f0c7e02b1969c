package org.neuroglia.spark.event;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.neuroglia.event.PeriEventSpikeSampler;
import org.neuroglia.spark.LocalSpark;

/** Two small sessions with different neurons, and what the kernel counts in them. */
final class RandomRecording {
  static final double[] EDGES = {-0.5, 0, 0.25, 0.5, 90};

  /** Neurons in the order of the axis; "silent" never spikes. */
  final TreeMap<String, List<String>> neurons = new TreeMap<>();

  final TreeMap<String, double[][]> trains = new TreeMap<>();

  /** Unsorted, with equal events. */
  final TreeMap<String, double[]> events = new TreeMap<>();

  RandomRecording(long seed) {
    Random random = new Random(seed);
    neurons.put("a", List.of("10", "9", "silent"));
    neurons.put("b", List.of("u"));
    neurons.forEach(
        (session, labels) -> {
          double[][] times = new double[labels.size()][];
          for (int k = 0; k < times.length; k++) {
            int spikes = labels.get(k).equals("silent") ? 0 : 500 + random.nextInt(500);
            times[k] =
                random.doubles(spikes, -10, 400).map(t -> Math.rint(t * 8) / 8).sorted().toArray();
          }
          trains.put(session, times);
          double[] starts = random.doubles(60, -100, 500).map(Math::rint).toArray();
          starts[7] = starts[8];
          starts[11] = Double.NaN;
          events.put(session, starts);
        });
  }

  Dataset<Row> packed() {
    List<Row> rows = new ArrayList<>();
    trains.forEach(
        (session, all) -> {
          for (int k = 0; k < all.length; k++) {
            rows.add(RowFactory.create(session, neurons.get(session).get(k), all[k]));
          }
        });
    return LocalSpark.session()
        .createDataFrame(
            rows,
            new StructType()
                .add("session", "string")
                .add("neuron", "string")
                .add("times", DataTypes.createArrayType(DataTypes.DoubleType, false)));
  }

  /** Each train cut in two rows, the later half first. */
  Dataset<Row> packedInPieces() {
    List<Row> rows = new ArrayList<>();
    for (Row row : packed().collectAsList()) {
      List<Double> times = row.getList(2);
      int half = times.size() / 2;
      rows.add(
          RowFactory.create(row.get(0), row.get(1), times.subList(half, times.size()).toArray()));
      rows.add(RowFactory.create(row.get(0), row.get(1), times.subList(0, half).toArray()));
    }
    return LocalSpark.session().createDataFrame(rows, packed().schema());
  }

  Dataset<Row> eventTable() {
    List<Row> rows = new ArrayList<>();
    events.forEach(
        (session, times) -> {
          for (int e = 0; e < times.length; e++) {
            rows.add(RowFactory.create(session, (long) e, times[e], "label " + e % 3));
          }
        });
    return LocalSpark.session()
        .createDataFrame(
            rows,
            new StructType()
                .add("session", "string")
                .add("event", "long")
                .add("time", "double")
                .add("label", "string"));
  }

  /** What the kernel counts: per session [event × bin × neuron]. */
  TreeMap<String, int[]> counts() {
    TreeMap<String, int[]> counts = new TreeMap<>();
    PeriEventSpikeSampler kernel = new PeriEventSpikeSampler(EDGES);
    trains.forEach((s, all) -> counts.put(s, kernel.counts(all, events.get(s))));
    return counts;
  }

  static String text(TreeMap<String, int[]> counts) {
    StringBuilder text = new StringBuilder();
    counts.forEach((s, c) -> text.append(s).append(Arrays.toString(c)).append('\n'));
    return text.toString();
  }
}
