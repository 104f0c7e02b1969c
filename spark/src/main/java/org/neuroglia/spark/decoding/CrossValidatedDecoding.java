package org.neuroglia.spark.decoding;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.OptionalLong;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.neuroglia.InvalidInputException;
import org.neuroglia.decoding.crossval.CrossValidation;
import org.neuroglia.decoding.decoder.Decoder;
import org.neuroglia.decoding.decoder.LinearDiscriminantAnalysis;
import org.neuroglia.decoding.decoder.UnfitClassException;
import org.neuroglia.decoding.split.ClassLabels;
import org.neuroglia.decoding.split.Folds;
import org.neuroglia.decoding.split.Responses;
import org.neuroglia.decoding.split.StratifiedKFold;
import org.neuroglia.decoding.split.TrainTestSplit;
import org.neuroglia.spark.Schemas;
import org.neuroglia.spark.Sessions;
import org.neuroglia.spark.decoding.session.Label;

/**
 * Decodes every event of every session with a decoder that was trained without it: all sessions in
 * one job, each in the memory of one task. Predictions are those of scikit-learn's {@code
 * cross_val_predict(make_pipeline(StandardScaler(), decoder), X, y)} session by session.
 *
 * <pre>{@code
 * CrossValidatedDecoding decoding = new CrossValidatedDecoding().setLabelCol("image_id").setFolds(5);
 * Dataset<Row> decoded = decoding.decode(responses).cache();
 * CrossValidatedDecoding.sessions(decoded).show();                   // accuracies
 * CrossValidatedDecoding.predictions(decoded).write().parquet(path); // event by event
 * }</pre>
 *
 * <p>Sessions may have different neurons, events and classes. Within a session, events are taken in
 * the order of their numbers, so that folds depend neither on partitions nor on the order of rows;
 * and a session gives the same alone and among others. Events whose label is null or NaN are left
 * out and counted.
 *
 * <p>Not thread-safe; the settings are read when {@link #decode} is called.
 */
public final class CrossValidatedDecoding implements Serializable {
  private static final long serialVersionUID = 1L;

  /** What is done about a session that cannot be decoded. */
  public enum OnError {
    /** The job ends with an InvalidInputException that names the session and the reason. */
    FAIL,
    /** The session's row has the reason in column {@code failure}, and no predictions. */
    SKIP
  }

  private enum Standardise {
    AS_DECODER_WANTS,
    ALWAYS,
    NEVER
  }

  private String sessionCol = "session";
  private String eventCol = "event";
  private String labelCol = "label";
  private String featuresCol = "features";
  private Decoder decoder = new LinearDiscriminantAnalysis();
  private Standardise standardise = Standardise.AS_DECODER_WANTS;
  private int folds = 5;
  private double testSize;
  private boolean shuffled;
  private long seed;
  private OnError onError = OnError.FAIL;

  /**
   * Names the session; rows without a session, and all rows of a table without this column, are one
   * session, "". Default "session".
   */
  public CrossValidatedDecoding setSessionCol(String column) {
    sessionCol = column;
    return this;
  }

  /** Number of the event, an integer that no other event of the session has. Default "event". */
  public CrossValidatedDecoding setEventCol(String column) {
    eventCol = column;
    return this;
  }

  /** Labels, strings or numbers. Default "label". */
  public CrossValidatedDecoding setLabelCol(String column) {
    labelCol = column;
    return this;
  }

  /** Responses, a Vector [neuron]. Default "features". */
  public CrossValidatedDecoding setFeaturesCol(String column) {
    featuresCol = column;
    return this;
  }

  /** A decoder of {@code org.neuroglia.decoding}. Default: linear discriminant, svd. */
  public CrossValidatedDecoding setDecoder(Decoder value) {
    decoder = value;
    return this;
  }

  /**
   * Whether a StandardScaler, fitted to the training events, comes first. Default: {@link
   * Decoder#wantsStandardised}, which is true but for decoders of counts.
   */
  public CrossValidatedDecoding setStandardise(boolean value) {
    standardise = value ? Standardise.ALWAYS : Standardise.NEVER;
    return this;
  }

  private boolean standardises() {
    return standardise == Standardise.AS_DECODER_WANTS
        ? decoder.wantsStandardised()
        : standardise == Standardise.ALWAYS;
  }

  /** Stratified folds; without a seed, scikit-learn's unshuffled ones. Default 5. */
  public CrossValidatedDecoding setFolds(int number) {
    folds = number;
    testSize = 0;
    return this;
  }

  /** Instead of folds one test, on this share of the events drawn at random (not stratified). */
  public CrossValidatedDecoding setTestSize(double share) {
    if (!(share > 0 && share < 1)) {
      throw new InvalidInputException("a test size is a share between 0 and 1, not " + share);
    }
    testSize = share;
    return this;
  }

