package org.neuroglia.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Measures several ways in turn (A B C C B A A B C …), so that what else the machine does meets all
 * of them alike.
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

  private static final int REPETITIONS = 5;
  private static final int MOST_REPETITIONS = 11;
  private static final int MOST_WARMUPS = 8;
  private static final double WARM = 10; // seconds
  private static final double ENOUGH = 5; // seconds

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

  /**
   * The median of the seconds of each way, over at least five rounds after at least one to warm up:
   * more where a round is short, for Java compiles for seconds, and chance weighs more.
   */
  Map<String, Double> medians() throws Exception {
    Map<String, List<Double>> seconds = new LinkedHashMap<>();
    ways.keySet().forEach(name -> seconds.put(name, new ArrayList<>()));
    double warm = 0;
    for (int i = 0; i < MOST_WARMUPS && warm < WARM; i++) {
      for (Timed way : ways.values()) {
        warm += way.run();
      }
    }
    double measured = 0;
    for (int i = 0; i < REPETITIONS || (i < MOST_REPETITIONS && measured < ENOUGH); i++) {
      List<String> names = new ArrayList<>(ways.keySet());
      if (i % 2 == 1) {
        Collections.reverse(names); // what one leaves to clean up is not always the same one's
      }
      for (String name : names) {
        double took = ways.get(name).run();
        measured += took;
        seconds.get(name).add(took);
      }
    }
    Map<String, Double> medians = new LinkedHashMap<>();
    seconds.forEach(
        (name, all) ->
            medians.put(name, median(all.stream().mapToDouble(Double::doubleValue).toArray())));
    return medians;
  }

  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int n = sorted.length;
    return (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
  }
}
