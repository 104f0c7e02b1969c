package org.neuroglia.spark.decoding;

import java.util.List;
import org.apache.spark.ml.linalg.Matrix;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.neuroglia.decoding.split.ClassLabels;
import org.neuroglia.spark.SavedModel;

/** A fitted {@link MaximumCorrelation}. */
public final class MaximumCorrelationModel
    extends FittedDecoder<
        MaximumCorrelationModel, org.neuroglia.decoding.decoder.MaximumCorrelationModel> {
  private static final long serialVersionUID = 1L;

  /** Not fitted; ServiceLoader, by which Spark Connect finds stages, asks for it. */
  public MaximumCorrelationModel() {
    this("", null);
  }

  MaximumCorrelationModel(
      String uid, Content<org.neuroglia.decoding.decoder.MaximumCorrelationModel> content) {
    super(uid, content);
  }

  @Override
  String stage() {
    return MaximumCorrelation.NAME;
  }

  @Override
  MaximumCorrelationModel again(
      String uid, Content<org.neuroglia.decoding.decoder.MaximumCorrelationModel> content) {
    return new MaximumCorrelationModel(uid, content);
  }

  @Override
  org.neuroglia.decoding.decoder.MaximumCorrelationModel scorer() {
    return decoder();
  }

  /** The mean response to each class, [class × feature]. */
  public Matrix means() {
    return rows(decoder().means(), numFeatures());
  }

  private static final StructType SAVED =
      saved().add("features", DataTypes.IntegerType).add("means", DOUBLES);

  @Override
  public MLWriter write() {
    org.neuroglia.decoding.decoder.MaximumCorrelationModel fitted = decoder();
    Row row = RowFactory.create(savedValues(fitted.neurons(), fitted.means()));
    return SavedModel.writer(this, SAVED, List.of(row));
  }

  public static MLReader<MaximumCorrelationModel> read() {
    return SavedModel.reader(
        MaximumCorrelationModel.class,
        SAVED,
        (uid, rows) ->
            new MaximumCorrelationModel(
                uid, loaded(rows.get(0), MaximumCorrelationModel::decoder)));
  }

  private static org.neuroglia.decoding.decoder.MaximumCorrelationModel decoder(
      Row row, ClassLabels classes) {
    return org.neuroglia.decoding.decoder.MaximumCorrelationModel.of(
        classes.size(), row.getInt(row.fieldIndex("features")), SavedModel.doubles(row, "means"));
  }

  public static MaximumCorrelationModel load(String path) {
    return read().load(path);
  }
}
