package org.neuroglia.spark.decoding;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.util.List;
import org.apache.spark.ml.evaluation.Evaluator;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.neuroglia.InvalidInputException;
import org.neuroglia.spark.Schemas;
import org.neuroglia.spark.decoding.session.Label;

/**
 * How often a decoder is right, for labels of any type; MLlib's evaluators refuse strings.
 *
 * <ul>
 *   <li>{@code accuracy}: the share of rows whose prediction is their label.
 *   <li>{@code balancedAccuracy}: the mean over classes of that share, which does not grow by
 *       guessing the most frequent class.
 * </ul>
 *
 * <p>Rows whose label is null or NaN are left out; a row without a prediction is wrong. Runs one
 * job.
 */
public final class ClassificationEvaluator extends Evaluator implements DefaultParamsWritable {
  private static final long serialVersionUID = 1L;

  private static final List<String> METRICS = List.of("accuracy", "balancedAccuracy");

  private final String uid;

  public ClassificationEvaluator() {
    this(Identifiable$.MODULE$.randomUID("ClassificationEvaluator"));
  }

  public ClassificationEvaluator(String uid) {
    this.uid = uid;
    setDefault(labelCol(), "label");
    setDefault(predictionCol(), "prediction");
    setDefault(metricName(), "accuracy");
  }

  @Override
  public String uid() {
    return uid;
  }

  /** Column of the labels. Default "label". */
  public Param<String> labelCol() {
    return new Param<>(uid, "labelCol", "column of the labels, strings or numbers");
  }

  /** Column of the predicted labels. Default "prediction". */
  public Param<String> predictionCol() {
    return new Param<>(uid, "predictionCol", "column of the predicted labels");
  }

  /** "accuracy" or "balancedAccuracy". Default "accuracy". */
  public Param<String> metricName() {
    return new Param<>(uid, "metricName", "accuracy or balancedAccuracy");
  }

  public String getLabelCol() {
    return getOrDefault(labelCol());
  }

  public String getPredictionCol() {
    return getOrDefault(predictionCol());
  }

  public String getMetricName() {
    return getOrDefault(metricName());
  }

  public ClassificationEvaluator setLabelCol(String value) {
    set(labelCol(), value);
    return this;
  }

  public ClassificationEvaluator setPredictionCol(String value) {
    set(predictionCol(), value);
    return this;
  }

  public ClassificationEvaluator setMetricName(String value) {
    set(metricName(), value);
    return this;
  }

  @Override
  public double evaluate(Dataset<?> dataset) {
    if (!METRICS.contains(getMetricName())) {
      throw new InvalidInputException(
          "a metric is " + String.join(" or ", METRICS) + ", not " + getMetricName());
    }
    StructType schema = dataset.schema();
    DataType type = Label.type(schema, getLabelCol());
    DataType predicted = Label.type(schema, getPredictionCol());
    if (!type.equals(predicted)) {
      throw new InvalidInputException(
          String.format(
              "labels in column \"%s\" cannot be compared with predictions in column \"%s\": one is"
                  + " a string, the other a number",
              getLabelCol(), getPredictionCol()));
    }
    Column label = col(Schemas.quoted(getLabelCol()));
    Column prediction = col(Schemas.quoted(getPredictionCol()));
    if (!declared(schema, getLabelCol()).equals(declared(schema, getPredictionCol()))) {
      label = label.cast(type);
      prediction = prediction.cast(type);
    }
    Column labelled = label.isNotNull();
    if (type.equals(DataTypes.DoubleType)) {
      labelled = labelled.and(label.cast(type).isNaN().unary_$bang());
    }
    List<Row> classes =
        dataset
            .where(labelled)
            .groupBy(label.as("label"))
            .agg(
                count(lit(1)).as("rows"),
                sum(when(prediction.equalTo(label), 1L).otherwise(0L)).as("right"))
            .collectAsList();
    if (classes.isEmpty()) {
      throw new InvalidInputException(
          "no row has a label in column \""
              + getLabelCol()
              + "\", so there is nothing to evaluate");
    }
    if (getMetricName().equals("accuracy")) {
      long rows = classes.stream().mapToLong(c -> c.getLong(1)).sum();
      long right = classes.stream().mapToLong(c -> c.getLong(2)).sum();
      return (double) right / rows;
    }
    // Sorted, so that the sum does not depend on the order in which groups arrive.
    return classes.stream()
        .mapToDouble(c -> (double) c.getLong(2) / c.getLong(1))
        .sorted()
        .average()
        .getAsDouble();
  }

  private static DataType declared(StructType schema, String column) {
    return Schemas.require(schema, column, "the rows").dataType();
  }

  @Override
  public boolean isLargerBetter() {
    return true;
  }

  @Override
  public ClassificationEvaluator copy(ParamMap extra) {
    return defaultCopy(extra);
  }

  public static MLReader<ClassificationEvaluator> read() {
    return new DefaultParamsReader<>();
  }

  public static ClassificationEvaluator load(String path) {
    return read().load(path);
  }
}
