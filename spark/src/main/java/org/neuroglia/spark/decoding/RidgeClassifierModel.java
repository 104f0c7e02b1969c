package org.neuroglia.spark.decoding;

import java.util.List;
import org.apache.spark.ml.linalg.Matrix;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.neuroglia.decoding.split.ClassLabels;
import org.neuroglia.spark.SavedModel;

/** A fitted {@link RidgeClassifier}. */
public final class RidgeClassifierModel
    extends FittedDecoder<
        RidgeClassifierModel, org.neuroglia.decoding.decoder.RidgeClassifierModel> {
  private static final long serialVersionUID = 1L;

  /** Not fitted; ServiceLoader, by which Spark Connect finds stages, asks for it. */
  public RidgeClassifierModel() {
    this("", null);
  }

  RidgeClassifierModel(
      String uid, Content<org.neuroglia.decoding.decoder.RidgeClassifierModel> content) {
    super(uid, content);
  }

  @Override
  String stage() {
    return RidgeClassifier.NAME;
  }

  @Override
  RidgeClassifierModel again(
      String uid, Content<org.neuroglia.decoding.decoder.RidgeClassifierModel> content) {
    return new RidgeClassifierModel(uid, content);
  }

  @Override
  org.neuroglia.decoding.decoder.RidgeClassifierModel scorer() {
    return decoder();
  }

  /** scikit-learn's coef_, [class × feature]; of two classes one row. */
  public Matrix coefficients() {
    return rows(decoder().coefficients(), numFeatures());
  }

  /** scikit-learn's intercept_. */
  public Vector intercepts() {
    return Vectors.dense(decoder().intercepts().clone());
  }

  private static final StructType SAVED =
      saved()
          .add("features", DataTypes.IntegerType)
          .add("coefficients", DOUBLES)
          .add("intercepts", DOUBLES);

  @Override
  public MLWriter write() {
    org.neuroglia.decoding.decoder.RidgeClassifierModel fitted = decoder();
    Row row =
        RowFactory.create(
            savedValues(fitted.neurons(), fitted.coefficients(), fitted.intercepts()));
    return SavedModel.writer(this, SAVED, List.of(row));
  }

  public static MLReader<RidgeClassifierModel> read() {
    return SavedModel.reader(
        RidgeClassifierModel.class,
        SAVED,
        (uid, rows) ->
            new RidgeClassifierModel(uid, loaded(rows.get(0), RidgeClassifierModel::decoder)));
  }

  private static org.neuroglia.decoding.decoder.RidgeClassifierModel decoder(
      Row row, ClassLabels classes) {
    return new org.neuroglia.decoding.decoder.RidgeClassifierModel(
        classes.size(),
        row.getInt(row.fieldIndex("features")),
        SavedModel.doubles(row, "coefficients"),
        SavedModel.doubles(row, "intercepts"));
  }

  public static RidgeClassifierModel load(String path) {
    return read().load(path);
  }
}
