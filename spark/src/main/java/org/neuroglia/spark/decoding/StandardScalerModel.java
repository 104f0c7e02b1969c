package org.neuroglia.spark.decoding;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.udf;

import java.util.List;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MetadataBuilder;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.neuroglia.InvalidInputException;
import org.neuroglia.spark.SavedModel;
import org.neuroglia.spark.Schemas;

/** A fitted {@link StandardScaler}. */
public final class StandardScalerModel extends Model<StandardScalerModel>
    implements ScalerColumns<StandardScalerModel>, MLWritable {
  private static final long serialVersionUID = 1L;

  private final String uid;
  private final org.neuroglia.decoding.decoder.StandardScaler fitted;

  /** Not fitted; ServiceLoader, by which Spark Connect finds stages, asks for it. */
  public StandardScalerModel() {
    this("", null);
  }

  StandardScalerModel(String uid, org.neuroglia.decoding.decoder.StandardScaler fitted) {
    this.uid = uid;
    this.fitted = fitted;
    setDefaults();
  }

  @Override
  public String uid() {
    return uid;
  }

  /** scikit-learn's mean_. */
  public Vector mean() {
    return Vectors.dense(fitted.mean());
  }

  /** scikit-learn's var_: divided by n. */
  public Vector variance() {
    return Vectors.dense(fitted.variance());
  }

  /** scikit-learn's scale_: 1 for constant features. */
  public Vector scale() {
    return Vectors.dense(fitted.scale());
  }

  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    StructField output =
        Schemas.require(transformSchema(dataset.schema()), getOutputCol(), "the rows");
    return dataset.withColumn(
        getOutputCol(),
        standardise(false)
            .apply(col(Schemas.quoted(getInputCol())))
            .as(getOutputCol(), output.metadata()));
  }

  /**
   * Brings standardised vectors back to their original units: column outputCol is read, column
   * inputCol is made or replaced.
   */
  public Dataset<Row> inverseTransform(Dataset<?> dataset) {
    FeatureColumn.require(dataset.schema(), getOutputCol(), "StandardScaler");
    StructField original =
        Schemas.require(
            output(dataset.schema(), getOutputCol(), getInputCol()), getInputCol(), "the rows");
    return dataset.withColumn(
        getInputCol(),
        standardise(true)
            .apply(col(Schemas.quoted(getOutputCol())))
            .as(getInputCol(), original.metadata()));
  }

  private UserDefinedFunction standardise(boolean inverse) {
    org.neuroglia.decoding.decoder.StandardScaler scaler =
        org.neuroglia.decoding.decoder.StandardScaler.of(
            fitted.mean(), fitted.variance(), fitted.scale(), getWithMean(), getWithStd());
    UDF1<Vector, Vector> function =
        features -> {
          if (features == null) {
            return null;
          }
          if (features.size() != scaler.features()) {
            throw new InvalidInputException(
                "StandardScaler was fitted to "
                    + scaler.features()
                    + " features, a row has "
                    + features.size());
          }
          double[] values = features.toArray().clone();
          if (inverse) {
            scaler.inverse(values, 0);
          } else {
            scaler.transform(values, 0);
          }
          return Vectors.dense(values);
        };
    return udf(function, SQLDataTypes.VectorType());
  }

  @Override
  public StructType transformSchema(StructType schema) {
    StructField input = FeatureColumn.require(schema, getInputCol(), "StandardScaler");
    FeatureColumn.requireWidth(input, fitted.features(), "StandardScaler");
    return output(schema, getInputCol(), getOutputCol());
  }

  /** The schema with the output column, which has the names and the axis of the input. */
  static StructType output(StructType schema, String input, String output) {
    StructField from = Schemas.require(schema, input, "the rows");
    AttributeGroup group = AttributeGroup.fromStructField(from);
    MetadataBuilder metadata = new MetadataBuilder().withMetadata(from.metadata());
    if (group.size() >= 0 && !group.attributes().isEmpty()) {
      metadata.withMetadata(
          new AttributeGroup(output, group.attributes().get()).toMetadata(metadata.build()));
    }
    StructField field =
        new StructField(output, SQLDataTypes.VectorType(), from.nullable(), metadata.build());
    StructType result = new StructType();
    boolean replaced = false;
    for (StructField each : schema.fields()) {
      boolean same = Schemas.find(new StructType(new StructField[] {each}), output).isPresent();
      result = result.add(same ? field : each);
      replaced |= same;
    }
    return replaced ? result : result.add(field);
  }

  @Override
  public StandardScalerModel copy(ParamMap extra) {
    return copyValues(new StandardScalerModel(uid, fitted), extra).setParent(parent());
  }

  private static final DataType DOUBLES = DataTypes.createArrayType(DataTypes.DoubleType, false);
  private static final StructType SAVED =
      new StructType().add("mean", DOUBLES).add("variance", DOUBLES).add("scale", DOUBLES);

  @Override
  public MLWriter write() {
    Row row = RowFactory.create(fitted.mean(), fitted.variance(), fitted.scale());
    return SavedModel.writer(this, SAVED, List.of(row));
  }

  public static MLReader<StandardScalerModel> read() {
    return SavedModel.reader(
        StandardScalerModel.class,
        SAVED,
        (uid, rows) ->
            new StandardScalerModel(
                uid,
                org.neuroglia.decoding.decoder.StandardScaler.of(
                    SavedModel.doubles(rows.get(0), "mean"),
                    SavedModel.doubles(rows.get(0), "variance"),
                    SavedModel.doubles(rows.get(0), "scale"),
                    true,
                    true)));
  }

  public static StandardScalerModel load(String path) {
    return read().load(path);
  }
}
