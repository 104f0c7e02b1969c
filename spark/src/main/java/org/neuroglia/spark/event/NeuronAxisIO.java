package org.neuroglia.spark.event;

import java.util.List;
import java.util.TreeMap;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWriter;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.neuroglia.spark.tensor.NeuronAxis;

/** A saved sampler: MLlib's metadata, and beside it the neurons as Parquet, a row per session. */
final class NeuronAxisIO {
  private static final StructType SCHEMA =
      new StructType()
          .add("session", DataTypes.StringType)
          .add("neurons", DataTypes.createArrayType(DataTypes.StringType));

  private NeuronAxisIO() {}

  private static String data(String path) {
    return new Path(path, "data").toString();
  }

  static final class Writer extends DefaultParamsWriter {
    private final NeuronAxis neurons;

    Writer(Params instance, NeuronAxis neurons) {
      super(instance);
      this.neurons = neurons;
    }

    @Override
    public void saveImpl(String path) {
      super.saveImpl(path);
      List<Row> rows =
          neurons.labels().entrySet().stream()
              .map(e -> RowFactory.create(e.getKey(), e.getValue()))
              .toList();
      sparkSession().createDataFrame(rows, SCHEMA).coalesce(1).write().parquet(data(path));
    }
  }

  static final class Reader extends MLReader<PeriEventSpikeSamplerModel> {
    @Override
    public PeriEventSpikeSamplerModel load(String path) {
      SparkSession spark = sparkSession();
      var metadata =
          DefaultParamsReader.loadMetadata(path, spark, PeriEventSpikeSamplerModel.class.getName());
      TreeMap<String, String[]> labels = new TreeMap<>();
      for (Row row : spark.read().schema(SCHEMA).parquet(data(path)).collectAsList()) {
        List<String> neurons = row.getList(1);
        labels.put(row.getString(0), neurons.toArray(String[]::new));
      }
      PeriEventSpikeSamplerModel model =
          new PeriEventSpikeSamplerModel(metadata.uid(), new NeuronAxis(labels));
      metadata.getAndSetParams(model, metadata.getAndSetParams$default$2());
      return model;
    }
  }
}
