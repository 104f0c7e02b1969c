package org.neuroglia.spark.decoding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.classification.NaiveBayes;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.neuroglia.InvalidInputException;
import org.neuroglia.decoding.decoder.Decoders;
import org.neuroglia.decoding.split.NullLabels;
import org.neuroglia.decoding.split.Splits;
import org.neuroglia.spark.event.PeriEventSpikeSampler;
import org.neuroglia.spark.tensor.ResponseReducer;

/** PopulationDecoding with classifiers of Spark ML. */
class ClassifierPerSessionTest {
  private static final Recordings TWO =
      Recordings.none().with("a", 9, 60, 4, 1).with("b", 6, 40, 0, 2);

  private static Dataset<Row> responses() {
    Dataset<Row> events = TWO.trials(2).withColumnRenamed("choice", "label");
    Dataset<Row> tensor =
        new PeriEventSpikeSampler()
            .setSampleTimes(new double[] {0, 0.25, 0.5})
            .setSpikes(TWO.spikes(2))
            .fit(events)
            .transform(events);
    return new ResponseReducer().setFunc("sum").setSeveralSessions(true).transform(tensor);
  }

  private static List<Row> results(Estimator<?> classifier, Dataset<Row> responses) {
    return PopulationDecoding.results(
            new PopulationDecoding().setClassifier(classifier).decodeResponses(responses))
        .orderBy("session")
        .collectAsList();
  }

  @Test
  void classifiersOfSparkDecodeTheSameFolds() {
    Dataset<Row> responses = responses().cache();
    Dataset<Row> decoded =
        new PopulationDecoding()
            .setClassifier(new LogisticRegression().setRegParam(0.1))
            .decodeResponses(responses);
    List<Row> rows = PopulationDecoding.results(decoded).orderBy("session").collectAsList();
    assertEquals(2, rows.size());
    assertEquals("LogisticRegression", rows.get(0).getAs("decoder"));
    assertEquals(9, rows.get(0).<Integer>getAs("neurons"));
    assertTrue(rows.get(0).<Double>getAs("accuracy") > 0.85, rows.get(0).toString());
    double untuned = rows.get(1).<Double>getAs("accuracy");
    assertTrue(untuned > 0.2 && untuned < 0.8, "" + untuned);
    String[] key = {"session", "event", "fold", "label"};
    Dataset<Row> own =
        new PopulationDecoding()
            .setLabelCol("choice")
            .setSampleTimes(0, 0.5)
            .decode(TWO.spikes(1), TWO.trials(1));
    List<Row> expected =
        PopulationDecoding.predictions(own)
            .selectExpr(key)
            .orderBy("session", "event")
            .collectAsList();
    Dataset<Row> predictions = PopulationDecoding.predictions(decoded);
    assertEquals(expected, predictions.selectExpr(key).orderBy("session", "event").collectAsList());
    double right = predictions.where("session = 'a' AND label = prediction").count() / 60.0;
    assertEquals(right, rows.get(0).<Double>getAs("accuracy"), 1e-12);

    List<Row> bayes =
        results(new Pipeline().setStages(new PipelineStage[] {new NaiveBayes()}), responses);
    assertTrue(bayes.get(0).<Double>getAs("accuracy") > 0.85, bayes.get(0).toString());
    assertEquals("Pipeline", bayes.get(0).getAs("decoder"));
    responses.unpersist();
  }

  @Test
  void aSessionThatCannotBeSplitHasTheReason() {
    List<Row> rows =
        results(
            new NaiveBayes(),
            responses()
                .selectExpr("session", "event", "if(session = 'a', 'x', label) label", "features"));
    assertTrue(rows.get(0).<String>getAs("failure").contains("all labels are x"));
    assertTrue(rows.get(1).<Double>getAs("accuracy") >= 0);
    assertThrows(
        InvalidInputException.class,
        () ->
            new PopulationDecoding()
                .setClassifier(new NaiveBayes())
                .setSplits(Splits.leaveOneGroupOut())
                .decodeResponses(responses()));
  }

  @Test
  void whatAClassifierCannotDoIsRefused() {
    Dataset<Row> responses = responses();
    NullLabels nulls = new NullLabels(NullLabels.Kind.SHUFFLE, 3, 1);
    refuses("permutations has no use", () -> classifier().setNulls(nulls).transform(responses));
    refuses("by has no use", () -> classifier().setBy("area").decodeResponses(responses));
    refuses(
        "with ResponseReducer first",
        () -> classifier().setFeaturesCol("tensor").decodeResponses(responses));
    refuses(
        "decodes responses that come with the events",
        () -> classifier().setSampleTimes(0, 0.5).decode(TWO.spikes(1), TWO.trials(1)));
    refuses(
        "takes the place of decoders",
        () ->
            classifier()
                .setDecoders(Map.of("lda", Decoders.named("lda")))
                .decodeResponses(responses));
    refuses("set it again after loading", () -> classifier().write());
  }

  @Test
  void anEventTwiceIsNoticedByItsSession() {
    Dataset<Row> responses = responses();
    List<Row> rows =
        results(new NaiveBayes(), responses.union(responses.where("session = 'a' AND event = 7")));
    assertTrue(rows.get(0).<String>getAs("failure").contains("event 7 occurs more than once"));
    assertNull(rows.get(1).getAs("failure"));
  }

  private static PopulationDecoding classifier() {
    return new PopulationDecoding().setClassifier(new NaiveBayes());
  }

  private static void refuses(String part, Executable decoding) {
    InvalidInputException e = assertThrows(InvalidInputException.class, decoding);
    assertTrue(e.getMessage().contains(part), e.getMessage());
  }
}
