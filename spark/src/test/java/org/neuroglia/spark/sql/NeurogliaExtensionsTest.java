package org.neuroglia.spark.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.neuroglia.spark.LocalSpark;
import org.neuroglia.spark.event.PeriEventSpikeSampler;
import org.neuroglia.spark.tensor.ResponseReducer;

/** What sessions know that are started with the extension. */
class NeurogliaExtensionsTest {
  private static final SparkSession SPARK = LocalSpark.session();

  private static Dataset<Row> tensor() {
    Dataset<Row> spikes =
        SPARK.sql(
            "SELECT 's' AS session, neuron, times FROM VALUES (1, array(0.25D, 1.5D)),"
                + " (2, array(1.25D)) AS t(neuron, times)");
    Dataset<Row> events =
        SPARK.sql(
            "SELECT 's' AS session, event, time FROM VALUES (0L, 0D), (1L, 1D) AS t(event, time)");
    return new PeriEventSpikeSampler()
        .setSampleTimes(new double[] {0, 0.3, 0.6})
        .setSpikes(spikes)
        .fit(events)
        .transform(events);
  }

  @Test
  void anotherSessionReadsATensorAndItsSums() {
    Dataset<Row> tensor = tensor();
    Dataset<Row> sums = new ResponseReducer().setFunc("sum").transform(tensor).drop("tensor");
    tensor.createOrReplaceGlobalTempView("tensor_of_another");
    sums.createOrReplaceGlobalTempView("sums_of_another");
    SparkSession other = SPARK.newSession();
    try {
      for (String view : List.of("tensor_of_another", "sums_of_another")) {
        List<Row> rows = other.table("global_temp." + view).orderBy("event").collectAsList();
        assertEquals(SPARK.table("global_temp." + view).orderBy("event").collectAsList(), rows);
        assertEquals(2, rows.size());
      }
      String plan =
          other.table("global_temp.sums_of_another").queryExecution().executedPlan().toString();
      assertTrue(plan.contains("sum of 2 bins"), plan);
    } finally {
      SPARK.catalog().dropGlobalTempView("tensor_of_another");
      SPARK.catalog().dropGlobalTempView("sums_of_another");
    }
  }

  @Test
  void whatTheExtensionBroughtIsNotRegisteredAgain() {
    tensor().count();
    assertTrue(SPARK.experimental().extraStrategies().isEmpty());
    assertTrue(SPARK.experimental().extraOptimizations().isEmpty());
  }

  @Test
  void settingsKeepTheExtensionsOfOthers() {
    assertEquals(
        Map.of(
            "spark.sql.extensions",
            "some.Extension," + NeurogliaExtensions.class.getName(),
            "spark.sql.catalog.nwb",
            "org.neuroglia.spark.nwb.NwbCatalog"),
        NeurogliaExtensions.settings(Map.of("spark.sql.extensions", "some.Extension")));
    assertEquals(2, NeurogliaExtensions.settings().size());
  }
}
