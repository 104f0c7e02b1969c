package org.neuroglia.spark.decoding;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.udf;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.attribute.NumericAttribute;
import org.apache.spark.ml.linalg.DenseMatrix;
import org.apache.spark.ml.linalg.Matrix;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.neuroglia.InvalidInputException;
import org.neuroglia.decoding.decoder.DecoderModel;
import org.neuroglia.decoding.split.ClassLabels;
import org.neuroglia.decoding.split.Responses;
import org.neuroglia.spark.SavedModel;
import org.neuroglia.spark.Schemas;

/**
 * A fitted decoder: gives rows a prediction, the probability of each class, and the evidence for
 * it.
 *
 * @param <M> the model itself
 * @param <D> the arithmetic in it
 */
public abstract class FittedDecoder<M extends FittedDecoder<M, D>, D extends DecoderModel>
    extends Model<M> implements DecoderColumns<M>, MLWritable {
  private static final long serialVersionUID = 1L;

  /**
   * What was fitted.
   *
   * @param unlabelledRows rows that fit left out because their label was null or NaN
   */
  record Content<D extends DecoderModel>(ClassLabels classes, D decoder, long unlabelledRows)
      implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  private final String uid;
  private final Content<D> content;

  FittedDecoder(String uid, Content<D> content) {
    this.uid = uid;
    this.content = content;
    setDefaultColumns();
  }

  @Override
  public final String uid() {
    return uid;
  }

  /** Names of the classes, in their order. */
  public final String[] classLabels() {
    return content.classes.names().toArray(String[]::new);
  }

  public final int numClasses() {
    return content.classes.size();
  }

  public final int numFeatures() {
    return content.decoder.neurons();
  }

  /** Rows that fit left out because their label was null or NaN. */
  public final long unlabelledRows() {
    return content.unlabelledRows;
  }

  final D decoder() {
    return content.decoder;
  }

  /** The name of the stage, for messages. */
  abstract String stage();

  /** What predictions need of the decoder; all of it is sent to the tasks. */
  abstract D scorer();

  /** A model without params set. */
  abstract M again(String uid, Content<D> content);

  @Override
  public final M copy(ParamMap extra) {
    return copyValues(again(uid, content), extra).setParent(parent());
  }

  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    transformSchema(dataset.schema());
    D decoder = scorer();
    Dataset<Row> result = dataset.toDF();
    // Each column follows from the one before, where that is kept, as in MLlib.
    Column raw = vectorOf(decoder, (d, row) -> d.decision(row)).apply(features());
    if (!getRawPredictionCol().isEmpty()) {
      Metadata metadata = metadata(getRawPredictionCol(), classLabels());
      result = result.withColumn(getRawPredictionCol(), raw.as(getRawPredictionCol(), metadata));
      raw = col(Schemas.quoted(getRawPredictionCol()));
    }
    if (!getProbabilityCol().isEmpty()) {
      result =
          result.withColumn(
              getProbabilityCol(),
              probability(decoder)
                  .apply(raw)
                  .as(getProbabilityCol(), metadata(getProbabilityCol(), classLabels())));
    }
    if (!getPredictionCol().isEmpty()) {
      result = result.withColumn(getPredictionCol(), prediction().apply(raw));
    }
    return result;
  }

  final Column features() {
    return col(Schemas.quoted(getFeaturesCol()));
  }

  private static UserDefinedFunction probability(DecoderModel decoder) {
    UDF1<Vector, Vector> probability =
        decision -> {
          if (decision == null) {
            return null;
          }
          double[] values = decision.toArray().clone();
          decoder.toProbability(values, 0);
          return Vectors.dense(values);
        };
    return udf(probability, SQLDataTypes.VectorType());
  }

  private UserDefinedFunction prediction() {
    ClassLabels labels = content.classes;
    UDF1<Vector, Object> prediction =
        decision ->
            decision == null
                ? null
                : labels.value(DecoderModel.largest(decision.toArray(), 0, decision.size()));
    return udf(prediction, predictionType());
  }

  private DataType predictionType() {
    return content.classes.isText() ? DataTypes.StringType : DataTypes.DoubleType;
  }

  interface RowFunction<D, T> extends BiFunction<D, Responses, T>, Serializable {}

  /** A Vector from the features of a row. */
  final UserDefinedFunction vectorOf(D decoder, RowFunction<D, double[]> function) {
    return ofRow(
        decoder, (d, row) -> Vectors.dense(function.apply(d, row)), SQLDataTypes.VectorType());
  }

  /** A value from the features of a row, null where they are. */
  final <T> UserDefinedFunction ofRow(D decoder, RowFunction<D, T> function, DataType type) {
    String name = stage();
    UDF1<Vector, T> perRow =
        features ->
            features == null ? null : function.apply(decoder, finite(features.toArray(), name));
    return udf(perRow, type);
  }

  private static Responses finite(double[] values, String name) {
    for (int j = 0; j < values.length; j++) {
      if (!Double.isFinite(values[j])) {
        throw new InvalidInputException(
            String.format(
                "%s: feature %d (counted from 0) of a row is %s; decoders take finite numbers only",
                name, j, values[j]));
      }
    }
    return new Responses(values, 1, values.length);
  }

  @Override
  public StructType transformSchema(StructType schema) {
    StructField features = FeatureColumn.require(schema, getFeaturesCol(), stage());
    FeatureColumn.requireWidth(features, numFeatures(), stage());
    return output(schema, this, predictionType(), classLabels());
  }

  /** The schema with the columns that a decoder adds. */
  static StructType output(
      StructType schema, DecoderColumns<?> columns, DataType prediction, String[] classLabels) {
    StructType result = schema;
    for (String vector : List.of(columns.getRawPredictionCol(), columns.getProbabilityCol())) {
      result =
          added(
              result,
              vector,
              SQLDataTypes.VectorType(),
              vector.isEmpty() ? Metadata.empty() : metadata(vector, classLabels),
              "rawPredictionCol or probabilityCol");
    }
    return added(result, columns.getPredictionCol(), prediction, Metadata.empty(), "predictionCol");
  }

  /** The schema with one more column, unless its name is empty. */
  static StructType added(
      StructType schema, String name, DataType type, Metadata metadata, String param) {
    if (name.isEmpty()) {
      return schema;
    }
    Schemas.requireAbsent(schema, name, "the rows", param);
    return schema.add(name, type, true, metadata);
  }

  /** Names an output Vector's entries after the classes. */
  private static Metadata metadata(String column, String[] classLabels) {
    if (classLabels.length == 0) {
      return Metadata.empty();
    }
    NumericAttribute[] attributes =
        Arrays.stream(classLabels)
            .map(label -> NumericAttribute.defaultAttr().withName(label))
            .toArray(NumericAttribute[]::new);
    return new AttributeGroup(column, attributes).toMetadata();
  }

  static final DataType DOUBLES = DataTypes.createArrayType(DataTypes.DoubleType, false);

  /** What is saved of every decoder. */
  static StructType saved() {
    return new StructType()
        .add("numbers", DOUBLES)
        .add("texts", DataTypes.createArrayType(DataTypes.StringType, false))
        .add("unlabelledRows", DataTypes.LongType);
  }

  /** The values of {@link #saved}, and more. */
  final Object[] savedValues(Object... more) {
    Object[] values = new Object[3 + more.length];
    values[0] = content.classes.numbers();
    values[1] = content.classes.texts();
    values[2] = content.unlabelledRows;
    System.arraycopy(more, 0, values, 3, more.length);
    return values;
  }

  /** What was saved as {@link #savedValues}, with the decoder made from the classes. */
  static <D extends DecoderModel> Content<D> loaded(
      Row row, BiFunction<Row, ClassLabels, D> decoder) {
    String[] texts = SavedModel.strings(row, "texts");
    ClassLabels classes =
        texts.length == 0
            ? ClassLabels.of(SavedModel.doubles(row, "numbers"))
            : ClassLabels.of(List.of(texts));
    return new Content<>(
        classes, decoder.apply(row, classes), row.getLong(row.fieldIndex("unlabelledRows")));
  }

  /** Values row by row as a Matrix. */
  static Matrix rows(double[] values, int columns) {
    return new DenseMatrix(values.length / columns, columns, values.clone(), true);
  }
}
