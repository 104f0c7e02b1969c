package org.neuroglia.spark.decoding;

import java.util.List;
import java.util.Optional;
import org.apache.spark.ml.linalg.DenseMatrix;
import org.apache.spark.ml.linalg.Matrix;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructType;
import org.neuroglia.InvalidInputException;
import org.neuroglia.decoding.decoder.LinearDiscriminantModel;
import org.neuroglia.decoding.split.ClassLabels;
import org.neuroglia.spark.SavedModel;

/** A fitted {@link LinearDiscriminantAnalysis}. */
public final class LinearDiscriminantAnalysisModel
    extends FittedDecoder<LinearDiscriminantAnalysisModel, LinearDiscriminantModel>
    implements LinearDiscriminantColumns<LinearDiscriminantAnalysisModel> {
  private static final long serialVersionUID = 1L;

  /** Not fitted; ServiceLoader, by which Spark Connect finds stages, asks for it. */
  public LinearDiscriminantAnalysisModel() {
    this("", null);
  }

  LinearDiscriminantAnalysisModel(String uid, Content<LinearDiscriminantModel> content) {
    super(uid, content);
  }

  @Override
  String stage() {
    return LinearDiscriminantAnalysis.NAME;
  }

  @Override
  LinearDiscriminantAnalysisModel again(String uid, Content<LinearDiscriminantModel> content) {
    return new LinearDiscriminantAnalysisModel(uid, content);
  }

  public Vector priors() {
    return Vectors.dense(decoder().priors());
  }

  /** [class × feature]. */
  public Matrix means() {
    return rows(decoder().means(), numFeatures());
  }

  /** [class × feature]; of two classes one row, for the second against the first. */
  public Matrix coefficients() {
    return rows(decoder().coefficients(), numFeatures());
  }

  /** One per row of the coefficients. */
  public Vector intercepts() {
    return Vectors.dense(decoder().intercepts());
  }

  /** Share of the between-class variance along each component. Solvers svd and eigen. */
  public Optional<Vector> explainedVarianceRatio() {
    return vector(decoder().explainedVarianceRatio());
  }

  /** Mean of the class means, weighted by the priors. Solver svd. */
  public Optional<Vector> xbar() {
    return vector(decoder().xbar());
  }

  /** [feature × axis]. Solvers svd and eigen. */
  public Optional<Matrix> scalings() {
    int p = numFeatures();
    double[] scalings = decoder().scalings();
    return scalings.length == 0
        ? Optional.empty()
        : Optional.of(new DenseMatrix(p, scalings.length / p, scalings.clone()));
  }

  /** Within classes, [feature × feature]. Solver svd: only with storeCovariance. */
  public Optional<Matrix> covariance() {
    double[] covariance = decoder().covariance();
    return covariance.length == 0 ? Optional.empty() : Optional.of(rows(covariance, numFeatures()));
  }

  private static Optional<Vector> vector(double[] values) {
    return values.length == 0 ? Optional.empty() : Optional.of(Vectors.dense(values.clone()));
  }

  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    Dataset<Row> decoded = super.transform(dataset);
    return getDiscriminantCol().isEmpty()
        ? decoded
        : decoded.withColumn(
            getDiscriminantCol(),
            vectorOf(decoder(), LinearDiscriminantModel::transform).apply(features()));
  }

  /** The matrices [feature × feature] stay on the driver. */
  @Override
  LinearDiscriminantModel scorer() {
    LinearDiscriminantModel fitted = decoder();
    double[] none = new double[0];
    return new LinearDiscriminantModel(
        fitted.classes(),
        fitted.neurons(),
        none,
        none,
        fitted.coefficients(),
        fitted.intercepts(),
        none,
        none,
        0,
        none,
        none);
  }

  @Override
  public StructType transformSchema(StructType schema) {
    StructType output = super.transformSchema(schema);
    if (!getDiscriminantCol().isEmpty() && decoder().scalings().length == 0) {
      throw new InvalidInputException(
          "the solver lsqr has no discriminant axes for column \""
              + getDiscriminantCol()
              + "\"; use svd or eigen");
    }
    return withAxes(output, this);
  }

  /** The schema with the column of the discriminant axes, if there is to be one. */
  static StructType withAxes(StructType schema, LinearDiscriminantColumns<?> columns) {
    return added(
        schema,
        columns.getDiscriminantCol(),
        SQLDataTypes.VectorType(),
        Metadata.empty(),
        "discriminantCol");
  }

  private static final StructType SAVED =
      saved()
          .add("features", DataTypes.IntegerType)
          .add("components", DataTypes.IntegerType)
          .add("priors", DOUBLES)
          .add("means", DOUBLES)
          .add("coefficients", DOUBLES)
          .add("intercepts", DOUBLES)
          .add("explainedVarianceRatio", DOUBLES)
          .add("scalings", DOUBLES)
          .add("xbar", DOUBLES)
          .add("covariance", DOUBLES);

  @Override
  public MLWriter write() {
    LinearDiscriminantModel fitted = decoder();
    Row row =
        RowFactory.create(
            savedValues(
                fitted.neurons(),
                fitted.components(),
                fitted.priors(),
                fitted.means(),
                fitted.coefficients(),
                fitted.intercepts(),
                fitted.explainedVarianceRatio(),
                fitted.scalings(),
                fitted.xbar(),
                fitted.covariance()));
    return SavedModel.writer(this, SAVED, List.of(row));
  }

  public static MLReader<LinearDiscriminantAnalysisModel> read() {
    return SavedModel.reader(
        LinearDiscriminantAnalysisModel.class,
        SAVED,
        (uid, rows) ->
            new LinearDiscriminantAnalysisModel(
                uid, loaded(rows.get(0), LinearDiscriminantAnalysisModel::decoder)));
  }

  private static LinearDiscriminantModel decoder(Row row, ClassLabels classes) {
    return new LinearDiscriminantModel(
        classes.size(),
        row.getInt(row.fieldIndex("features")),
        SavedModel.doubles(row, "priors"),
        SavedModel.doubles(row, "means"),
        SavedModel.doubles(row, "coefficients"),
        SavedModel.doubles(row, "intercepts"),
        SavedModel.doubles(row, "explainedVarianceRatio"),
        SavedModel.doubles(row, "scalings"),
        row.getInt(row.fieldIndex("components")),
        SavedModel.doubles(row, "xbar"),
        SavedModel.doubles(row, "covariance"));
  }

  public static LinearDiscriminantAnalysisModel load(String path) {
    return read().load(path);
  }
}
