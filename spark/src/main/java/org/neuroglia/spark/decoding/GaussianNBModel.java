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
import org.neuroglia.decoding.decoder.GaussianNaiveBayesModel;
import org.neuroglia.decoding.split.ClassLabels;
import org.neuroglia.spark.SavedModel;

/** A fitted {@link GaussianNB}. */
public final class GaussianNBModel extends FittedDecoder<GaussianNBModel, GaussianNaiveBayesModel> {
  private static final long serialVersionUID = 1L;

  /** Not fitted; ServiceLoader, by which Spark Connect finds stages, asks for it. */
  public GaussianNBModel() {
    this("", null);
  }

  GaussianNBModel(String uid, Content<GaussianNaiveBayesModel> content) {
    super(uid, content);
  }

  @Override
  String stage() {
    return GaussianNB.NAME;
  }

  @Override
  GaussianNBModel again(String uid, Content<GaussianNaiveBayesModel> content) {
    return new GaussianNBModel(uid, content);
  }

  @Override
  GaussianNaiveBayesModel scorer() {
    return decoder();
  }

  /** scikit-learn's class_prior_. */
  public Vector priors() {
    return Vectors.dense(decoder().priors().clone());
  }

  /** scikit-learn's theta_, [class × feature]. */
  public Matrix means() {
    return rows(decoder().means(), numFeatures());
  }

  /** scikit-learn's var_, smoothed, [class × feature]. */
  public Matrix variances() {
    return rows(decoder().variances(), numFeatures());
  }

  /** What the smoothing added to each variance. */
  public double epsilon() {
    return decoder().epsilon();
  }

  private static final StructType SAVED =
      saved()
          .add("features", DataTypes.IntegerType)
          .add("priors", DOUBLES)
          .add("means", DOUBLES)
          .add("variances", DOUBLES)
          .add("epsilon", DataTypes.DoubleType)
          .add("logPeaks", DOUBLES);

  @Override
  public MLWriter write() {
    GaussianNaiveBayesModel fitted = decoder();
    Row row =
        RowFactory.create(
            savedValues(
                fitted.neurons(),
                fitted.priors(),
                fitted.means(),
                fitted.variances(),
                fitted.epsilon(),
                fitted.logPeaks()));
    return SavedModel.writer(this, SAVED, List.of(row));
  }

  public static MLReader<GaussianNBModel> read() {
    return SavedModel.reader(
        GaussianNBModel.class,
        SAVED,
        (uid, rows) -> new GaussianNBModel(uid, loaded(rows.get(0), GaussianNBModel::decoder)));
  }

  private static GaussianNaiveBayesModel decoder(Row row, ClassLabels classes) {
    return new GaussianNaiveBayesModel(
        classes.size(),
        row.getInt(row.fieldIndex("features")),
        SavedModel.doubles(row, "priors"),
        SavedModel.doubles(row, "means"),
        SavedModel.doubles(row, "variances"),
        row.getDouble(row.fieldIndex("epsilon")),
        SavedModel.doubles(row, "logPeaks"));
  }

  public static GaussianNBModel load(String path) {
    return read().load(path);
  }
}
