package org.neuroglia.spark.decoding;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.size;

import java.util.ArrayList;
import java.util.Arrays;
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
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.neuroglia.InvalidInputException;
import org.neuroglia.decoding.crossval.ConfusionMatrix;
import org.neuroglia.decoding.crossval.NullDistribution;
import org.neuroglia.decoding.crossval.SessionDecoding;
import org.neuroglia.decoding.split.ClassLabels;
import org.neuroglia.decoding.split.Folds;
import org.neuroglia.decoding.split.SessionLabels;
import org.neuroglia.decoding.split.Splits;
import org.neuroglia.spark.Schemas;
import org.neuroglia.spark.Sessions;
import org.neuroglia.spark.decoding.session.ClassifiedSession;
import org.neuroglia.spark.decoding.session.DecodedRow;
import org.neuroglia.spark.decoding.session.DecodedRows;
import org.neuroglia.spark.decoding.session.Label;
import org.neuroglia.spark.decoding.session.SessionTrials;

/**
 * Decodes with any classifier of Spark ML, or a pipeline that ends in one, with the splits of
 * {@link PopulationDecoding}: for classifiers that {@link org.neuroglia.decoding.decoder.Decoders}
 * has not.
 *
 * <pre>{@code
 * Dataset<Row> decoded =
 *     new ClassifierPerSession(new LogisticRegression().setRegParam(0.1)).decode(responses);
 * PopulationDecoding.results(decoded).show();
 * }</pre>
 *
 * <p>This is slower by far: sessions and folds follow each other on the driver, each with several
 * Spark jobs to fit and to test, and a session is one partition. The driver holds the labels and
 * predictions of all sessions. There are no null labels; where a decoder of {@link
 * PopulationDecoding} serves, take that.
 *
 * <p>Nothing is standardised: put a StandardScaler in the pipeline. Not thread-safe.
 */
public final class ClassifierPerSession {
  private static final int NEURONS = 7;

  private final Estimator<?> classifier;
  private String sessionCol = "session";
  private String eventCol = "event";
  private String labelCol = "label";
  private String featuresCol = "features";
  private String splitCol = "";
  private Splits splits = Splits.stratified(5);

  /**
   * @param classifier with MLlib's own names of columns: it is given {@code features} and {@code
   *     label} (0 to k − 1, the session's labels in order), and gives {@code prediction}
   */
  public ClassifierPerSession(Estimator<?> classifier) {
    this.classifier = classifier;
  }

  /** Names the session; may be absent. Default "session". */
  public ClassifierPerSession setSessionCol(String column) {
    sessionCol = column;
    return this;
  }

  /** Number of the event, an integer that no other of the session has. Default "event". */
  public ClassifierPerSession setEventCol(String column) {
    eventCol = column;
    return this;
  }

  /** What is decoded: strings or numbers. Default "label". */
  public ClassifierPerSession setLabelCol(String column) {
    labelCol = column;
    return this;
  }

  /** Responses of all neurons to an event, a vector. Default "features". */
  public ClassifierPerSession setFeaturesCol(String column) {
    featuresCol = column;
    return this;
  }

  /** How events are split into those that train and those that test. Default: 5 folds. */
  public ClassifierPerSession setSplits(Splits value) {
    splits = value;
    return this;
  }

  /** Column that says the group or the fold of each event, for splits that follow it. */
  public ClassifierPerSession setSplitCol(String column) {
    splitCol = column;
    return this;
  }

  /**
   * Fits and tests at once, and gives a row per session in the columns of {@link
   * PopulationDecoding#decode}, from which its tables of results, predictions and confusion are
   * made. The decoder is the class of the classifier; the times of the window, which responses do
   * not say, are NaN. A session that cannot be split has the reason in column {@code failure}; what
   * the classifier throws ends the decoding.
   *
   * @param responses session, event, label and features, as the samplers and {@code
   *     ResponseReducer} give them
   */
  public Dataset<Row> decode(Dataset<Row> responses) {
    StructType schema = responses.schema();
    StructField event = Schemas.require(schema, eventCol, "the responses");
    if (!Schemas.isInteger(event.dataType())) {
      throw new InvalidInputException(
          String.format(
              "column \"%s\" is a %s; events have integer numbers",
              event.name(), event.dataType().simpleString()));
    }
    FeatureColumn.requireVector(schema, featuresCol);
    DataType labelType = Label.type(schema, labelCol);
    if (splits.needsGroups() == splitCol.isEmpty()) {
      throw new InvalidInputException(
          splitCol.isEmpty()
              ? "these splits need a column of the events that says the group or fold of each"
              : "column \"" + splitCol + "\" has no use with splits that do not follow groups");
    }
    if (!splitCol.isEmpty()) {
      Schemas.require(schema, splitCol, "the responses");
    }
    Column session = coalesce(Sessions.column(schema, sessionCol), lit(Sessions.ONLY));
    List<Row> rows = new ArrayList<>();
    trials(responses, session)
        .forEach(
            (name, trials) -> {
              Dataset<Row> own =
                  responses
                      .where(session.equalTo(name))
                      .select(
                          col(Schemas.quoted(eventCol)).cast("long").as("event"),
                          col(Schemas.quoted(featuresCol)).as("features"));
              rows.add(row(name, trials, own, labelType instanceof StringType));
            });
    return responses.sparkSession().createDataFrame(rows, DecodedRows.schema(labelType));
  }

  /** The events of each session as {@link SessionTrials} reads them, and the number of neurons. */
  private Map<String, List<Row>> trials(Dataset<Row> responses, Column session) {
    Column split = splitCol.isEmpty() ? lit(null) : col(Schemas.quoted(splitCol));
    Map<String, List<Row>> bySession = new LinkedHashMap<>();
    responses
        .select(
            session.as("session"),
            col(Schemas.quoted(eventCol)).cast("long").as("event"),
            lit(0.0).as("time"),
            col(Schemas.quoted(labelCol)).as("label"),
            split.cast("string").as("split"),
            lit(null).cast("string").as("stratum"),
            lit(null).cast("string").as("donor"),
            size(functions.vector_to_array(col(Schemas.quoted(featuresCol)), "float64"))
                .as("neurons"))
        .orderBy("session", "event")
        .collectAsList()
        .forEach(
            row -> bySession.computeIfAbsent(row.getString(0), s -> new ArrayList<>()).add(row));
    return bySession;
  }

  private Row row(String session, List<Row> events, Dataset<Row> responses, boolean text) {
    double[] unknown = {Double.NaN, Double.NaN};
    DecodedRow row =
        new DecodedRow(session, null, events.get(0).getInt(NEURONS))
            .set("decoder", classifier.getClass().getSimpleName())
            .windows(unknown, unknown);
    try {
      SessionTrials trials = new SessionTrials(events.iterator(), text);
      row.set("events", (long) trials.size()).set("unlabelled", trials.unlabelled());
      ClassLabels classes = trials.classes();
      SessionLabels labels = trials.coded(session, classes);
      List<SessionDecoding.Repeat> repeats = new ArrayList<>();
      ConfusionMatrix confusion = new ConfusionMatrix(classes.size());
      for (Folds folds : splits.draw(labels)) {
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
          predicted[place.get(row.getLong(0))] = (int) row.getDouble(1);
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
