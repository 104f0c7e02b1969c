package org.neuroglia.spark.decoding;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.udf;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.attribute.NumericAttribute;
import org.apache.spark.ml.linalg.DenseMatrix;
import org.apache.spark.ml.linalg.Matrix;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWriter;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.neuroglia.InvalidInputException;
import org.neuroglia.decoding.ClassLabels;
import org.neuroglia.decoding.DecoderModel;
import org.neuroglia.decoding.LinearDiscriminantModel;
import org.neuroglia.decoding.Responses;
import org.neuroglia.spark.Schemas;

/** A fitted {@link LinearDiscriminantAnalysis}. */
public final class LinearDiscriminantAnalysisModel extends Model<LinearDiscriminantAnalysisModel>
    implements LinearDiscriminantColumns<LinearDiscriminantAnalysisModel>, MLWritable {
  private static final long serialVersionUID = 1L;

  private final String uid;
  private final ClassLabels classes;
  private final LinearDiscriminantModel fitted;
  private final long unlabelledRows;

  LinearDiscriminantAnalysisModel(
      String uid, ClassLabels classes, LinearDiscriminantModel fitted, long unlabelledRows) {
    this.uid = uid;
    this.classes = classes;
    this.fitted = fitted;
    this.unlabelledRows = unlabelledRows;
    setDefaultColumns();
  }

  @Override
  public String uid() {
    return uid;
  }

  /** Names of the classes, in their order. */
  public String[] classLabels() {
    return classes.names().toArray(String[]::new);
  }

  public int numClasses() {
    return classes.size();
  }

  public int numFeatures() {
    return fitted.neurons();
  }

  /** Rows that fit left out because their label was null or NaN. */
  public long unlabelledRows() {
    return unlabelledRows;
  }

  public Vector priors() {
    return Vectors.dense(fitted.priors());
  }

  /** [class × feature]. */
  public Matrix means() {
    return rows(fitted.means(), numFeatures());
  }

  /** [class × feature]; of two classes one row, for the second against the first. */
  public Matrix coefficients() {
    return rows(fitted.coefficients(), numFeatures());
  }

  /** One per row of the coefficients. */
  public Vector intercepts() {
    return Vectors.dense(fitted.intercepts());
  }

  /** Share of the between-class variance along each component. Solvers svd and eigen. */
  public Optional<Vector> explainedVarianceRatio() {
    return vector(fitted.explainedVarianceRatio());
  }

  /** Mean of the class means, weighted by the priors. Solver svd. */
  public Optional<Vector> xbar() {
    return vector(fitted.xbar());
  }

  /** [feature × axis]. Solvers svd and eigen. */
  public Optional<Matrix> scalings() {
    int p = numFeatures();
    double[] scalings = fitted.scalings();
    return scalings.length == 0
        ? Optional.empty()
        : Optional.of(new DenseMatrix(p, scalings.length / p, scalings.clone()));
  }

  /** Within classes, [feature × feature]. Solver svd: only with storeCovariance. */
  public Optional<Matrix> covariance() {
    double[] covariance = fitted.covariance();
    return covariance.length == 0 ? Optional.empty() : Optional.of(rows(covariance, numFeatures()));
  }

  private static Optional<Vector> vector(double[] values) {
    return values.length == 0 ? Optional.empty() : Optional.of(Vectors.dense(values.clone()));
  }

  private static Matrix rows(double[] values, int columns) {
    return new DenseMatrix(values.length / columns, columns, values.clone(), true);
  }

  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    transformSchema(dataset.schema());
    Metadata metadata = outputMetadata(getRawPredictionCol(), classLabels());
    LinearDiscriminantModel decoder = decisionOnly();
    Column features = col(Schemas.quoted(getFeaturesCol()));

    Dataset<Row> result = dataset.toDF();
    // Each column follows from the one before, where that is kept, as in MLlib.
    Column raw = vectorOf(decoder, (d, row) -> d.decision(row)).apply(features);
    if (!getRawPredictionCol().isEmpty()) {
      result = result.withColumn(getRawPredictionCol(), raw.as(getRawPredictionCol(), metadata));
      raw = col(Schemas.quoted(getRawPredictionCol()));
    }
    if (!getProbabilityCol().isEmpty()) {
      UDF1<Vector, Vector> probability =
          decision -> {
            if (decision == null) {
              return null;
            }
            double[] values = decision.toArray().clone();
            decoder.toProbability(values, 0);
            return Vectors.dense(values);
          };
      result =
          result.withColumn(
              getProbabilityCol(),
              udf(probability, SQLDataTypes.VectorType())
                  .apply(raw)
                  .as(getProbabilityCol(), outputMetadata(getProbabilityCol(), classLabels())));
    }
    if (!getPredictionCol().isEmpty()) {
      ClassLabels labels = classes;
      UDF1<Vector, Object> prediction =
          decision ->
              decision == null
                  ? null
                  : labels.value(DecoderModel.largest(decision.toArray(), 0, decision.size()));
      result = result.withColumn(getPredictionCol(), udf(prediction, predictionType()).apply(raw));
    }
    if (!getDiscriminantCol().isEmpty()) {
      result =
          result.withColumn(
              getDiscriminantCol(),
              vectorOf(fitted, LinearDiscriminantModel::transform).apply(features));
    }
    return result;
  }

  private DataType predictionType() {
    return classes.isText() ? DataTypes.StringType : DataTypes.DoubleType;
  }

  /** What predictions need: the matrices [feature × feature] stay on the driver. */
  private LinearDiscriminantModel decisionOnly() {
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

  private interface RowFunction
      extends BiFunction<LinearDiscriminantModel, Responses, double[]>, Serializable {}

  private static UserDefinedFunction vectorOf(
      LinearDiscriminantModel decoder, RowFunction function) {
    UDF1<Vector, Vector> perRow =
        features -> {
          if (features == null) {
            return null;
          }
          double[] values = features.toArray();
          for (int j = 0; j < values.length; j++) {
            if (!Double.isFinite(values[j])) {
              throw new InvalidInputException(
                  String.format(
                      "%s: feature %d (counted from 0) of a row is %s; decoders take finite numbers"
                          + " only",
                      NAME, j, values[j]));
            }
          }
          return Vectors.dense(function.apply(decoder, new Responses(values, 1, values.length)));
        };
    return udf(perRow, SQLDataTypes.VectorType());
  }

  @Override
  public StructType transformSchema(StructType schema) {
    StructField features = FeatureColumn.require(schema, getFeaturesCol(), NAME);
    FeatureColumn.requireWidth(features, numFeatures(), NAME);
    if (!getDiscriminantCol().isEmpty() && fitted.scalings().length == 0) {
      throw new InvalidInputException(
          "the solver lsqr has no discriminant axes for column \""
              + getDiscriminantCol()
              + "\"; use svd or eigen");
    }
    return output(schema, this, predictionType(), classLabels());
  }

  private static final String NAME = LinearDiscriminantAnalysis.NAME;

  /** The schema with the columns that a decoder adds. */
  static StructType output(
      StructType schema,
      LinearDiscriminantColumns<?> columns,
      DataType prediction,
      String[] classLabels) {
    StructType result = schema;
    for (String vector : List.of(columns.getRawPredictionCol(), columns.getProbabilityCol())) {
      if (!vector.isEmpty()) {
        Schemas.requireAbsent(result, vector, "the rows", "rawPredictionCol or probabilityCol");
        result =
            result.add(
                vector, SQLDataTypes.VectorType(), true, outputMetadata(vector, classLabels));
      }
    }
    if (!columns.getPredictionCol().isEmpty()) {
      Schemas.requireAbsent(result, columns.getPredictionCol(), "the rows", "predictionCol");
      result = result.add(columns.getPredictionCol(), prediction, true);
    }
    if (!columns.getDiscriminantCol().isEmpty()) {
      Schemas.requireAbsent(result, columns.getDiscriminantCol(), "the rows", "discriminantCol");
      result = result.add(columns.getDiscriminantCol(), SQLDataTypes.VectorType(), true);
    }
    return result;
  }

  /** Names an output Vector's entries after the classes. */
  private static Metadata outputMetadata(String column, String[] classLabels) {
    if (classLabels.length == 0) {
      return Metadata.empty();
    }
    NumericAttribute[] attributes =
        Arrays.stream(classLabels)
            .map(label -> NumericAttribute.defaultAttr().withName(label))
            .toArray(NumericAttribute[]::new);
    return new AttributeGroup(column, attributes).toMetadata();
  }

  @Override
  public LinearDiscriminantAnalysisModel copy(ParamMap extra) {
    return copyValues(
            new LinearDiscriminantAnalysisModel(uid, classes, fitted, unlabelledRows), extra)
        .setParent(parent());
  }

  private static final DataType DOUBLES = DataTypes.createArrayType(DataTypes.DoubleType, false);
  private static final StructType SAVED =
      new StructType()
          .add("numbers", DOUBLES)
          .add("texts", DataTypes.createArrayType(DataTypes.StringType, false))
          .add("unlabelledRows", DataTypes.LongType)
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
    return new DefaultParamsWriter(this) {
      @Override
      public void saveImpl(String path) {
        super.saveImpl(path);
        Row row =
            RowFactory.create(
                classes.numbers(),
                classes.texts(),
                unlabelledRows,
                fitted.neurons(),
                fitted.components(),
                fitted.priors(),
                fitted.means(),
                fitted.coefficients(),
                fitted.intercepts(),
                fitted.explainedVarianceRatio(),
                fitted.scalings(),
                fitted.xbar(),
                fitted.covariance());
        sparkSession()
            .createDataFrame(List.of(row), SAVED)
            .coalesce(1)
            .write()
            .parquet(new Path(path, "data").toString());
      }
    };
  }

  public static MLReader<LinearDiscriminantAnalysisModel> read() {
    return new MLReader<>() {
      @Override
      public LinearDiscriminantAnalysisModel load(String path) {
        var metadata =
            DefaultParamsReader.loadMetadata(
                path, sparkSession(), LinearDiscriminantAnalysisModel.class.getName());
        Row row =
            sparkSession().read().schema(SAVED).parquet(new Path(path, "data").toString()).first();
        List<String> texts = SavedArrays.strings(row, "texts");
        ClassLabels classes =
            texts.isEmpty()
                ? ClassLabels.of(SavedArrays.doubles(row, "numbers"))
                : ClassLabels.of(texts);
        LinearDiscriminantModel fitted =
            new LinearDiscriminantModel(
                classes.size(),
                row.getInt(row.fieldIndex("features")),
                SavedArrays.doubles(row, "priors"),
                SavedArrays.doubles(row, "means"),
                SavedArrays.doubles(row, "coefficients"),
                SavedArrays.doubles(row, "intercepts"),
                SavedArrays.doubles(row, "explainedVarianceRatio"),
                SavedArrays.doubles(row, "scalings"),
                row.getInt(row.fieldIndex("components")),
                SavedArrays.doubles(row, "xbar"),
                SavedArrays.doubles(row, "covariance"));
        LinearDiscriminantAnalysisModel model =
            new LinearDiscriminantAnalysisModel(
                metadata.uid(), classes, fitted, row.getLong(row.fieldIndex("unlabelledRows")));
        metadata.getAndSetParams(model, metadata.getAndSetParams$default$2());
        return model;
      }
    };
  }

  public static LinearDiscriminantAnalysisModel load(String path) {
    return read().load(path);
  }
}
