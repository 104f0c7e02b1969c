package org.neuroglia.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is done to calcium traces in core, without a rival: to see when it gets slower. */
final class TraceSuite implements Suite {
  private static final int SAMPLES = 30_000;

  @Override
  public String name() {
    return "traces";
  }

  @Override
  public boolean has(Size size) {
    return size != Size.LARGE;
  }

  @Override
  public List<Outcome> run(Bench bench) throws Exception {
    TraceBenchmark smallest = new TraceBenchmark();
    smallest.samples = 300;
    smallest.create();
    WrongResultException.unlessEqual("events", 300, smallest.deconvolve().length);
    WrongResultException.unlessEqual("detrended samples", 300, smallest.medianFilter().length);
    WrongResultException.unlessEqual("spline", true, Double.isFinite(smallest.spline().at(1.23)));
    List<Outcome> outcomes = new ArrayList<>();
    if (!bench.measures()) {
      return outcomes;
    }
    Map<String, String> methods = new LinkedHashMap<>();
    methods.put("deconvolve", "OASIS deconvolution, AR(1)");
    methods.put("medianFilter", "median filter detrending, window of 101");
    methods.put("spline", "cubic spline");
    for (Map.Entry<String, String> method : methods.entrySet()) {
      double[] seconds =
          Jmh.seconds(TraceBenchmark.class, method.getKey(), Map.of("samples", SAMPLES));
      String what = String.format("%s of a trace of %,d samples", method.getValue(), SAMPLES);
      outcomes.add(Outcome.alone(what, InTurn.median(seconds)));
    }
    return outcomes;
  }
}
