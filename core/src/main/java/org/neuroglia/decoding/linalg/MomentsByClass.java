package org.neuroglia.decoding.linalg;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.neuroglia.decoding.split.Responses;

/**
 * What decoders need that give each class a variance of its own: count, sum and scatter class by
 * class, each about an origin close to the mean of its class.
 *
 * <p>Memory: classes × neurons² doubles, or classes × neurons where no pairs of neurons count. What
 * recoded, minus and merge give may share them with what it was made from: rows are added to one of
 * the two only. Not thread-safe.
 */
public final class MomentsByClass implements Moments<MomentsByClass> {
  private static final long serialVersionUID = 1L;

  private final int neurons;
  private final boolean pairs;

  /** Of one class each, null until the class is met: its first rows choose the origin. */
  private final ClassMoments[] byClass;

  private MomentsByClass(int neurons, boolean pairs, ClassMoments[] byClass) {
    this.neurons = neurons;
    this.pairs = pairs;
    this.byClass = byClass;
  }

  /** Of no rows, with the scatter of all pairs of neurons. */
  public static MomentsByClass ofPairs(int neurons, int classes) {
    return new MomentsByClass(neurons, true, new ClassMoments[classes]);
  }

  /** Of no rows, with the squares of each neuron alone. */
  public static MomentsByClass ofSquares(int neurons, int classes) {
    return new MomentsByClass(neurons, false, new ClassMoments[classes]);
  }

  @Override
  public int neurons() {
    return neurons;
  }

  @Override
  public int classes() {
    return byClass.length;
  }

  @Override
  public long[] counts() {
    long[] counts = new long[byClass.length];
    for (int k = 0; k < counts.length; k++) {
      counts[k] = byClass[k] == null ? 0 : byClass[k].events();
    }
    return counts;
  }

  @Override
  public MomentsByClass none() {
    return each(ClassMoments::none);
  }

  private MomentsByClass each(UnaryOperator<ClassMoments> change) {
    ClassMoments[] changed = new ClassMoments[byClass.length];
    for (int k = 0; k < changed.length; k++) {
      changed[k] = byClass[k] == null ? null : change.apply(byClass[k]);
    }
    return new MomentsByClass(neurons, pairs, changed);
  }

  @Override
  public void add(Responses rows, int[] y, int[] chosen) {
    List<List<Integer>> members = new ArrayList<>();
    IntStream.range(0, byClass.length).forEach(k -> members.add(new ArrayList<>()));
    for (int event : chosen) {
      members.get(y[event]).add(event);
    }
    for (int k = 0; k < byClass.length; k++) {
      if (!members.get(k).isEmpty()) {
        int[] events = members.get(k).stream().mapToInt(Integer::intValue).toArray();
        Responses own = rows.select(events);
        if (byClass[k] == null) {
          byClass[k] = ClassMoments.none(ClassMoments.originOf(own), 1, pairs);
        }
        byClass[k].add(own, new int[events.length]);
      }
    }
  }

  @Override
  public void merge(MomentsByClass other) {
    for (int k = 0; k < byClass.length; k++) {
      ClassMoments more = other.byClass[k];
      if (byClass[k] == null) {
        byClass[k] = more;
      } else if (more != null) {
        byClass[k].merge(more);
      }
    }
  }

  @Override
  public MomentsByClass minus(MomentsByClass part) {
    ClassMoments[] rest = byClass.clone();
    for (int k = 0; k < rest.length; k++) {
      if (part.byClass[k] != null) {
        rest[k] = rest[k].minus(part.byClass[k]);
      }
    }
    return new MomentsByClass(neurons, pairs, rest);
  }

  @Override
  public MomentsByClass recoded(int[] codes, int classes) {
    ClassMoments[] moved = new ClassMoments[classes];
    long[] counts = counts();
    for (int k = 0; k < byClass.length; k++) {
      if (counts[k] > 0) {
        moved[codes[k]] = byClass[k];
      }
    }
    return new MomentsByClass(neurons, pairs, moved);
  }

  @Override
  public MomentsByClass select(int[] chosen) {
    MomentsByClass selected = each(moments -> moments.select(chosen));
    return new MomentsByClass(chosen.length, pairs, selected.byClass);
  }

  @Override
  public MomentsByClass standardised(double[] shift, double[] scale) {
    return each(moments -> moments.standardised(shift, scale));
  }

  @Override
  public MomentsByClass recentred() {
    return each(ClassMoments::recentred);
  }

  /** Mean of each class, [class × neuron]; every class has members. */
  public double[] means() {
    double[] means = new double[byClass.length * neurons];
    for (int k = 0; k < byClass.length; k++) {
      System.arraycopy(byClass[k].mean(), 0, means, k * neurons, neurons);
    }
    return means;
  }

  /**
   * Scatter of the rows of a class about their mean, divided by their number: [neuron × neuron], or
   * the variances [neuron] where no pairs are counted.
   */
  public double[] covariance(int code) {
    double[] scatter = byClass[code].withinScatter();
    for (int i = 0; i < scatter.length; i++) {
      scatter[i] /= byClass[code].events();
    }
    return scatter;
  }

  /** Variance of each neuron over the rows of all classes, divided by their number. */
  public double[] variances() {
    ClassMoments all = byClass[0].none();
    for (ClassMoments one : byClass) {
      all.merge(one);
    }
    all = all.recentred();
    double[] scatter = all.totalScatter();
    double[] variances = new double[neurons];
    for (int j = 0; j < neurons; j++) {
      variances[j] = (pairs ? scatter[j * neurons + j] : scatter[j]) / all.events();
    }
    return variances;
  }
}
