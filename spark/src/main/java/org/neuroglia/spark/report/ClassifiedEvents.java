package org.neuroglia.spark.report;

import java.io.Serializable;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.neuroglia.decoding.AnalysisOfVariance;
import org.neuroglia.decoding.split.ClassLabels;
import org.neuroglia.spark.decoding.session.Label;

/** The labelled events of one session in the order of time, and the classes that they fall into. */
final class ClassifiedEvents implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Parts of equal size that the values of a continuous target are drawn in. */
  private static final int PARTS = 3;

  private final double[] times;
  private final int[] classes;
  private final String[] names;

  /** Empty where labels are classes. */
  private final double[] target;

  private ClassifiedEvents(double[] times, int[] classes, List<String> names, double[] target) {
    this.times = times;
    this.classes = classes;
    this.names = names.toArray(String[]::new);
    this.target = target;
  }

  /**
   * @param events times in seconds, in any order, none NaN
   * @param labels as {@link Label#of} gives them: of one type, none null
   * @param regression whether labels are the values of a continuous target
   */
  static ClassifiedEvents of(List<Double> events, List<Object> labels, boolean regression) {
    int[] order =
        IntStream.range(0, events.size())
            .boxed()
            .sorted(Comparator.comparing(events::get))
            .mapToInt(Integer::intValue)
            .toArray();
    double[] times = Arrays.stream(order).mapToDouble(events::get).toArray();
    if (regression) {
      double[] target =
          Arrays.stream(order).mapToDouble(i -> ((Number) labels.get(i)).doubleValue()).toArray();
      return inParts(times, target);
    }
    ClassLabels known = Label.classes(labels, labels.get(0) instanceof String);
    int[] classes = Arrays.stream(order).map(i -> Label.code(known, labels.get(i))).toArray();
    return new ClassifiedEvents(times, classes, known.names(), new double[0]);
  }

  private static ClassifiedEvents inParts(double[] times, double[] target) {
    double[] sorted = target.clone();
    Arrays.sort(sorted);
    double[] upper = new double[PARTS];
    List<String> names = new ArrayList<>();
    for (int part = 0; part < PARTS; part++) {
      upper[part] = sorted[Math.max(0, (part + 1) * sorted.length / PARTS - 1)];
      names.add(
          (part == 0 ? rounded(sorted[0]) : "above " + rounded(upper[part - 1]))
              + (part == 0 ? " to " : ", up to ")
              + rounded(upper[part]));
    }
    int[] classes =
        Arrays.stream(target)
            .mapToInt(
                value -> {
                  int part = 0;
                  while (part < PARTS - 1 && value > upper[part]) {
                    part++;
                  }
                  return part;
                })
            .toArray();
    return new ClassifiedEvents(times, classes, names, target);
  }

  private static String rounded(double value) {
    return new BigDecimal(value).round(new MathContext(3)).stripTrailingZeros().toPlainString();
  }

  double[] times() {
    return times;
  }

  String name(int code) {
    return names[code];
  }

  int classes() {
    return names.length;
  }

  /** Whether a test has a meaning: two classes, and more events than classes. */
  boolean canBeTested() {
    long present = Arrays.stream(classes).distinct().count();
    return target.length > 0 ? target.length > 2 : present > 1 && classes.length > present;
  }

  /**
   * How the classes, or the target, explain a unit's counts.
   *
   * @param counts per event
   */
  AnalysisOfVariance test(double[] counts) {
    return target.length > 0
        ? AnalysisOfVariance.slope(counts, target)
        : AnalysisOfVariance.oneWay(counts, classes, names.length);
  }

  /** The times of the events of a class, ascending. */
  double[] timesOf(int code) {
    return IntStream.range(0, times.length)
        .filter(i -> classes[i] == code)
        .mapToDouble(i -> times[i])
        .toArray();
  }

  /**
   * Classes to draw, in their order: all if they are few, else those with the most and those with
   * the fewest spikes per event.
   *
   * @param counts per event
   */
  int[] drawn(double[] counts, int most) {
    double[] sums = new double[names.length];
    int[] events = new int[names.length];
    for (int i = 0; i < counts.length; i++) {
      sums[classes[i]] += counts[i];
      events[classes[i]]++;
    }
    int[] byMean =
        IntStream.range(0, names.length)
            .filter(code -> events[code] > 0)
            .boxed()
            .sorted(Comparator.<Integer>comparingDouble(code -> -sums[code] / events[code]))
            .mapToInt(Integer::intValue)
            .toArray();
    if (byMean.length <= most) {
      return Arrays.stream(byMean).sorted().toArray();
    }
    int high = (most + 1) / 2;
    return IntStream.concat(
            Arrays.stream(byMean, 0, high),
            Arrays.stream(byMean, byMean.length - (most - high), byMean.length))
        .sorted()
        .toArray();
  }
}
