package org.neuroglia.decoding.linalg;

import java.io.Serializable;
import java.util.stream.IntStream;
import org.neuroglia.decoding.split.Responses;

/**
 * Sums over labelled responses, enough to fit a decoder to. They add and subtract: those of a
 * training set are the total less the fold, and partitions are summed apart.
 *
 * <p>Rows are expected to be finite. Not thread-safe.
 *
 * @param <M> the implementation itself
 */
public interface Moments<M extends Moments<M>> extends Serializable {
  int neurons();

  int classes();

  /** Events of each class. */
  long[] counts();

  /** Moments of no rows of the same neurons and classes. */
  M none();

  /** Adds some of the rows; row i is of class y[i]. */
  void add(Responses rows, int[] y, int[] chosen);

  /** Adds every row. */
  default void add(Responses rows, int[] y) {
    add(rows, y, IntStream.range(0, rows.events()).toArray());
  }

  /** Adds the moments of other rows of the same neurons and classes. */
  void merge(M other);

  /** The moments of those rows that are not in {@code part}, a subset of these. */
  M minus(M part);

  /**
   * The same rows with other codes: class k becomes class {@code codes[k]}, or −1 if it is empty.
   */
  M recoded(int[] codes, int classes);

  /**
   * The moments of the same rows with other labels; what does not depend on labels is not computed
   * again.
   *
   * @param rows among which these rows are
   * @param y the other label of each of the rows
   * @param chosen which of them these are moments of
   */
  default M relabelled(Responses rows, int[] y, int[] chosen, int classes) {
    M moments = none().recoded(new int[classes()], classes);
    moments.add(rows, y, chosen);
    return moments;
  }

  /**
   * The moments of the same rows with some of the neurons only, in the order given: the same to the
   * bit as if they had been collected from these.
   *
   * @param chosen numbers of neurons, counted from 0
   */
  M select(int[] chosen);

  /** The moments of (row − shift) / scale. */
  M standardised(double[] shift, double[] scale);

  /**
   * The same moments in a form that, for integers, is the same to the bit whatever was merged with
   * what.
   */
  M recentred();
}