  /** Shuffles the folds, or draws the test; without it 0, and folds are not shuffled. */
  public CrossValidatedDecoding setSeed(long value) {
    seed = value;
    shuffled = true;
    return this;
  }

  /** Unshuffled folds where empty. */
  public CrossValidatedDecoding setSeed(OptionalLong value) {
    seed = value.orElse(0);
    shuffled = value.isPresent();
    return this;
  }

  /** Default {@link OnError#FAIL}. */
  public CrossValidatedDecoding setOnError(OnError value) {
    onError = value;
    return this;
  }

  /**
   * A row per session; lazy, one job. Beside the results of {@link #sessions} it has the
   * predictions as an array, for {@link #predictions}: keep it ({@code cache}) where both are
   * wanted.
   *
   * @param responses columns event, label, features, and session if there are several; others are
   *     not looked at
   */
  public Dataset<Row> decode(Dataset<Row> responses) {
    StructType schema = responses.schema();
    String table = "the responses";
    StructField event = Schemas.require(schema, eventCol, table);
    if (!Schemas.isInteger(event.dataType())) {
      throw new InvalidInputException(
          String.format(
              "column \"%s\" is a %s; events have integer numbers",
              event.name(), event.dataType().simpleString()));
    }
    FeatureColumn.requireVector(schema, featuresCol);
    DataType labelType = Label.type(schema, labelCol);
    Column session = coalesce(Sessions.column(schema, sessionCol), lit(Sessions.ONLY));
    Session one = new Session(this, labelType);
    return responses
        .select(
            session.as("session"),
            col(Schemas.quoted(eventCol)).cast("long").as("event"),
            col(Schemas.quoted(labelCol)).as("label"),
            col(Schemas.quoted(featuresCol)).as("features"))
        .repartition(col("session"))
        .sortWithinPartitions("session", "event")
        .mapPartitions(
            (MapPartitionsFunction<Row, Row>) rows -> new SessionBySession(rows, one),
            Encoders.row(schema(labelType)));
  }

  /**
   * What came out of each session: session, events (labelled ones), unlabelled, neurons, classes,
   * classLabels, folds (accuracy of each), accuracy (their mean), chance (1 / classes), warning,
   * and failure where a session was skipped.
   */
  public static Dataset<Row> sessions(Dataset<Row> decoded) {
    return decoded.drop("predictions");
  }

  /**
   * A row per tested event: session, event, fold, label, prediction, probability in the order of
   * the session's classLabels.
   */
  public static Dataset<Row> predictions(Dataset<Row> decoded) {
    return decoded
        .select(col("session"), explode(col("predictions")).as("p"))
        .select("session", "p.event", "p.fold", "p.label", "p.prediction", "p.probability");
  }

  private static StructType schema(DataType label) {
    DataType doubles = DataTypes.createArrayType(DataTypes.DoubleType, false);
    StructType prediction =
        new StructType()
            .add("event", DataTypes.LongType, false)
            .add("fold", DataTypes.IntegerType, false)
            .add("label", label, false)
            .add("prediction", label, false)
            .add("probability", doubles, false);
    return new StructType()
        .add("session", DataTypes.StringType, false)
        .add("events", DataTypes.LongType, false)
        .add("unlabelled", DataTypes.LongType, false)
        .add("neurons", DataTypes.IntegerType, false)
        .add("classes", DataTypes.IntegerType, false)
        .add("classLabels", DataTypes.createArrayType(DataTypes.StringType, false), false)
        .add("folds", doubles, false)
        .add("accuracy", DataTypes.DoubleType, true)
        .add("chance", DataTypes.DoubleType, true)
        .add("warning", DataTypes.StringType, true)
        .add("failure", DataTypes.StringType, true)
        .add("predictions", DataTypes.createArrayType(prediction, false), false);
  }

  private Folds foldsOf(int[] y) {
    if (testSize > 0) {
      return TrainTestSplit.split(y.length, testSize, seed);
    }
    return shuffled ? StratifiedKFold.split(y, folds, seed) : StratifiedKFold.split(y, folds);
  }

  /** Decodes the sessions of a partition one after the other; their rows follow each other. */
  private static final class SessionBySession implements Iterator<Row> {
    private final Iterator<Row> rows;
    private final Session decoding;
    private Row next;
    private Iterator<Row> decoded = Collections.emptyIterator();

    SessionBySession(Iterator<Row> rows, Session decoding) {
      this.rows = rows;
      this.decoding = decoding;
      advance();
    }

    private void advance() {
      next = rows.hasNext() ? rows.next() : null;
    }

    @Override
    public boolean hasNext() {
      while (!decoded.hasNext() && next != null) {
        String session = next.getString(0);
        Iterator<Row> ofSession = rowsOf(session);
        decoded = decoding.decode(session, ofSession);
        while (ofSession.hasNext()) { // where it could not be decoded
          ofSession.next();
        }
      }
      return decoded.hasNext();
    }

