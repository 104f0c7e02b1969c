package org.neuroglia.spark.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.neuroglia.spark.LocalSpark;

class PeriEventHistogramTest {
  private static final SparkSession SPARK = LocalSpark.session();

  @BeforeAll
  static void register() {
    PeriEventHistogram.register(SPARK);
  }

  private static List<Row> sql(String query) {
    return SPARK.sql(query).collectAsList();
  }

  @Test
  void countsTheSpikesOfEachBin() {
    List<Row> rows =
        sql(
            "SELECT e, peri_event_histogram(s, t, array(0D, 0.1D, 0.2D)) FROM VALUES"
                + " (1, 0.05D, 0D), (1, 0.1D, 0D), (1, 0.2D, 0D), (1, 5D, 0D), (2, 1.05D, 1D)"
                + " AS v(e, s, t) GROUP BY e ORDER BY e");
    assertEquals(List.of(1L, 2L), rows.get(0).getList(1));
    assertEquals(List.of(1L, 0L), rows.get(1).getList(1));
  }

  @Test
  void plansThatAreInterpretedCountToo() {
    SPARK.conf().set("spark.sql.codegen.wholeStage", false);
    SPARK.conf().set("spark.sql.codegen.factoryMode", "NO_CODEGEN");
    try {
      countsTheSpikesOfEachBin();
    } finally {
      SPARK.conf().unset("spark.sql.codegen.wholeStage");
      SPARK.conf().unset("spark.sql.codegen.factoryMode");
    }
  }

  @Test
  void eventsWithoutSpikesOfAnOuterJoinAreZeros() {
    List<Row> rows =
        sql(
            "SELECT peri_event_histogram(s, t, array(0D, 0.1D, 0.2D)) FROM VALUES"
                + " (CAST(NULL AS DOUBLE), 0D) AS v(s, t)");
    assertEquals(List.of(0L, 0L), rows.get(0).getList(0));
  }

  @Test
  void partitionsDoNotChangeTheCounts() {
    String query =
        "SELECT peri_event_histogram(CAST(id AS DOUBLE), 0D, array(0D, 300D, 1000D)) FROM ";
    for (int partitions : new int[] {1, 2, 7}) {
      SPARK.range(0, 2000, 1, partitions).createOrReplaceTempView("spikes_at_ids");
      assertEquals(List.of(300L, 701L), sql(query + "spikes_at_ids").get(0).getList(0));
    }
  }

  @Test
  void wrongArgumentsAreRefused() {
    for (String arguments :
        List.of(
            "s, t",
            "s, t, array(0D, 1D), 2",
            "s, t, 'edges'",
            "s, t, array(1D, 0D)",
            "s, t, array(0D, NULL, 1D)")) {
      assertThrows(
          Exception.class,
          () ->
              sql("SELECT peri_event_histogram(" + arguments + ") FROM VALUES (0D, 0D) AS v(s, t)"),
          arguments);
    }
    for (String other : List.of("array(0D, 1D, 2D)", "array(0D, 2D)")) {
      Throwable thrown =
          assertThrows(
              Exception.class,
              () ->
                  sql(
                      "SELECT peri_event_histogram(s, 0D, e) FROM VALUES (0D, array(0D, 1D)),"
                          + " (0D, "
                          + other
                          + ") AS v(s, e)"));
      while (thrown.getCause() != null) {
        thrown = thrown.getCause();
      }
      assertTrue(thrown.getMessage().contains("different sample_times"), thrown.getMessage());
    }
  }
}
