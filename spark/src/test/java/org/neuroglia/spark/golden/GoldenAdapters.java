package org.neuroglia.spark.golden;

import java.util.Map;
import org.apache.spark.ml.Transformer;
import org.neuroglia.golden.GoldenCase;
import org.neuroglia.spark.calcium.EventRescaler;
import org.neuroglia.spark.calcium.MedianFilterDetrender;
import org.neuroglia.spark.calcium.Normalize;
import org.neuroglia.spark.calcium.SavGolFilterDetrender;
import org.neuroglia.spark.epoch.EpochTraceReducer;
import org.neuroglia.spark.event.PeriEventTraceReducer;
import org.neuroglia.spark.event.PeriEventTraceSampler;
import org.neuroglia.spark.spike.Binner;
import org.neuroglia.spark.spike.Smoother;
import org.neuroglia.spark.spike.TrainTransformer;
import org.neuroglia.spark.trace.Binarizer;
import org.neuroglia.spark.trace.EdgeDetector;
import org.neuroglia.spark.trace.TraceSamplingEstimator;

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
          Map.entry("Binner", new TrainAdapter(GoldenAdapters::binner)),
          Map.entry("Smoother", new TrainAdapter(GoldenAdapters::smoother)),
          Map.entry("Binarizer", new TraceFilterAdapter(GoldenAdapters::binarizer)),
          Map.entry("EdgeDetector", new TraceFilterAdapter(GoldenAdapters::edgeDetector)),
          Map.entry("WhenTrueFinder", new WhenTrueFinderAdapter()),
          Map.entry("EventRescaler", new TraceFilterAdapter(GoldenAdapters::eventRescaler)),
          Map.entry("MedianFilterDetrender", new TraceFilterAdapter(GoldenAdapters::medianFilter)),
          Map.entry("SavGolFilterDetrender", new TraceFilterAdapter(GoldenAdapters::savGolFilter)),
          Map.entry("Normalize", new TraceFilterAdapter(GoldenAdapters::normalize)),
          Map.entry("CalciumDeconvolver", new CalciumDeconvolverAdapter()),
          Map.entry("make_calcium_traces", new CalciumTracesAdapter()),
          Map.entry("oasis_functions", new OasisFunctionsAdapter()),
          Map.entry(
              "PeriEventTraceSampler", new TraceSamplingAdapter(GoldenAdapters::traceSampler)),
          Map.entry(
              "PeriEventTraceReducer", new TraceSamplingAdapter(GoldenAdapters::traceReducer)),
          Map.entry("EpochTraceReducer", new TraceSamplingAdapter(GoldenAdapters::epochReducer)),
          Map.entry("events_to_xr_dim", new EventsAdapter()));

  private GoldenAdapters() {}

  private static TrainTransformer<?> binner(GoldenCase golden) {
    return new Binner().setSampleTimes(golden.doubles("sample_times"));
  }

  private static TrainTransformer<?> smoother(GoldenCase golden) {
    return new Smoother()
        .setSampleTimes(golden.doubles("sample_times"))
        .setKernel(golden.params().get("kernel").asText())
        .setTau(golden.params().get("tau").asDouble());
  }

  private static Transformer binarizer(GoldenCase golden) {
    return new Binarizer().setThreshold(golden.params().get("threshold").asDouble());
  }

  private static Transformer edgeDetector(GoldenCase golden) {
    return new EdgeDetector().setFalling(golden.params().get("falling").asBoolean());
  }

  private static Transformer eventRescaler(GoldenCase golden) {
    return new EventRescaler()
        .setLogTransform(golden.params().get("log_transform").asBoolean())
        .setScale(golden.params().get("scale").asDouble());
  }

  private static Transformer medianFilter(GoldenCase golden) {
    return new MedianFilterDetrender()
        .setWindow(golden.params().get("window").asInt())
        .setPeakStdThreshold(golden.params().get("peak_std_threshold").asDouble());
  }

  private static Transformer savGolFilter(GoldenCase golden) {
    return new SavGolFilterDetrender()
        .setWindow(golden.params().get("window").asInt())
        .setOrder(golden.params().get("order").asInt());
  }

  private static Transformer normalize(GoldenCase golden) {
    return new Normalize()
        .setWindow(golden.params().get("window").asDouble())
        .setPercentile(golden.params().get("percentile").asDouble());
  }

  private static TraceSamplingEstimator<?, ?> traceSampler(GoldenCase golden) {
    return new PeriEventTraceSampler().setSampleTimes(golden.doubles("sample_times"));
  }

  private static TraceSamplingEstimator<?, ?> traceReducer(GoldenCase golden) {
    return new PeriEventTraceReducer()
        .setSampleTimes(golden.doubles("sample_times"))
        .setFunc(func(golden));
  }

  private static TraceSamplingEstimator<?, ?> epochReducer(GoldenCase golden) {
    return new EpochTraceReducer().setFunc(func(golden));
  }

  /** {@code np.mean} is our "mean". */
  private static String func(GoldenCase golden) {
    return golden.params().get("func").asText().replace("np.", "");
  }
}
