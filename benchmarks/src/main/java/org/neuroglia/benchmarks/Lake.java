package org.neuroglia.benchmarks;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * Recordings in Parquet, made once and kept for the next run: one session in eight files, or many
 * with a file each; Spark's defaults otherwise (snappy, row groups of 128 MB).
 *
 * @param spark writes and reads it
 * @param folder of all the recordings
 * @param shape how much there is
 */
record Lake(SparkSession spark, Path folder, Shape shape) {
  private static final long SEED = 1;
  private static final int SPIKES_PER_ROW = 1 << 16;

  /**
   * @param sessions how many
   * @param spikes of all sessions
   * @param neurons of each session
   * @param events of each session
   */
  record Shape(int sessions, long spikes, int neurons, int events) implements Serializable {
    private static final long serialVersionUID = 1L;

    Recording recording(int session) {
      return new Recording(SEED, session, spikes / sessions, neurons, events);
    }

    int partsOfSession() {
      return sessions == 1 ? Recording.SLICES : 1;
    }

    /** The name of the folder. */
    @Override
    public String toString() {
      return String.format("%d-sessions-%d-%d-%d", sessions, spikes, neurons, events);
    }
  }

  /** A row per neuron, in the order of neurons. */
  Path packedPath() throws IOException {
    return made("packed", this::writePacked);
  }

  /** A row per spike, in the order of time, as a spike sorter writes them. */
  Path longPath() throws IOException {
    return made("long", this::writeLong);
  }

  Path eventsPath() throws IOException {
    return made("events", this::writeEvents);
  }

  Dataset<Row> packed() throws IOException {
    return spark.read().parquet(packedPath().toString());
  }

  Dataset<Row> inOrderOfTime() throws IOException {
    return spark.read().parquet(longPath().toString());
  }

  Dataset<Row> eventTable() throws IOException {
    return spark.read().parquet(eventsPath().toString());
  }

  private interface Making {
    void write(String target);
  }

  private Path made(String table, Making making) throws IOException {
    Path path = folder.resolve(shape.toString()).resolve(table);
    if (!Files.exists(path.resolve("_SUCCESS"))) {
      System.err.printf("making %s%n", folder.getParent().relativize(path));
      making.write(path.toString());
    }
    return path;
  }

  /** Makes rows in a task for each part of each session: a part is an eighth, or all of it. */
  private <T> Dataset<T> parts(PartRows<T> rows, Encoder<T> encoder) {
    int parts = shape.partsOfSession();
    int tasks = shape.sessions * parts;
    Shape made = shape;
    FlatMapFunction<Long, T> make =
        number -> {
          int task = Math.toIntExact(number);
          return rows.of(made.recording(task / parts), task % parts, parts);
        };
    return spark.range(0, tasks, 1, tasks).flatMap(make, encoder);
  }

  private interface PartRows<T> extends Serializable {
    Iterator<T> of(Recording recording, int part, int parts);
  }

  private void writePacked(String target) {
    parts(
            (recording, part, parts) ->
                IntStream.range(
                        recording.neurons() * part / parts,
                        recording.neurons() * (part + 1) / parts)
                    .mapToObj(k -> Train.of(recording.sessionName(), k, recording.train(k)))
                    .iterator(),
            Encoders.bean(Train.class))
        .select("session", "neuron", "times")
        .write()
        .mode("overwrite")
        .parquet(target);
  }

  private void writeLong(String target) {
    parts(
            (recording, part, parts) ->
                IntStream.range(
                        Recording.SLICES * part / parts, Recording.SLICES * (part + 1) / parts)
                    .boxed()
                    .flatMap(slice -> rows(recording, slice).stream())
                    .iterator(),
            Encoders.bean(SpikesInOrder.class))
        .select(col("session"), explode(col("spikes")).as("spike"))
        .selectExpr(
            "session",
            "CAST(spike & 65535 AS INT) AS neuron",
            "shiftright(spike, 16) / 30000D AS time")
        .write()
        .mode("overwrite")
        .parquet(target);
  }

  private static List<SpikesInOrder> rows(Recording recording, int slice) {
    long[] spikes = recording.slice(slice);
    List<SpikesInOrder> rows = new ArrayList<>();
    for (int from = 0; from < spikes.length; from += SPIKES_PER_ROW) {
      int to = Math.min(spikes.length, from + SPIKES_PER_ROW);
      rows.add(SpikesInOrder.of(recording.sessionName(), Arrays.copyOfRange(spikes, from, to)));
    }
    return rows;
  }

  private void writeEvents(String target) {
    List<Row> rows = new ArrayList<>();
    for (int s = 0; s < shape.sessions; s++) {
      Recording recording = shape.recording(s);
      double[] times = recording.eventTimes();
      int[] images = recording.imageIds();
      for (int e = 0; e < times.length; e++) {
        rows.add(RowFactory.create(recording.sessionName(), (long) e, times[e], images[e]));
      }
    }
    StructType schema =
        new StructType()
            .add("session", "string")
            .add("event", "long")
            .add("time", "double")
            .add("image_id", "int");
    spark.createDataFrame(rows, schema).coalesce(1).write().mode("overwrite").parquet(target);
  }
}
