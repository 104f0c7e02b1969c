package org.neuroglia.spark.report;

/** A running mean and standard deviation, by Welford's method; not thread-safe. */
final class Mean {
  private long number;
  private double mean;
  private double squares;

  /** NaN is no value. */
  void add(double value) {
    if (Double.isNaN(value)) {
      return;
    }
    number++;
    double off = value - mean;
    mean += off / number;
    squares += off * (value - mean);
  }

  /** Forgets all values. */
  void clear() {
    number = 0;
    mean = 0;
    squares = 0;
  }

  long number() {
    return number;
  }

  /** NaN of no values. */
  double mean() {
    return number == 0 ? Double.NaN : mean;
  }

  /** Of a sample (n − 1); NaN of fewer than two values. */
  double standardDeviation() {
    return number < 2 ? Double.NaN : Math.sqrt(squares / (number - 1));
  }

  /** Of the mean; NaN of fewer than two values. */
  double standardError() {
    return standardDeviation() / Math.sqrt(number);
  }
}
