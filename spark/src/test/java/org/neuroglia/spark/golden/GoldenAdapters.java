package org.neuroglia.spark.golden;

import java.util.Map;

/** Which adapter runs the cases of which folder: a new stage adds its line here. */
final class GoldenAdapters {
  static final Map<String, GoldenAdapter> BY_FOLDER =
      Map.ofEntries(
          Map.entry("LinearDiscriminantAnalysis", new LinearDiscriminantAnalysisAdapter()),
          Map.entry("QuadraticDiscriminantAnalysis", new QuadraticDiscriminantAnalysisAdapter()),
          Map.entry("GaussianNB", new GaussianNBAdapter()),
          Map.entry("KNeighborsClassifier", new KNeighborsClassifierAdapter()),
          Map.entry("StandardScaler", new StandardScalerAdapter()),
          Map.entry("PeriEventSpikeSampler", new PeriEventSpikeSamplerAdapter()),
          Map.entry("Pipeline", new PipelineAdapter()),
          Map.entry("ResponseReducer", new ResponseReducerAdapter()),
          Map.entry("SpikeTablizer", new SpikeTablizerAdapter()),
          Map.entry("events_to_xr_dim", new EventsAdapter()));

  private GoldenAdapters() {}
}
