package org.neuroglia.spark.decoding;

import org.apache.spark.ml.PipelineModel;
import org.apache.spark.sql.SparkSession;
import org.neuroglia.spark.LocalSpark;
import org.neuroglia.spark.event.PeriEventSpikeSamplerModel;

/** Loads a pipeline where nothing was fitted, and prints its accuracy: model, spikes and events. */
final class FreshJvm {
  private FreshJvm() {}

  public static void main(String[] paths) throws Exception {
    try (SparkSession spark = LocalSpark.session()) {
      PipelineModel model = PipelineModel.load(paths[0]);
      PeriEventSpikeSamplerModel.setSpikes(model, spark.read().parquet(paths[1]));
      double accuracy =
          new ClassificationEvaluator()
              .setLabelCol("image")
              .evaluate(model.transform(spark.read().parquet(paths[2])));
      System.out.println("accuracy " + accuracy);
    }
  }
}
