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

/** A fitted {@link NearestCentroid}. */
public final class NearestCentroidModel
    extends FittedDecoder<
        NearestCentroidModel, org.neuroglia.decoding.decoder.NearestCentroidModel> {
  private static final long serialVersionUID = 1L;

  /** Not fitted; ServiceLoader, by which Spark Connect finds stages, asks for it. */
  public NearestCentroidModel() {
    this("", null);
  }

  NearestCentroidModel(
      String uid, Content<org.neuroglia.decoding.decoder.NearestCentroidModel> content) {
    super(uid, content);
  }

  @Override
  String stage() {
    return NearestCentroid.NAME;
  }

  @Override
  NearestCentroidModel again(
      String uid, Content<org.neuroglia.decoding.decoder.NearestCentroidModel> content) {
    return new NearestCentroidModel(uid, content);
  }

  @Override
  org.neuroglia.decoding.decoder.NearestCentroidModel scorer() {
    return decoder();
  }

  /** scikit-learn's centroids_, [class × feature]. */
  public Matrix centroids() {
    return rows(decoder().centroids(), numFeatures());
  }

  private static final StructType SAVED =
      saved().add("features", DataTypes.IntegerType).add("centroids", DOUBLES);

  @Override
  public MLWriter write() {
    org.neuroglia.decoding.decoder.NearestCentroidModel fitted = decoder();
    Row row = RowFactory.create(savedValues(fitted.neurons(), fitted.centroids()));
    return SavedModel.writer(this, SAVED, List.of(row));
  }

  public static MLReader<NearestCentroidModel> read() {
    return SavedModel.reader(
        NearestCentroidModel.class,
        SAVED,
        (uid, rows) ->
            new NearestCentroidModel(uid, loaded(rows.get(0), NearestCentroidModel::decoder)));
  }

  private static org.neuroglia.decoding.decoder.NearestCentroidModel decoder(
      Row row, ClassLabels classes) {
    return new org.neuroglia.decoding.decoder.NearestCentroidModel(
        classes.size(),
        row.getInt(row.fieldIndex("features")),
        SavedModel.doubles(row, "centroids"));
  }

  public static NearestCentroidModel load(String path) {
    return read().load(path);
  }
}
