package org.neuroglia.spark.decoding;

import static org.apache.spark.sql.functions.expr;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuroglia.datasets.CalciumImagingSession;
import org.neuroglia.datasets.DriftingGratingSession;
import org.neuroglia.decoding.split.NullLabels;
import org.neuroglia.event.SampleTimes;
import org.neuroglia.spark.LocalSpark;
import org.neuroglia.spark.calcium.CalciumDeconvolver;
import org.neuroglia.spark.calcium.EventRescaler;
import org.neuroglia.spark.calcium.MedianFilterDetrender;
import org.neuroglia.spark.calcium.Normalize;

/** The README's calcium imaging, beside what scikit-learn decodes from the exported features. */
class CalciumDecodingTest {
  private static final int NULLS = 200;

  private static JsonNode scores() throws Exception {
    try (InputStream json =
        CalciumDecodingTest.class.getResourceAsStream("/decoding/calcium_scores.json")) {
      return new ObjectMapper().readTree(json);
    }
  }

  private static Dataset<Row> activity(SparkSession spark, String file) {
    Dataset<Row> fluorescence =
        spark
            .read()
            .format("nwb")
            .option("traces", "Fluorescence")
            .load(file)
            .withColumn("plane", expr("1 + int(substring_index(neuron, '_', -1)) % 2"));
    return new Pipeline()
        .setStages(
            new PipelineStage[] {
              new MedianFilterDetrender().setWindow(1801),
              new Normalize().setWindow(60),
              new CalciumDeconvolver(),
              new EventRescaler()
            })
        .fit(fluorescence)
        .transform(fluorescence)
        .localCheckpoint();
  }

  private static double[] doubles(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false)
        .mapToDouble(JsonNode::asDouble)
        .toArray();
  }

  @Test
  void planesScoreAsInScikitLearn(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("calcium.nwb");
    DriftingGratingSession gratings =
        DriftingGratingSession.builder().units(40).repeats(5).seed(1).build();
    new CalciumImagingSession(gratings, 30).toNwb().write(file);
    SparkSession spark = LocalSpark.session();
    Dataset<Row> activity = activity(spark, file.toString());
    Dataset<Row> events =
        spark
            .read()
            .format("nwb")
            .option("table", "drifting_gratings")
            .option("columns", "time,end_time,condition,direction,temporal_frequency")
            .load(file.toString())
            .where("NOT isnan(direction)");
    JsonNode scores = scores();
    for (String by : List.of("", "plane")) {
      Dataset<Row> decoded =
          new PopulationDecoding()
              .setLabelCol("direction")
              .setSampleTimes(SampleTimes.arange(0, 2.5, 0.5))
              .setBy(by)
              .setNulls(new NullLabels(NullLabels.Kind.SHUFFLE, NULLS, 1))
              .decodeTraces(activity, events)
              .localCheckpoint();
      List<Row> results =
          PopulationDecoding.results(decoded)
              .where("nullIndex IS NULL")
              .orderBy("group")
              .collectAsList();
      assertEquals(by.isEmpty() ? 1 : 2, results.size());
      for (Row row : results) {
        String group = row.getAs("group");
        JsonNode expected = scores.get(group == null ? "all" : group);
        assertArrayEquals(
            doubles(expected.get("folds")), Recordings.doubles(row, "folds"), "plane " + group);
        assertEquals(NULLS, row.<Integer>getAs("nulls"));
        assertEquals(1.0 / (NULLS + 1), row.<Double>getAs("pValue"), 1e-15);
        double[] predicted =
            PopulationDecoding.predictions(decoded)
                .where(group == null ? "group IS NULL" : "group = '" + group + "'")
                .orderBy("event")
                .collectAsList()
                .stream()
                .mapToDouble(one -> one.<Double>getAs("prediction"))
                .toArray();
        double[] theirs = doubles(expected.get("predictions"));
        assertTrue(theirs.length > 100);
        assertArrayEquals(theirs, predicted, "plane " + group);
      }
      Dataset<Row> nulls = PopulationDecoding.results(decoded).where("nullIndex IS NOT NULL");
      assertEquals((long) results.size() * NULLS, nulls.count());
    }
  }
}
