package org.neuroglia.spark.decoding.session;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.size;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.functions;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;
import org.neuroglia.InvalidInputException;
import org.neuroglia.decoding.crossval.ConfusionMatrix;
import org.neuroglia.decoding.crossval.NullDistribution;
import org.neuroglia.decoding.crossval.SessionDecoding;
import org.neuroglia.decoding.split.ClassLabels;
import org.neuroglia.decoding.split.Folds;
import org.neuroglia.decoding.split.SessionLabels;
import org.neuroglia.spark.Schemas;

/**
 * Decodes with a classifier of Spark ML: sessions and folds follow each other on the driver, each
 * with several Spark jobs to fit and to test. The driver holds the labels and predictions of all
 * sessions.
 */
public final class ClassifierPerSession {
  private final Estimator<?> classifier;
  private final DecodingSettings settings;
  private final DecodingPlan plan;

  /**
   * @param classifier given {@code features} and {@code label} (0 to k − 1), gives {@code
   *     prediction}
   * @param settings of which splits and labels are used
   * @param plan that reads the events
   */
  public ClassifierPerSession(
      Estimator<?> classifier, DecodingSettings settings, DecodingPlan plan) {
    this.classifier = classifier;
    this.settings = settings;
    this.plan = plan;
  }

  /**
   * Fits and tests at once.
   *
   * @param responses with the events, a Vector in the column
   * @return {@link DecodedRows#schema}, a row per session
   * @throws InvalidInputException if a column is missing or of another type
   */
  public Dataset<Row> decode(Dataset<Row> responses, ResponseColumn column) {
    DataType label = plan.requireResponses(responses.schema());
    if (column.isTensor()) {
      throw new InvalidInputException(
          "a classifier of Spark ML takes vectors; reduce column \""
              + column.name()
              + "\" with ResponseReducer first");
    }
    Column session = plan.session(responses.schema());
    Column features = col(Schemas.quoted(column.name()));
    Dataset<Row> numbered =
        responses.select(session.as("session"), plan.event().as("event"), features.as("features"));
    Map<String, Integer> neurons = neurons(numbered);
    List<Row> rows = new ArrayList<>();
    trials(responses)
        .forEach(
            (name, events) -> {
              Dataset<Row> own = numbered.where(col("session").equalTo(name)).drop("session");
              DecodedRow row = row(name, neurons.getOrDefault(name, 0));
              rows.add(decoded(name, row, events, own, label instanceof StringType));
            });
    if (settings.failing()) {
      rows.forEach(FailingRows::decodedOnly);
    }
    return responses.sparkSession().createDataFrame(rows, DecodedRows.schema(label));
  }

  /** The number of neurons of each session. */
  private static Map<String, Integer> neurons(Dataset<Row> responses) {
    Map<String, Integer> neurons = new HashMap<>();
    responses
        .groupBy("session")
        .agg(max(size(functions.vector_to_array(col("features"), "float64"))).as("neurons"))
        .collectAsList()
        .forEach(row -> neurons.put(row.getAs("session"), row.getAs("neurons")));
    return neurons;
  }

  /** The events of each session as {@link SessionTrials} reads them. */
  private Map<String, List<Row>> trials(Dataset<Row> responses) {
    Map<String, List<Row>> bySession = new LinkedHashMap<>();
    plan.trials(responses, lit(0.0), lit(null))
        .orderBy("session", "event")
        .collectAsList()
        .forEach(
            row ->
                bySession.computeIfAbsent(row.getAs("session"), s -> new ArrayList<>()).add(row));
    return bySession;
  }

  private DecodedRow row(String session, int neurons) {
    double[] window = settings.windows().get(0);
    return new DecodedRow(session, null, neurons)
        .set("decoder", classifier.getClass().getSimpleName())
        .windows(window, window);
  }

  private Row decoded(
      String session, DecodedRow row, List<Row> events, Dataset<Row> responses, boolean text) {
    try {
      SessionTrials trials = new SessionTrials(events.iterator(), text);
      row.set("events", (long) trials.size()).set("unlabelled", trials.unlabelled());
      ClassLabels classes = trials.classes();
      SessionLabels labels = trials.coded(session, classes);
      List<SessionDecoding.Repeat> repeats = new ArrayList<>();
      ConfusionMatrix confusion = new ConfusionMatrix(classes.size());
      for (Folds folds : settings.splits().draw(labels)) {
        int[] predicted = predicted(trials, labels, folds, responses);
        confusion = confusion.plus(ConfusionMatrix.of(labels.y(), predicted, classes.size()));
        repeats.add(
            new SessionDecoding.Repeat(
                folds, predicted, new double[0], accuracy(labels.y(), predicted, folds)));
      }
      double accuracy =
          repeats.stream().mapToDouble(repeat -> mean(repeat.accuracy())).sum() / repeats.size();
      SessionDecoding decoded =
          new SessionDecoding(
              repeats, confusion, accuracy, NullDistribution.NONE, NullDistribution.NONE);
      return row.classes(classes)
          .scores(decoded)
          .set("predictions", ClassifiedSession.predictions(trials, classes, repeats))
          .toRow();
    } catch (InvalidInputException e) {
      return row.set("failure", e.getMessage()).toRow();
    }
  }

  /** The predicted class of each event, −1 where no fold tests it. */
  private int[] predicted(
      SessionTrials trials, SessionLabels labels, Folds folds, Dataset<Row> responses) {
    Map<Long, Integer> place = new LinkedHashMap<>();
    List<Row> coded = new ArrayList<>();
    for (int i = 0; i < trials.size(); i++) {
      place.put(trials.event(i), i);
      coded.add(RowFactory.create(trials.event(i), (double) labels.y()[i], folds.fold()[i]));
    }
    StructType schema =
        new StructType()
            .add("event", DataTypes.LongType, false)
            .add("label", DataTypes.DoubleType, false)
            .add("fold", DataTypes.IntegerType, false);
    Dataset<Row> rows =
        responses
            .join(broadcast(responses.sparkSession().createDataFrame(coded, schema)), "event")
            .coalesce(1)
            .sortWithinPartitions("event")
            .cache();
    int[] predicted = new int[trials.size()];
    Arrays.fill(predicted, -1);
    try {
      for (int fold = 0; fold < folds.count(); fold++) {
        Transformer model = classifier.fit(rows.where(col("fold").notEqual(fold)));
        for (Row row :
            model
                .transform(rows.where(col("fold").equalTo(fold)))
                .select("event", "prediction")
                .collectAsList()) {
          predicted[place.get(row.<Long>getAs("event"))] =
              row.<Double>getAs("prediction").intValue();
        }
      }
    } finally {
      rows.unpersist();
    }
    return predicted;
  }

  private static double[] accuracy(int[] y, int[] predicted, Folds folds) {
    double[] accuracy = new double[folds.count()];
    for (int fold = 0; fold < accuracy.length; fold++) {
      int[] tested = folds.test(fold);
      accuracy[fold] =
          (double) Arrays.stream(tested).filter(i -> predicted[i] == y[i]).count() / tested.length;
    }
    return accuracy;
  }

  private static double mean(double[] accuracies) {
    return Arrays.stream(accuracies).sum() / accuracies.length;
  }
}
