package org.neuroglia.spark.decoding.session;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.neuroglia.decoding.SessionRegression;
import org.neuroglia.decoding.TimeGeneralisation;
import org.neuroglia.decoding.crossval.ConfusionMatrix;
import org.neuroglia.decoding.crossval.NullDistribution;
import org.neuroglia.decoding.crossval.SessionDecoding;
import org.neuroglia.decoding.split.ClassLabels;
import org.neuroglia.decoding.split.Folds;

/** A row of {@link DecodedRows#schema} in the making; not thread-safe. */
final class DecodedRow {
  private static final StructType SCHEMA = DecodedRows.schema(DataTypes.StringType);
  private static final Map<String, Integer> PLACES = new HashMap<>();

  static {
    for (String name : SCHEMA.fieldNames()) {
      PLACES.put(name, PLACES.size());
    }
  }

  private final Object[] values = new Object[SCHEMA.size()];

  /**
   * @param group null where all neurons of a session are decoded together
   * @param neurons decoded from
   */
  DecodedRow(String session, String group, int neurons) {
    set("session", session);
    set("group", group);
    set("neurons", neurons);
    set("events", 0L);
    set("unlabelled", 0L);
    set("nulls", 0);
    set("sessions", 1);
    set("classLabels", new String[0]);
    set("nullAccuracy", new double[0]);
    set("nullBalancedAccuracy", new double[0]);
    set("nullR2", new double[0]);
    set("confusion", new long[0]);
    set("predictions", new Row[0]);
  }

  /** Where a column is in a row, which in a task may not know its columns. */
  static int place(String column) {
    return PLACES.get(column);
  }

  DecodedRow set(String column, Object value) {
    values[PLACES.get(column)] = value;
    return this;
  }

  /** Edges of the window that trains, and of that which is tested. */
  DecodedRow windows(double[] train, double[] test) {
    set("start", train[0]);
    set("stop", train[train.length - 1]);
    set("testStart", test[0]);
    return set("testStop", test[test.length - 1]);
  }

  DecodedRow classes(ClassLabels classes) {
    set("classes", classes.size());
    set("chance", 1.0 / classes.size());
    return set("classLabels", classes.names().toArray(String[]::new));
  }

  DecodedRow scores(TimeGeneralisation.Score score) {
    return scores(
        score.confusion(), score.accuracy(), score.nullAccuracy(), score.nullBalancedAccuracy());
  }

  /** Scores, and what the folds say of themselves; not the predictions. */
  DecodedRow scores(SessionDecoding decoded) {
    List<SessionDecoding.Repeat> repeats = decoded.repeats();
    set("folds", repeats.stream().flatMapToDouble(r -> Arrays.stream(r.accuracy())).toArray());
    set(
        "warning",
        repeats.stream()
            .map(SessionDecoding.Repeat::folds)
            .map(Folds::caution)
            .filter(caution -> !caution.isEmpty())
            .findFirst()
            .orElse(null));
    return scores(
        decoded.confusion(),
        decoded.accuracy(),
        decoded.nullAccuracy(),
        decoded.nullBalancedAccuracy());
  }

  /** Scores of a regression; not the predictions. */
  DecodedRow scores(SessionRegression decoded) {
    set("folds", decoded.repeats().stream().flatMapToDouble(r -> Arrays.stream(r.r2())).toArray());
    set("r2", decoded.r2());
    set("correlation", Double.isNaN(decoded.correlation()) ? null : decoded.correlation());
    set("nulls", decoded.nullR2().size());
    set("nullR2", decoded.nullR2().scores());
    if (decoded.nullR2().size() > 0) {
      set("pValue", decoded.pValue());
    }
    return this;
  }

  private DecodedRow scores(
      ConfusionMatrix confusion,
      double accuracy,
      NullDistribution nullAccuracy,
      NullDistribution nullBalancedAccuracy) {
    double balanced = confusion.balancedAccuracy();
    set("accuracy", accuracy);
    set("balancedAccuracy", balanced);
    set("majorityShare", confusion.majorityShare());
    set("mutualInformation", confusion.mutualInformation());
    set("recall", confusion.recall());
    set("confusion", confusion.counts());
    set("nulls", nullAccuracy.size());
    set("nullAccuracy", nullAccuracy.scores());
    set("nullBalancedAccuracy", nullBalancedAccuracy.scores());
    if (nullAccuracy.size() > 0) {
      set("pValue", nullAccuracy.pValue(accuracy));
      set("balancedPValue", nullBalancedAccuracy.pValue(balanced));
    }
    return this;
  }

  Row toRow() {
    return RowFactory.create(values);
  }
}
