package org.neuroglia.benchmarks;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Measures several ways in turn (A B C A B C …), so that what else the machine does meets all of
 * them alike.
 */
final class InTurn {
  /** Does the work once. */
  interface Timed {
    /** Seconds that it took. */
    double run() throws Exception;
  }

  /** Work that this process does, timed by its clock. */
  interface Work {
    void run() throws Exception;
  }

  private final Map<String, Timed> ways = new LinkedHashMap<>();

  InTurn add(String name, Timed way) {
    ways.put(name, way);
    return this;
  }

  InTurn addWork(String name, Work work) {
    return add(
        name,
        () -> {
          long start = System.nanoTime();
          work.run();
          return (System.nanoTime() - start) / 1e9;
        });
  }

  /** The median of the seconds of each way. */
  Map<String, Double> medians(int warmups, int repetitions) throws Exception {
    Map<String, double[]> seconds = new LinkedHashMap<>();
    ways.keySet().forEach(name -> seconds.put(name, new double[repetitions]));
    for (int i = -warmups; i < repetitions; i++) {
      for (Map.Entry<String, Timed> way : ways.entrySet()) {
        double took = way.getValue().run();
        if (i >= 0) {
          seconds.get(way.getKey())[i] = took;
        }
      }
    }
    Map<String, Double> medians = new LinkedHashMap<>();
    seconds.forEach((name, all) -> medians.put(name, median(all)));
    return medians;
  }

  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int n = sorted.length;
    return (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
  }
}
