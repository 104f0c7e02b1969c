package org.neuroglia.spark.tensor;

import static org.apache.spark.sql.functions.expr;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.linalg.Matrix;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.neuroglia.InvalidInputException;
import org.neuroglia.spark.LocalSpark;
import org.neuroglia.spark.epoch.EpochSpikeCounter;
import org.neuroglia.spark.epoch.EpochTraceReducer;
import org.neuroglia.spark.event.PeriEventSpikeSampler;
import org.neuroglia.spark.event.PeriEventTraceReducer;
import org.neuroglia.spark.spike.Binner;
import org.neuroglia.spark.spike.SpikeSamplingModel;

/** Whole neurons at events, in the corners. */
@Tag("generated-code")
class TensorSamplingTest {
  private static final SparkSession SPARK = LocalSpark.session();
  private static final double[] EDGES = {0, 1, 2, 3};

  private static Dataset<Row> spikes() {
    return SPARK.sql(
        "SELECT n AS neuron, t AS times FROM VALUES ('a', array(0.5D, 1.5D)), ('b', array(11.2D)),"
            + " ('c', CAST(array() AS array<double>)) AS v(n, t)");
  }

  private static Dataset<Row> counts() {
    return new Binner().setSampleTimes(EDGES).transform(spikes());
  }

  private static Dataset<Row> events(String sql) {
    return SPARK.sql("SELECT * FROM VALUES " + sql);
  }

  private static double[] features(Row row) {
    return row.<Vector>getAs("features").toArray();
  }

  @Test
  void tracesInTwoTablesThatSayToBeWholeAreOneTrace() {
    Dataset<Row> late = new Binner().setSampleTimes(new double[] {10, 11, 12}).transform(spikes());
    Dataset<Row> events = events("(0L, 0D), (1L, 10D) AS v(event, time)");
    PeriEventTraceReducer reducer =
        new PeriEventTraceReducer().setSampleTimes(EDGES).setFunc("sum");
    for (Dataset<Row> traces : List.of(counts().union(late), late.union(counts()))) {
      List<Row> rows =
          reducer.setTraces(traces).fit(events).transform(events).orderBy("event").collectAsList();
      assertArrayEquals(
          new double[] {1, 1, 0, 0, 0, 0, 0, 0, 0}, rows.get(0).<Matrix>getAs("tensor").toArray());
      assertArrayEquals(
          new double[] {0, 0, 0, 0, 1, 0, 0, 0, 0}, rows.get(1).<Matrix>getAs("tensor").toArray());
    }
  }

  @Test
  void everyNaNIsTheSame() {
    Dataset<Row> events =
        SPARK
            .range(4)
            .selectExpr(
                "id AS event",
                "1D AS time",
                "IF(id % 2 = 0, double('NaN'), double('Infinity') * (id - id)) AS duration");
    List<Row> rows =
        new EpochSpikeCounter().setSpikes(spikes()).fit(events).transform(events).collectAsList();
    assertEquals(4, rows.size());
    rows.forEach(row -> assertArrayEquals(new double[3], features(row)));
  }

  @Test
  void aSilentNeuronAndAnAbsentOneAreTheSame() {
    Dataset<Row> events = events("(0L, 0D, 2D), (1L, 0D, 0D) AS v(event, time, duration)");
    EpochSpikeCounter counter = new EpochSpikeCounter().setRate(true).setSpikes(spikes());
    List<Row> rows =
        counter
            .fit(events)
            .setSpikes(spikes().where("neuron = 'a'"))
            .transform(events)
            .orderBy("event")
            .collectAsList();
    assertArrayEquals(new double[] {1, 0, 0}, features(rows.get(0)));
    double nan = Double.NaN;
    assertArrayEquals(new double[] {nan, nan, nan}, features(rows.get(1)));
  }

  @Test
  void aNeuronOfTheAxisWithoutATraceIsMissing() {
    Dataset<Row> events = events("(0L, 0D, 2D) AS v(event, time, duration)");
    Row row =
        new EpochTraceReducer()
            .setFunc("sum")
            .setTraces(counts())
            .fit(events)
            .setTraces(counts().where("neuron != 'b'"))
            .transform(events)
            .first();
    assertArrayEquals(new double[] {2, Double.NaN, 0}, features(row));
  }

  @Test
  void oneEdgeMakesNoBinsAndKeepsTheNeurons() {
    Dataset<Row> events = events("(0L, 0D) AS v(event, time)");
    Matrix matrix =
        new PeriEventTraceReducer()
            .setSampleTimes(new double[] {0})
            .setTraces(counts())
            .fit(events)
            .transform(events)
            .first()
            .getAs("tensor");
    assertEquals(0, matrix.numRows());
    assertEquals(3, matrix.numCols());
  }

  @Test
  void spikesAreSetInEveryStageThatSamplesThem() {
    Dataset<Row> events = events("(0L, 0D, 2D) AS v(event, time, duration)");
    PipelineModel model =
        new Pipeline()
            .setStages(
                new PipelineStage[] {
                  new PeriEventSpikeSampler()
                      .setSampleTimes(new double[] {0, 2})
                      .setSpikes(spikes()),
                  new EpochSpikeCounter().setSpikes(spikes())
                })
            .fit(events);
    Dataset<Row> shifted = spikes().withColumn("times", expr("transform(times, t -> t - 10)"));
    Row row = SpikeSamplingModel.setSpikes(model, shifted).transform(events).first();
    assertArrayEquals(new double[] {0, 1, 0}, row.<Matrix>getAs("tensor").toArray());
    assertArrayEquals(new double[] {0, 1, 0}, features(row));
  }

  @Test
  void sessionsAreOnBothSidesOrOnNeither() {
    Dataset<Row> events = events("('s', 0D, 2D) AS v(session, time, duration)");
    EpochTraceReducer reducer = new EpochTraceReducer().setTraces(counts());
    assertEquals(
        "the events have a column \"session\" and the traces have none: give both or neither one",
        assertThrows(InvalidInputException.class, () -> reducer.fit(events)).getMessage());
  }
}
