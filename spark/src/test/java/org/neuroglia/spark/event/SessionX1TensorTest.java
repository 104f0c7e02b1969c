package org.neuroglia.spark.event;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.spark.ml.linalg.Matrix;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.neuroglia.golden.GoldenArchive;
import org.neuroglia.nwb.SharedFiles;
import org.neuroglia.spark.LocalSpark;
import org.neuroglia.spark.spike.SpikeTablizer;

/** The whole tensor [5950 × 24 × 69] of session_x1 against neuroglia's, bit for bit. */
@Tag("generated-code")
@Tag("only-generated-code") // a million spikes: interpreted expressions take twice as long
class SessionX1TensorTest {
  private static final SparkSession SPARK = LocalSpark.session();
  private static final int EVENTS = 5950;
  private static final int BINS = 24;
  private static final int NEURONS = 69;

  private static byte[] expected;
  private static Dataset<Row> units;
  private static Dataset<Row> events;

  @BeforeAll
  static void read() throws Exception {
    String file = SharedFiles.file("session_x1.nwb").toString();
    byte[] golden = GoldenArchive.of("session_x1").bytes("tensor_u8_5950x24x69.bin.gz");
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(golden))) {
      expected = in.readAllBytes();
    }
    units = SPARK.read().format("nwb").option("table", "units").load(file);
    events =
        SPARK
            .read()
            .format("nwb")
            .option("table", "natural_images")
            .option("columns", "time,end_time,image_id")
            .load(file);
  }

  static Stream<Arguments> layouts() {
    return Stream.of("packed", "long")
        .flatMap(
            shape ->
                Stream.of("broadcast", "shuffle")
                    .flatMap(
                        plan ->
                            Stream.of(1, 2, 7, 64)
                                .flatMap(
                                    n ->
                                        Stream.of(true, false)
                                            .map(
                                                adaptive ->
                                                    Arguments.of(shape, plan, n, adaptive)))));
  }

  @ParameterizedTest
  @MethodSource("layouts")
  void everyCountIsNeuroglias(String shape, String plan, int partitions, boolean adaptive) {
    SPARK.conf().set("spark.sql.adaptive.enabled", Boolean.toString(adaptive));
    try {
      assertCounts(shape, plan, partitions);
    } finally {
      SPARK.conf().unset("spark.sql.adaptive.enabled");
    }
  }

  private static void assertCounts(String shape, String plan, int partitions) {
    Dataset<Row> spikes = shape.equals("packed") ? units : new SpikeTablizer().transform(units);
    Dataset<Row> tensor =
        new PeriEventSpikeSampler()
            .setSampleTimes(edges())
            .setPlan(plan)
            .setSpikes(spikes.repartition(partitions))
            .fit(events)
            .transform(events.repartition(partitions));
    List<Row> rows = tensor.select("event", "tensor").collectAsList();
    assertEquals(EVENTS, rows.size());
    byte[] counts = new byte[EVENTS * BINS * NEURONS];
    for (Row row : rows) {
      Matrix matrix = row.getAs(1);
      double[] values = matrix.toArray();
      int first = (int) row.getLong(0) * BINS * NEURONS;
      for (int k = 0; k < NEURONS; k++) {
        for (int b = 0; b < BINS; b++) {
          counts[first + b * NEURONS + k] = (byte) values[k * BINS + b];
        }
      }
    }
    assertArrayEquals(expected, counts);
  }

  /** numpy.arange(0.1, 0.35, 0.01). */
  static double[] edges() {
    double[] edges = new double[25];
    for (int i = 0; i < edges.length; i++) {
      edges[i] = 0.1 + i * ((0.1 + 0.01) - 0.1);
    }
    return edges;
  }
}
