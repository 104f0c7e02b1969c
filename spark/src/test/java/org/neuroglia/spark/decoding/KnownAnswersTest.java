package org.neuroglia.spark.decoding;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.row_number;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.stream.LongStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.Window;
import org.junit.jupiter.api.Test;
import org.neuroglia.decoding.decoder.Decoder;
import org.neuroglia.decoding.decoder.LinearDiscriminantAnalysis;
import org.neuroglia.decoding.linalg.Shrinkage;
import org.neuroglia.decoding.split.Splits;
import org.neuroglia.nwb.SharedFiles;
import org.neuroglia.spark.LocalSpark;
import org.neuroglia.spark.event.PeriEventSpikeSampler;
import org.neuroglia.spark.tensor.ResponseReducer;

/** Recordings whose decoding is known: from spikes through the sampler to the accuracy. */
class KnownAnswersTest {
  private static final SparkSession SPARK = LocalSpark.session();

  /**
   * 132 neurons of IT cortex, recorded one after the other while one of seven objects was shown.
   * The n-th showing of an object is made one event of all neurons, ten seconds from the next.
   */
  @Test
  void sevenObjectsInInferotemporalCortex() {
    Dataset<Row> shown =
        csv("real/zd_7object/trials.csv.gz", "neuron STRING, trial INT, stimulus STRING, p STRING")
            .withColumn(
                "time",
                row_number()
                    .over(Window.partitionBy("neuron", "stimulus").orderBy("trial"))
                    .multiply(70)
                    .plus(expr("10 * (dense_rank() OVER (ORDER BY stimulus))"))
                    .cast("double"));
    Dataset<Row> spikes =
        csv("real/zd_7object/spikes.csv.gz", "neuron STRING, trial INT, ms DOUBLE")
            .join(shown, new String[] {"neuron", "trial"}, "inner")
            .select(col("neuron"), expr("time + ms / 1000").as("time"));
    Dataset<Row> events =
        shown.select("time", "stimulus").distinct().withColumn("event", expr("CAST(time AS LONG)"));
    Dataset<Row> responses = responses(spikes, events, 0.1, 0.4505);
    assertEquals(.918, accuracy(responses, "stimulus", new LinearDiscriminantAnalysis()), .01);
    assertEquals(
        .947,
        accuracy(
            responses,
            "stimulus",
            new LinearDiscriminantAnalysis(LinearDiscriminantAnalysis.Solver.LSQR, Shrinkage.AUTO)),
        .01);
  }

  /**
   * Whether an image was on: 0.6 s before 180 images against 0.6 s, from 0.2 s after their start.
   */
  @Test
  void imageOnOrOffInTheMedialTemporalLobe() {
    String file = SharedFiles.file("nwb/sub-4_ses-4_ecephys+image.nwb").toString();
    Dataset<Row> units = SPARK.read().format("nwb").option("table", "units").load(file);
    Dataset<Row> images =
        SPARK
            .read()
            .format("nwb")
            .option("table", "recognition_table")
            .load(file)
            .select("session", "event", "time");
    Dataset<Row> baseline =
        images.withColumn("time", expr("time - 0.6")).withColumn("image", lit("off"));
    Dataset<Row> during =
        images
            .withColumn("time", expr("time + 0.2"))
            .withColumn("event", expr("event + 1000"))
            .withColumn("image", lit("on"));
    Dataset<Row> responses = responses(units, baseline.union(during), 0, 0.6);
    assertEquals(.79, accuracy(responses, "image", new LinearDiscriminantAnalysis()), .02);
  }

  private static Dataset<Row> csv(String name, String schema) {
    String path = SharedFiles.file(name).toString();
    return SPARK.read().option("header", "true").schema(schema).csv(path);
  }

  private static Dataset<Row> responses(
      Dataset<Row> spikes, Dataset<Row> events, double start, double stop) {
    Dataset<Row> tensor =
        new PeriEventSpikeSampler()
            .setSampleTimes(new double[] {start, stop})
            .setSpikes(spikes)
            .fit(events)
            .transform(events);
    return new ResponseReducer().setFunc("sum").transform(tensor).localCheckpoint();
  }

  /** Mean of three shuffled five-fold cross-validations. */
  private static double accuracy(Dataset<Row> responses, String label, Decoder decoder) {
    return LongStream.range(0, 3)
        .mapToDouble(
            seed ->
                PopulationDecoding.results(
                        new PopulationDecoding()
                            .setLabelCol(label)
                            .setDecoders(Map.of("known", decoder))
                            .setSplits(Splits.stratified(5, 1, seed))
                            .decodeResponses(responses))
                    .first()
                    .<Double>getAs("accuracy"))
        .average()
        .getAsDouble();
  }
}
