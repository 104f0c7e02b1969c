package org.neuroglia.spark.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.ref.WeakReference;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.GenericRowWithSchema;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import scala.jdk.javaapi.CollectionConverters;

class DecodedScoresTest {
  private static final StructType SCHEMA =
      new StructType()
          .add("session", DataTypes.StringType)
          .add("group", DataTypes.StringType)
          .add("decoder", DataTypes.StringType)
          .add("neurons", DataTypes.IntegerType)
          .add("draw", DataTypes.IntegerType)
          .add("start", DataTypes.DoubleType)
          .add("stop", DataTypes.DoubleType)
          .add("testStart", DataTypes.DoubleType)
          .add("testStop", DataTypes.DoubleType)
          .add("accuracy", DataTypes.DoubleType)
          .add("chance", DataTypes.DoubleType)
          .add("balancedAccuracy", DataTypes.DoubleType)
          .add("majorityShare", DataTypes.DoubleType)
          .add("mutualInformation", DataTypes.DoubleType)
          .add("pValue", DataTypes.DoubleType)
          .add("events", DataTypes.LongType)
          .add("classes", DataTypes.IntegerType)
          .add("classLabels", DataTypes.createArrayType(DataTypes.StringType))
          .add("folds", DataTypes.createArrayType(DataTypes.DoubleType))
          .add("warning", DataTypes.StringType)
          .add("failure", DataTypes.StringType);

  /** As Spark gives them: nothing in a row is shared with another. */
  private static Row row(int session, int window, int neurons, Integer draw, double accuracy) {
    return row(session, null, window, neurons, draw, accuracy);
  }

  private static Row row(
      int session, String group, int window, int neurons, Integer draw, double accuracy) {
    double start = window / 10.0;
    double stop = (window + 1) / 10.0;
    Object[] values = {
      "session " + session,
      group,
      "lda",
      neurons,
      draw,
      start,
      stop,
      start,
      stop,
      accuracy,
      0.5,
      accuracy,
      0.6,
      0.1,
      null,
      100L,
      2,
      CollectionConverters.asScala(List.of("left", "right")).toSeq(),
      CollectionConverters.asScala(Arrays.<Object>asList(0.5, 0.6, 0.7)).toSeq(),
      null,
      null
    };
    return new GenericRowWithSchema(values, SCHEMA);
  }

  @Test
  void rowsAreNotKept() {
    DecodedScores scores = new DecodedScores(false, false);
    Row[] rows = {row(0, 0, 5, null, 0.7), row(0, 1, 5, null, 0.8)};
    scores.addAll(List.of(rows).iterator());
    WeakReference<Row> first = new WeakReference<>(rows[0]);
    rows[0] = null;
    for (int i = 0; i < 10 && first.get() != null; i++) {
      System.gc();
    }
    assertNull(first.get(), "the row of a decoding is still held");
    assertEquals(0.8, scores.in(scores.best()).get(0).score());
  }

  @Test
  void thousandSessionsInTwentyWindowsAreFewMegabytes() {
    long before = used();
    DecodedScores scores = new DecodedScores(false, false);
    Iterator<Row> rows =
        IntStream.range(0, 20_000).mapToObj(i -> row(i / 20, i % 20, 5, null, 0.5)).iterator();
    scores.addAll(rows);
    double megabytes = (used() - before) / 1e6;
    System.out.printf("Scores of 20,000 decodings are %.1f MB.%n", megabytes);
    assertEquals(1_000, scores.sessions());
    assertTrue(megabytes < 15, megabytes + " MB");
  }

  private static long used() {
    System.gc();
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  /**
   *
   *
   * <pre>
   * session   2 neurons    5 neurons
   * 0         0.5          0.7, 0.9
   * 1         0.6          it has no five
   * </pre>
   */
  @Test
  void meansAreOfDrawsOfTheMostNeuronsEverywhere() {
    DecodedScores scores = new DecodedScores(false, true);
    scores.addAll(
        List.of(
                row(0, 0, 2, 0, 0.5),
                row(1, 0, 2, 0, 0.6),
                row(0, 0, 5, 0, 0.7),
                row(0, 0, 5, 1, 0.9))
            .iterator());
    TimeWindow window = scores.best();
    Part part = scores.parts().get(0);
    assertEquals(0.8, scores.mean(window), 1e-12);
    assertEquals(0.8, scores.mean(part, window, window, scores.largest()).mean(), 1e-12);
    assertEquals(List.of(true, false), scores.in(window).stream().map(scores::isInMeans).toList());
    assertEquals(List.of(2, 5), scores.sizes());
    assertEquals(2, scores.populations(2));
    assertEquals(1, scores.populations(5));
  }

  /**
   *
   *
   * <pre>
   * session   window 0   window 1
   * 0         0.6        0.7        of five neurons
   * 1         0.9        0.5        of two, the most it has
   * </pre>
   */
  @Test
  void bestWindowIsThatOfTheMeansThatAreShown() {
    DecodedScores scores = new DecodedScores(false, true);
    scores.addAll(
        List.of(
                row(0, 0, 5, 0, 0.6),
                row(0, 1, 5, 0, 0.7),
                row(1, 0, 2, 0, 0.9),
                row(1, 1, 2, 0, 0.5))
            .iterator());
    assertEquals(0.1, scores.best().start());
  }

  @Test
  void areasOfASessionMayHaveFewerNeuronsThanOthers() {
    DecodedScores scores = new DecodedScores(false, true);
    scores.addAll(
        List.of(
                row(0, "V1", 0, 2, 0, 0.5),
                row(0, "V1", 0, 5, 0, 0.7),
                row(0, "CA1", 0, 2, 0, 0.6),
                row(1, "V1", 0, 2, 0, 0.6),
                row(1, "V1", 0, 5, 0, 0.8))
            .iterator());
    assertEquals(2, scores.sessions());
    assertEquals(3, scores.populations());
    assertEquals(3, scores.populations(2));
    assertEquals(2, scores.populations(5));
  }

  @Test
  void firstOfWindowsWithEqualMeansIsTheBest() {
    DecodedScores scores = new DecodedScores(false, false);
    scores.addAll(
        List.of(
                row(0, 0, 5, null, 0.1),
                row(1, 0, 5, null, 0.2),
                row(2, 0, 5, null, 0.3),
                row(0, 1, 5, null, 0.3),
                row(1, 1, 5, null, 0.2),
                row(2, 1, 5, null, 0.1))
            .iterator());
    assertEquals(0.0, scores.best().start());
  }
}
