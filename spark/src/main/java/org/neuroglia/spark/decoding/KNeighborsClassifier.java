package org.neuroglia.spark.decoding;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.neuroglia.InvalidInputException;
import org.neuroglia.decoding.decoder.NearestNeighborsModel;
import org.neuroglia.decoding.split.ClassLabels;
import org.neuroglia.decoding.split.Responses;
import org.neuroglia.spark.Schemas;
import org.neuroglia.spark.decoding.session.Label;

/**
 * A vote of the training events that are nearest, with MLlib's columns and scikit-learn's
 * parameters and numbers (algorithm brute: every training event is looked at). Labels are as in
 * every {@link DecoderEstimator}; {@code rawPrediction} is the sum of the votes for each class.
 *
 * <p>Among training events at the same distance those with the smaller number are the nearer, and
 * without numbers those with the smaller features, the first feature first; so nothing depends on
 * partitions. scikit-learn leaves this open.
 *
 * <p>The model keeps every training row: 8 bytes per feature and 12 more. The driver holds them,
 * and during {@code transform} so does each running task, to which they come with its code.
 */
public final class KNeighborsClassifier
    extends DecoderEstimator<KNeighborsClassifier, KNeighborsClassifierModel>
    implements KNeighborsParams<KNeighborsClassifier> {
  private static final long serialVersionUID = 1L;

  static final String NAME = "KNeighborsClassifier";

  public KNeighborsClassifier() {
    this(Identifiable$.MODULE$.randomUID(NAME));
  }

  public KNeighborsClassifier(String uid) {
    super(uid);
    setDefault(eventCol(), "event");
  }

  /** Number of the event, an integer; needed only where it is set. Default "event". */
  public Param<String> eventCol() {
    return new Param<>(uid(), "eventCol", "column of the event's number");
  }

  public String getEventCol() {
    return getOrDefault(eventCol());
  }

  public KNeighborsClassifier setEventCol(String value) {
    return with(eventCol(), value);
  }

  @Override
  String stage() {
    return NAME;
  }

  @Override
  org.neuroglia.decoding.decoder.KNeighborsClassifier kernel() {
    return settings();
  }

  @Override
  public StructType transformSchema(StructType schema) {
    hasNumbers(schema);
    return KNeighborsClassifierModel.withNeighbors(super.transformSchema(schema), this);
  }

  private boolean hasNumbers(StructType schema) {
    if (!isSet(eventCol()) && !Schemas.has(schema, getEventCol())) {
      return false;
    }
    StructField event = Schemas.require(schema, getEventCol(), "the rows");
    if (!Schemas.isInteger(event.dataType())) {
      throw new InvalidInputException(
          String.format(
              "column \"%s\" is a %s; events have integer numbers",
              event.name(), event.dataType().simpleString()));
    }
    return true;
  }

  /** A labelled row; the number is NONE where it has none. */
  private record Trial(long number, double[] features, Object label) {
    static final long NONE = Long.MAX_VALUE;

    /** The labels only tell rows apart that are the same in all else. */
    static final Comparator<Trial> ORDER =
        Comparator.comparingLong(Trial::number)
            .thenComparing(Trial::features, Arrays::compare)
            .thenComparing(trial -> trial.label.toString());
  }

  @Override
  KNeighborsClassifierModel fit(TrainingRows rows) {
    boolean numbered = hasNumbers(rows.dataset().schema());
    Dataset<Row> selected = numbered ? rows.select(getEventCol()) : rows.select();
    List<Trial> trials = new ArrayList<>();
    long unlabelled = 0;
    int width = -1;
    for (Row row : selected.collectAsList()) {
      Object label = Label.of(row.get(0));
      if (label == null) {
        unlabelled++;
        continue;
      }
      Vector features = row.getAs(1);
      Fault fault = FeatureColumn.fault(features, width);
      if (fault != null) {
        throw rows.error(fault);
      }
      width = features.size();
      long number = numbered && !row.isNullAt(2) ? row.<Number>getAs(2).longValue() : Trial.NONE;
      trials.add(new Trial(number, features.toArray(), label));
    }
    trials.sort(Trial.ORDER);
    ClassLabels classes =
        rows.requireTwo(
            Label.classes(trials.stream().map(Trial::label).toList(), rows.labelsAreTexts()));
    NearestNeighborsModel fitted =
        kernel()
            .fit(
                Responses.of(trials.stream().map(Trial::features).toArray(double[][]::new)),
                trials.stream().mapToInt(trial -> Label.code(classes, trial.label)).toArray(),
                classes.size());
    long[] numbers = numbered ? trials.stream().mapToLong(Trial::number).toArray() : new long[0];
    return new KNeighborsClassifierModel(
        uid(), new FittedDecoder.Content<>(classes, fitted, unlabelled), numbers);
  }

  public static MLReader<KNeighborsClassifier> read() {
    return new DefaultParamsReader<>();
  }

  public static KNeighborsClassifier load(String path) {
    return read().load(path);
  }
}
