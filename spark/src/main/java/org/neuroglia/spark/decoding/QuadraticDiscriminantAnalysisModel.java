package org.neuroglia.spark.decoding;

import java.util.Arrays;
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
import org.neuroglia.decoding.decoder.QuadraticDiscriminantModel;
import org.neuroglia.decoding.split.ClassLabels;
import org.neuroglia.spark.SavedModel;

/** A fitted {@link QuadraticDiscriminantAnalysis}. */
public final class QuadraticDiscriminantAnalysisModel
    extends FittedDecoder<QuadraticDiscriminantAnalysisModel, QuadraticDiscriminantModel> {
  private static final long serialVersionUID = 1L;

  /** Not fitted; ServiceLoader, by which Spark Connect finds stages, asks for it. */
  public QuadraticDiscriminantAnalysisModel() {
    this("", null);
  }

  QuadraticDiscriminantAnalysisModel(String uid, Content<QuadraticDiscriminantModel> content) {
    super(uid, content);
  }

  @Override
  String stage() {
    return QuadraticDiscriminantAnalysis.NAME;
  }

  @Override
  QuadraticDiscriminantAnalysisModel again(
      String uid, Content<QuadraticDiscriminantModel> content) {
    return new QuadraticDiscriminantAnalysisModel(uid, content);
  }

  /** The covariances stay on the driver. */
  @Override
  QuadraticDiscriminantModel scorer() {
    QuadraticDiscriminantModel fitted = decoder();
    return new QuadraticDiscriminantModel(
        fitted.classes(),
        fitted.neurons(),
        fitted.priors(),
        fitted.means(),
        fitted.whitenings(),
        fitted.logDeterminants(),
        new double[0][]);
  }

  public Vector priors() {
    return Vectors.dense(decoder().priors().clone());
  }

  /** [class × feature]. */
  public Matrix means() {
    return rows(decoder().means(), numFeatures());
  }

  /** Of each class [feature × feature], regularised; empty without storeCovariance. */
  public List<Matrix> covariances() {
    return Arrays.stream(decoder().covariances())
        .map(covariance -> rows(covariance, numFeatures()))
        .toList();
  }

  private static final StructType SAVED =
      saved()
          .add("features", DataTypes.IntegerType)
          .add("priors", DOUBLES)
          .add("means", DOUBLES)
          .add("whitenings", DOUBLES)
          .add("logDeterminants", DOUBLES)
          .add("covariances", DOUBLES);

  @Override
  public MLWriter write() {
    QuadraticDiscriminantModel fitted = decoder();
    Row row =
        RowFactory.create(
            savedValues(
                fitted.neurons(),
                fitted.priors(),
                fitted.means(),
                joined(fitted.whitenings()),
                fitted.logDeterminants(),
                joined(fitted.covariances())));
    return SavedModel.writer(this, SAVED, List.of(row));
  }

  public static MLReader<QuadraticDiscriminantAnalysisModel> read() {
    return SavedModel.reader(
        QuadraticDiscriminantAnalysisModel.class,
        SAVED,
        (uid, rows) ->
            new QuadraticDiscriminantAnalysisModel(
                uid, loaded(rows.get(0), QuadraticDiscriminantAnalysisModel::decoder)));
  }

  private static QuadraticDiscriminantModel decoder(Row row, ClassLabels classes) {
    int features = row.getInt(row.fieldIndex("features"));
    return new QuadraticDiscriminantModel(
        classes.size(),
        features,
        SavedModel.doubles(row, "priors"),
        SavedModel.doubles(row, "means"),
        parted(SavedModel.doubles(row, "whitenings"), features * features),
        SavedModel.doubles(row, "logDeterminants"),
        parted(SavedModel.doubles(row, "covariances"), features * features));
  }

  private static double[] joined(double[][] matrices) {
    return Arrays.stream(matrices).flatMapToDouble(Arrays::stream).toArray();
  }

  private static double[][] parted(double[] values, int size) {
    double[][] matrices = new double[values.length / size][];
    for (int k = 0; k < matrices.length; k++) {
      matrices[k] = Arrays.copyOfRange(values, k * size, (k + 1) * size);
    }
    return matrices;
  }

  public static QuadraticDiscriminantAnalysisModel load(String path) {
    return read().load(path);
  }
}
