package org.neuroglia.spark.decoding;

import org.apache.spark.ml.PipelineModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.neuroglia.spark.LocalSpark;
import org.neuroglia.spark.event.PeriEventSpikeSamplerModel;

/**
 * Loads pipelines where nothing was fitted, fits, and prints their accuracies: spikes, events,
 * models.
 */
final class FreshJvm {
  private FreshJvm() {}

  public static void main(String[] paths) throws Exception {
    try (SparkSession spark = LocalSpark.session()) {
      Dataset<Row> events = spark.read().parquet(paths[1]);
      for (int i = 2; i < paths.length; i++) {
        PipelineModel model = PipelineModel.load(paths[i]);
        PeriEventSpikeSamplerModel.setSpikes(model, spark.read().parquet(paths[0]));
        if (i == 2) {
          fit(model, events);
        }
        double accuracy =
            new ClassificationEvaluator().setLabelCol("image").evaluate(model.transform(events));
        System.out.println("accuracy of " + model.stages()[3].uid() + " " + accuracy);
      }
    }
  }

  /** What moves between tasks while fitting, under the serializer that this JVM was given. */
  private static void fit(PipelineModel model, Dataset<Row> events) {
    Dataset<Row> features = model.stages()[1].transform(model.stages()[0].transform(events));
    Dataset<Row> scaled = new StandardScaler().fit(features).transform(features);
    for (String solver : new String[] {"svd", "lsqr", "eigen"}) {
      new LinearDiscriminantAnalysis()
          .setLabelCol("image")
          .setSolver(solver)
          .setShrinkage(solver.equals("svd") ? "none" : "auto")
          .fit(scaled);
    }
    new QuadraticDiscriminantAnalysis().setLabelCol("image").setRegParam(0.5).fit(scaled);
    new GaussianNB().setLabelCol("image").fit(scaled);
    new KNeighborsClassifier().setLabelCol("image").fit(scaled).transform(scaled).count();
  }
}