    @Override
    public Row next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return decoded.next();
    }

    private Iterator<Row> rowsOf(String session) {
      return new Iterator<>() {
        @Override
        public boolean hasNext() {
          return next != null && next.getString(0).equals(session);
        }

        @Override
        public Row next() {
          Row row = next;
          advance();
          return row;
        }
      };
    }
  }

  /** Decodes one session in its task. */
  private record Session(CrossValidatedDecoding settings, DataType labelType)
      implements Serializable {
    private static final long serialVersionUID = 1L;

    /**
     * @param rows (session, event, label, features), by event
     */
    Iterator<Row> decode(String session, Iterator<Row> rows) {
      List<Long> events = new ArrayList<>();
      List<Object> labels = new ArrayList<>();
      List<double[]> features = new ArrayList<>();
      long unlabelled = 0;
      try {
        while (rows.hasNext()) {
          Row row = rows.next();
          if (row.isNullAt(1)) {
            throw new InvalidInputException("an event has no number: it is null");
          }
          long event = row.getLong(1);
          Object label = Label.of(row.get(2));
          if (label == null) {
            unlabelled++;
            continue;
          }
          if (!events.isEmpty() && events.get(events.size() - 1) == event) {
            throw new InvalidInputException(
                "event " + event + " occurs more than once; give each event a number of its own");
          }
          events.add(event);
          labels.add(label);
          features.add(finite(event, row.getAs(3)));
        }
        return decode(session, events, labels, features, unlabelled);
      } catch (InvalidInputException e) {
        String failure =
            (session.isEmpty() ? "this session" : "session \"" + session + "\"")
                + " cannot be decoded: "
                + e.getMessage();
        if (settings.onError == OnError.FAIL) {
          throw new InvalidInputException(failure, e);
        }
        int neurons = features.isEmpty() ? 0 : features.get(0).length;
        return List.of(
                RowFactory.create(
                    session,
                    (long) events.size(),
                    unlabelled,
                    neurons,
                    0,
                    new String[0],
                    new double[0],
                    null,
                    null,
                    null,
                    failure,
                    new Row[0]))
            .iterator();
      }
    }

    private static double[] finite(long event, Vector features) {
      if (features == null) {
        throw new InvalidInputException("event " + event + " has no features: they are null");
      }
      double[] values = features.toArray();
      for (int j = 0; j < values.length; j++) {
        if (!Double.isFinite(values[j])) {
          throw new InvalidInputException(
              String.format(
                  "the response of neuron %d (counted from 0) to event %d is %s; decoders take"
                      + " finite numbers only",
                  j, event, values[j]));
        }
      }
      return values;
    }

    private CrossValidation.Result run(
        Responses responses, int[] y, ClassLabels classes, Folds folds) {
      try {
        return CrossValidation.run(
            settings.decoder, settings.standardises(), responses, y, classes.size(), folds);
      } catch (UnfitClassException e) {
        throw e.named(classes);
      }
    }

    private Iterator<Row> decode(
        String session,
        List<Long> events,
        List<Object> labels,
        List<double[]> features,
        long unlabelled) {
      if (events.isEmpty()) {
        throw new InvalidInputException("no event has a label");
      }
      ClassLabels classes = Label.classes(labels, labelType instanceof StringType);
      if (classes.size() < 2) {
        throw new InvalidInputException(
            "all labels are "
                + classes.names().get(0)
                + ", and a decoder needs at least 2 classes");
      }
      int[] y = labels.stream().mapToInt(label -> Label.code(classes, label)).toArray();
      Responses responses = Responses.of(features.toArray(new double[0][]));
      features.clear();
      Folds folds = settings.foldsOf(y);
      CrossValidation.Result result = run(responses, y, classes, folds);

      List<Row> predictions = new ArrayList<>(y.length);
      for (int i = 0; i < y.length; i++) {
        if (folds.fold()[i] >= 0) {
          predictions.add(
              RowFactory.create(
                  events.get(i),
                  folds.fold()[i],
                  labels.get(i),
                  classes.value(result.prediction()[i]),
                  Arrays.copyOfRange(
                      result.probability(), i * classes.size(), (i + 1) * classes.size())));
        }
      }
      return Collections.singleton(
              RowFactory.create(
                  session,
                  (long) y.length,
                  unlabelled,
                  responses.neurons(),
                  classes.size(),
                  classes.names().toArray(String[]::new),
                  result.accuracy(),
                  Arrays.stream(result.accuracy()).sum() / folds.count(),
                  1.0 / classes.size(),
                  folds.warning().orElse(null),
                  null,
                  predictions.toArray(new Row[0])))
          .iterator();
    }
  }
}
