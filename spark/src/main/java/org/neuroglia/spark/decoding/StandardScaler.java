package org.neuroglia.spark.decoding;

import static org.apache.spark.sql.functions.col;

import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.neuroglia.InvalidInputException;
import org.neuroglia.decoding.linalg.FeatureMoments;
import org.neuroglia.spark.Schemas;

/**
 * Centres each feature and divides it by its standard deviation, as scikit-learn's StandardScaler:
 * the deviation divides by n, constant features are not scaled, NaN is left out of the fit and kept
 * by transform, infinities are refused. Names of neurons in the column's metadata are kept.
 *
 * <p>By default the column {@code features} is replaced, so that the next stage of a pipeline reads
 * what this one made. {@code fit} runs one job; its result does not depend on partitions. MLlib's
 * scaler divides by n − 1, does not centre by default and drops the names.
 */
public final class StandardScaler extends Estimator<StandardScalerModel>
    implements ScalerColumns<StandardScaler>, DefaultParamsWritable {
  private static final long serialVersionUID = 1L;

  private final String uid;

  public StandardScaler() {
    this(Identifiable$.MODULE$.randomUID("StandardScaler"));
  }

  public StandardScaler(String uid) {
    this.uid = uid;
    setDefaults();
  }

  @Override
  public String uid() {
    return uid;
  }

  public StandardScaler setWithMean(boolean value) {
    return with(withMean(), value);
  }

  public StandardScaler setWithStd(boolean value) {
    return with(withStd(), value);
  }

  @Override
  public StandardScalerModel fit(Dataset<?> dataset) {
    transformSchema(dataset.schema());
    StructField field = Schemas.require(dataset.schema(), getInputCol(), "the rows");
    JavaRDD<Row> rows = dataset.select(col(Schemas.quoted(getInputCol()))).toDF().toJavaRDD();
    Part all = InOrder.merge(rows.mapPartitions(Part::iterator), Part::merge).orElseGet(Part::new);
    if (all.fault != null) {
      throw all.fault.error(field);
    }
    if (all.moments == null) {
      throw new InvalidInputException("StandardScaler cannot be fitted to no rows");
    }
    org.neuroglia.decoding.decoder.StandardScaler fitted =
        org.neuroglia.decoding.decoder.StandardScaler.fit(all.moments, getWithMean(), getWithStd());
    return copyValues(new StandardScalerModel(uid, fitted), extractParamMap()).setParent(this);
  }

  /** What a partition holds. */
  private static final class Part implements Serializable {
    private static final long serialVersionUID = 1L;

    private FeatureMoments moments;
    private Fault fault;

    static Iterator<Part> iterator(Iterator<Row> rows) {
      Part part = new Part();
      while (rows.hasNext() && part.fault == null) {
        part.add(rows.next().getAs(0));
      }
      return List.of(part).iterator();
    }

    private void add(Vector features) {
      if (features == null) {
        fault = Fault.of("a row has no features: they are null");
        return;
      }
      double[] values = features.toArray();
      if (moments == null) {
        moments = new FeatureMoments(values.length);
      }
      if (values.length != moments.features()) {
        fault = differ(moments.features(), values.length);
        return;
      }
      for (int j = 0; j < values.length; j++) {
        if (Double.isInfinite(values[j])) {
          fault = new Fault(j, Double.toString(values[j]));
          return;
        }
      }
      moments.add(values, 0);
    }

    static Part merge(Part a, Part b) {
      if (a.fault != null || b.moments == null && b.fault == null) {
        return a;
      }
      if (b.fault != null || a.moments == null) {
        return b;
      }
      if (a.moments.features() != b.moments.features()) {
        a.fault = differ(a.moments.features(), b.moments.features());
      } else {
        a.moments.merge(b.moments);
      }
      return a;
    }
  }

  static Fault differ(int width, int other) {
    return Fault.of(
        String.format(
            "the rows have feature vectors of different width, %d and %d: give one session",
            width, other));
  }

  @Override
  public StructType transformSchema(StructType schema) {
    FeatureColumn.require(schema, getInputCol(), "StandardScaler");
    return StandardScalerModel.output(schema, getInputCol(), getOutputCol());
  }

  @Override
  public StandardScaler copy(ParamMap extra) {
    return defaultCopy(extra);
  }

  public static MLReader<StandardScaler> read() {
    return new DefaultParamsReader<>();
  }

  public static StandardScaler load(String path) {
    return read().load(path);
  }
}
