package org.neuroglia.spark.decoding;

import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.StructType;
import org.neuroglia.decoding.decoder.Decoder;
import org.neuroglia.spark.decoding.session.Label;

/**
 * A decoder as a stage, with MLlib's columns.
 *
 * <p>Labels are strings or any numbers, taken as they are; classes are in {@code numpy.unique}'s
 * order, {@code prediction} has the labels' own type (string, or double), and the metadata of
 * {@code probability} names the classes. Rows whose label is null or NaN are left out and counted:
 * {@link FittedDecoder#unlabelledRows}. NaN and infinite features are refused.
 *
 * @param <E> the stage itself
 * @param <M> its model
 */
public abstract class DecoderEstimator<
        E extends DecoderEstimator<E, M>, M extends FittedDecoder<M, ?>>
    extends Estimator<M> implements DecoderColumns<E>, DefaultParamsWritable {
  private static final long serialVersionUID = 1L;

  private final String uid;

  DecoderEstimator(String uid) {
    this.uid = uid;
    setDefaultColumns();
    setDefault(labelCol(), "label");
  }

  @Override
  public final String uid() {
    return uid;
  }

  /** Column of the labels. Default "label". */
  public final Param<String> labelCol() {
    return new Param<>(uid, "labelCol", "column of the labels, strings or numbers");
  }

  public final String getLabelCol() {
    return getOrDefault(labelCol());
  }

  public final E setLabelCol(String value) {
    return with(labelCol(), value);
  }

  /** The name of the stage, for messages. */
  abstract String stage();

  /** The arithmetic with these settings, checked. */
  abstract Decoder kernel();

  /** What is fitted to rows whose columns are as they should be. */
  abstract M fit(TrainingRows rows);

  @Override
  public final M fit(Dataset<?> dataset) {
    transformSchema(dataset.schema());
    M model = fit(new TrainingRows(dataset, stage(), getLabelCol(), getFeaturesCol()));
    if (model.unlabelledRows() > 0) {
      logWarning(() -> uid + ": " + model.unlabelledRows() + " rows without a label were left out");
    }
    return copyValues(model, extractParamMap()).setParent(this);
  }

  @Override
  public StructType transformSchema(StructType schema) {
    kernel();
    FeatureColumn.require(schema, getFeaturesCol(), stage());
    return FittedDecoder.output(schema, this, Label.type(schema, getLabelCol()), new String[0]);
  }

  @Override
  public final E copy(ParamMap extra) {
    return defaultCopy(extra);
  }
}
