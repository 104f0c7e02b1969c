package org.neuroglia.spark.report;

import java.util.List;
import org.apache.spark.sql.Row;

/**
 * The score of one session, group and decoder in one window: of one decoding, or the mean over
 * draws of the largest number of neurons. Not thread-safe.
 */
final class SessionScore {
  /** What tells it from others. */
  record Key(String session, Part part, TimeWindow window) {}

  private final Key key;
  private final String score;
  private final String beside;
  private Mean scores = new Mean();
  private Mean besides = new Mean();
  private Row first;
  private double[] nulls = new double[0];

  /**
   * @param score column of the score
   * @param beside column of what is shown beside it
   */
  SessionScore(Key key, String score, String beside) {
    this.key = key;
    this.score = score;
    this.beside = beside;
  }

  void add(Row row) {
    int neurons = row.getAs("neurons");
    if (first != null && neurons < neurons()) {
      return;
    }
    if (first == null || neurons > neurons()) {
      first = row;
      scores = new Mean();
      besides = new Mean();
    }
    scores.add(number(row, score));
    besides.add(number(row, beside));
  }

  static double number(Row row, String column) {
    Double value = row.getAs(column);
    return value == null ? Double.NaN : value;
  }

  Key key() {
    return key;
  }

  String session() {
    return key.session();
  }

  double score() {
    return scores.mean();
  }

  /** Chance, or the correlation of a regression. */
  double beside() {
    return besides.mean();
  }

  /** How many draws the score is the mean of. */
  long draws() {
    return scores.number();
  }

  int neurons() {
    return first.getAs("neurons");
  }

  /** A value of the one decoding, or of the first draw: what does not depend on draws. */
  <T> T value(String column) {
    return first.getAs(column);
  }

  /** A value that only one decoding has; null for a mean over draws. */
  Double single(String column) {
    return draws() == 1 ? first.<Double>getAs(column) : null;
  }

  /** The scores of the folds; empty for a mean over draws. */
  List<Double> folds() {
    int column = first.fieldIndex("folds");
    return draws() > 1 || first.isNullAt(column) ? List.of() : first.getList(column);
  }

  /** Takes the null scores of the one decoding. */
  void setNulls(double[] scores) {
    nulls = scores;
  }

  /** Scores of null labels, ascending; empty where there are none. */
  double[] nulls() {
    return nulls;
  }
}
