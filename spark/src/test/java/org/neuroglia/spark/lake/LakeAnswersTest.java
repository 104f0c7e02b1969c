package org.neuroglia.spark.lake;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuroglia.datasets.ChoiceTaskArchive;
import org.neuroglia.event.SampleTimes;
import org.neuroglia.nwb.Nwb1Writer;
import org.neuroglia.nwb.SharedFiles;
import org.neuroglia.spark.LocalSpark;
import org.neuroglia.spark.decoding.PopulationDecoding;

/** What is decoded from a lake is, digit for digit, what is decoded from the files. */
class LakeAnswersTest {
  private static final SparkSession SPARK = LocalSpark.session();

  @TempDir Path folder;

  private Lake lake(Path file, String table, String... columns) {
    Ingest ingest = new Ingest(SPARK).setPaths(file.toString());
    if (columns.length > 0) {
      ingest.setColumns(table, columns);
    }
    String lake = folder.resolve("lake").toString();
    ingest.into(lake);
    return Lake.open(SPARK, lake);
  }

  private static Dataset<Row> fromFile(Path file, String table, String... columns) {
    var reader = SPARK.read().format("nwb").option("table", table);
    return (columns.length > 0 ? reader.option("columns", String.join(",", columns)) : reader)
        .load(file.toString());
  }

  private static List<Row> predictions(
      PopulationDecoding decoding, Dataset<Row> units, Dataset<Row> events) {
    return PopulationDecoding.predictions(decoding.decode(units, events))
        .orderBy("session", "group", "event")
        .collectAsList();
  }

  private void assertLakeEqualsFile(
      Path file,
      String table,
      UnaryOperator<Dataset<Row>> trials,
      PopulationDecoding decoding,
      String... columns) {
    List<Row> expected =
        predictions(
            decoding, fromFile(file, "units"), trials.apply(fromFile(file, table, columns)));
    Lake lake = lake(file, table, columns);
    List<Row> ours = predictions(decoding, lake.units(), trials.apply(lake.events(table)));
    assertEquals(expected.size(), ours.size());
    for (int i = 0; i < ours.size(); i++) {
      assertEquals(expected.get(i).toString(), ours.get(i).toString());
    }
  }

  @Test
  void naturalImages() {
    assertLakeEqualsFile(
        SharedFiles.file("session_x1.nwb"),
        "natural_images",
        UnaryOperator.identity(),
        new PopulationDecoding()
            .setLabelCol("image_id")
            .setSampleTimes(SampleTimes.arange(0.1, 0.35, 0.01)),
        "time",
        "end_time",
        "image_id");
  }

  @Test
  void imageOnOrOffInTheMedialTemporalLobe() {
    assertLakeEqualsFile(
        SharedFiles.file("nwb/sub-4_ses-4_ecephys+image.nwb"),
        "recognition_table",
        images -> {
          Dataset<Row> times = images.select("session", "event", "time");
          return times
              .withColumn("time", expr("time - 0.6"))
              .withColumn("image", lit("off"))
              .union(
                  times
                      .withColumn("time", expr("time + 0.2"))
                      .withColumn("event", expr("event + 1000"))
                      .withColumn("image", lit("on")));
        },
        new PopulationDecoding().setLabelCol("image").setSampleTimes(0, 0.6));
  }

  @Test
  void sevenObjectsInInferotemporalCortex() {
    Dataset<Row> trials =
        csv("real/zd_7object/trials.csv.gz", "neuron STRING, trial INT, stimulus STRING, p STRING");
    trials.createOrReplaceTempView("shown_objects");
    // The n-th showing of an object is one event of all neurons, ten seconds from the next.
    Dataset<Row> shown =
        SPARK.sql(
            "SELECT neuron, trial, object, CAST(70 * row_number() OVER (PARTITION BY neuron, object"
                + " ORDER BY trial) + 10 * object AS DOUBLE) AS time FROM (SELECT *,"
                + " dense_rank() OVER (ORDER BY stimulus) AS object FROM shown_objects)");
    List<Row> trains =
        csv("real/zd_7object/spikes.csv.gz", "neuron STRING, trial INT, ms DOUBLE")
            .join(shown, new String[] {"neuron", "trial"}, "inner")
            .groupBy("neuron")
            .agg(expr("sort_array(collect_list(time + ms / 1000)) AS times"))
            .orderBy("neuron")
            .collectAsList();
    double[][] events =
        shown.select("time", "object").distinct().orderBy("time").collectAsList().stream()
            .map(row -> new double[] {row.getDouble(0), row.getInt(1)})
            .toArray(double[][]::new);
    Path file = folder.resolve("objects.nwb");
    new Nwb1Writer("zd_7object")
        .units(
            "IT",
            trains.stream().map(row -> row.getString(0)).toList(),
            trains.stream()
                .map(row -> row.<Double>getList(1).stream().mapToDouble(t -> t).toArray())
                .toArray(double[][]::new))
        .presentation("objects", events)
        .write(file);
    assertLakeEqualsFile(
        file,
        "objects",
        UnaryOperator.identity(),
        new PopulationDecoding().setLabelCol("object").setSampleTimes(0.1, 0.4505),
        "time",
        "object");
  }

  private static Dataset<Row> csv(String name, String schema) {
    String path = SharedFiles.file(name).toString();
    return SPARK.read().option("header", "true").schema(schema).csv(path);
  }

  @Test
  void areasOfMadeSessions() {
    Path file = folder.resolve("made.nwb");
    ChoiceTaskArchive.create(7).session(1).toNwb().write(file);
    assertLakeEqualsFile(
        file,
        "trials",
        trials -> trials.where(col("event").lt(200)),
        new PopulationDecoding().setLabelCol("choice").setSampleTimes(0, 0.5).setBy("area"));
  }
}
