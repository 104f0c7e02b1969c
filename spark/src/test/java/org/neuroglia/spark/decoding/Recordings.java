package org.neuroglia.spark.decoding;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.neuroglia.spark.LocalSpark;

/** Made-up sessions, of which the label of an event can be told from the spikes after it. */
record Recordings(List<Row> trains, List<Row> events) {
  /** Seconds between events. */
  private static final double INTERVAL = 1.5;

  static Recordings none() {
    return new Recordings(new ArrayList<>(), new ArrayList<>());
  }

  /** Units of area A1 fire for label "left", those of B2 for "right", those without do not care. */
  Recordings with(String session, int units, int trials, double tuning, long seed) {
    Random random = new Random(seed);
    String[] labels = new String[trials];
    for (int i = 0; i < trials; i++) {
      labels[i] = random.nextBoolean() ? "left" : "right";
      events.add(
          RowFactory.create(
              session, (long) i, 3 + i * INTERVAL, labels[i], i / 10, random.nextGaussian()));
    }
    for (int u = 0; u < units; u++) {
      String area = u % 3 == 0 ? "A1" : u % 3 == 1 ? "B2" : null;
      List<Double> times = new ArrayList<>();
      for (int i = 0; i < trials; i++) {
        boolean driven =
            "A1".equals(area) && labels[i].equals("left")
                || "B2".equals(area) && labels[i].equals("right");
        double rate = 4 + (driven ? tuning : 0);
        for (int spike = 0; spike < 2 * rate; spike++) {
          if (random.nextDouble() < 0.5) {
            times.add(3 + i * INTERVAL + random.nextDouble());
          }
        }
      }
      double[] sorted = times.stream().mapToDouble(Double::doubleValue).sorted().toArray();
      trains.add(RowFactory.create(session, "u" + u, area, sorted));
    }
    return this;
  }

  Dataset<Row> spikes(int partitions) {
    StructType schema =
        new StructType()
            .add("session", "string")
            .add("neuron", "string")
            .add("area", "string")
            .add("times", "array<double>");
    return LocalSpark.session().createDataFrame(trains, schema).repartition(partitions);
  }

  Dataset<Row> trials(int partitions) {
    StructType schema =
        new StructType()
            .add("session", "string")
            .add("event", "long")
            .add("time", "double")
            .add("choice", "string")
            .add("block", "int")
            .add("speed", "double");
    return LocalSpark.session().createDataFrame(events, schema).repartition(partitions);
  }

  /** Labels of a session's events in order. */
  List<String> choices(String session) {
    return events.stream()
        .filter(row -> row.getString(0).equals(session))
        .map(row -> row.getString(3))
        .toList();
  }

  static double[] doubles(Row row, String column) {
    return row.<Double>getList(row.fieldIndex(column)).stream()
        .mapToDouble(Double::doubleValue)
        .toArray();
  }

  static String text(List<Row> rows) {
    return String.join("\n", rows.stream().map(Row::toString).toList());
  }

  static double mean(double[] values) {
    return Arrays.stream(values).average().orElseThrow();
  }
}
