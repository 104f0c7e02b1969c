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
import org.neuroglia.decoding.decoder.PoissonNaiveBayesModel;
import org.neuroglia.decoding.split.ClassLabels;
import org.neuroglia.spark.SavedModel;

/** A fitted {@link PoissonNB}. */
public final class PoissonNBModel extends FittedDecoder<PoissonNBModel, PoissonNaiveBayesModel> {
  private static final long serialVersionUID = 1L;

  /** Not fitted; ServiceLoader, by which Spark Connect finds stages, asks for it. */
  public PoissonNBModel() {
    this("", null);
  }

  PoissonNBModel(String uid, Content<PoissonNaiveBayesModel> content) {
    super(uid, content);
  }

  @Override
  String stage() {
    return PoissonNB.NAME;
  }

  @Override
  PoissonNBModel again(String uid, Content<PoissonNaiveBayesModel> content) {
    return new PoissonNBModel(uid, content);
  }

  @Override
  PoissonNaiveBayesModel scorer() {
    return decoder();
  }

  /** Probability of each class before the response is seen. */
  public Vector priors() {
    return Vectors.dense(decoder().priors().clone());
  }

  /** Smoothed firing rates in spikes/s, [class × feature]. */
  public Matrix rates() {
    return rows(decoder().rates(), numFeatures());
  }

  private static final StructType SAVED =
      saved()
          .add("features", DataTypes.IntegerType)
          .add("priors", DOUBLES)
          .add("rates", DOUBLES)
          .add("binWidth", DataTypes.DoubleType);

  @Override
  public MLWriter write() {
    PoissonNaiveBayesModel fitted = decoder();
    Row row =
        RowFactory.create(
            savedValues(fitted.neurons(), fitted.priors(), fitted.rates(), fitted.binWidth()));
    return SavedModel.writer(this, SAVED, List.of(row));
  }

  public static MLReader<PoissonNBModel> read() {
    return SavedModel.reader(
        PoissonNBModel.class,
        SAVED,
        (uid, rows) -> new PoissonNBModel(uid, loaded(rows.get(0), PoissonNBModel::decoder)));
  }

  private static PoissonNaiveBayesModel decoder(Row row, ClassLabels classes) {
    return PoissonNaiveBayesModel.of(
        classes.size(),
        row.getInt(row.fieldIndex("features")),
        SavedModel.doubles(row, "priors"),
        SavedModel.doubles(row, "rates"),
        row.getDouble(row.fieldIndex("binWidth")));
  }

  public static PoissonNBModel load(String path) {
    return read().load(path);
  }
}
