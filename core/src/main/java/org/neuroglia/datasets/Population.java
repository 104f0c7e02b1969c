package org.neuroglia.datasets;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/**
 * The units of a made-up recording: labels as sorting leaves them, log-normal base rates, and for
 * each a seed of its own.
 *
 * @param labels numbers as text, in numerical order
 * @param seeds one per unit
 * @param baseRates in spikes per second; 0 for silent units, which are the last
 */
record Population(List<String> labels, long[] seeds, double[] baseRates) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Slope of the log-normal base rates. */
  private static final double RATE_SIGMA = 0.85;

  /** Normal deviates drawn for each unit; the median of every run of so many is its quantile. */
  private static final int DRAWS_PER_QUANTILE = 101;

  /** Draws three numbers of the random stream, whatever the number of units. */
  static Population draw(int units, int silentUnits, double meanRate, Random random) {
    long[] seeds = new Random(random.nextLong()).longs(units).toArray();
    List<String> labels = labels(units, new Random(random.nextLong()));
    double[] rates = baseRates(units, meanRate, new Random(random.nextLong()));
    Arrays.fill(rates, units - silentUnits, units, 0.0);
    return new Population(labels, seeds, rates);
  }

  /** Numbers between 1 and about twice the number of units. */
  private static List<String> labels(int n, Random random) {
    List<Integer> candidates = new ArrayList<>();
    for (int id = 1; id < Math.max(130, (int) (n * 1.9)); id++) {
      candidates.add(id);
    }
    Collections.shuffle(candidates, random);
    // Labels of one and of three digits, whose order as text is not their order as numbers.
    candidates.removeAll(Set.of(9, 102));
    candidates.addAll(0, List.of(102, 9));
    return new TreeSet<>(candidates.subList(0, n)).stream().map(String::valueOf).toList();
  }

  /**
   * Evenly spread quantiles of the log-normal distribution in random order, so that the total
   * number of spikes hardly depends on the seed.
   */
  private static double[] baseRates(int n, double meanRate, Random random) {
    double[] normal = new double[n * DRAWS_PER_QUANTILE];
    for (int i = 0; i < normal.length; i++) {
      normal[i] = random.nextGaussian();
    }
    Arrays.sort(normal);
    double location = StrictMath.log(meanRate) - 0.5 * RATE_SIGMA * RATE_SIGMA;
    List<Double> rates = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      double quantile = normal[i * DRAWS_PER_QUANTILE + DRAWS_PER_QUANTILE / 2];
      double rate = StrictMath.exp(location + RATE_SIGMA * quantile);
      rates.add(Math.min(Math.max(rate, 0.15), 45.0));
    }
    Collections.shuffle(rates, random);
    return rates.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
