package org.neuroglia.spark.report;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.spark.sql.Row;

/**
 * The score of one session, group and decoder in one window: of one decoding, or the mean over
 * draws of the largest number of neurons. There may be a million: it keeps numbers, not rows. Not
 * thread-safe.
 */
final class SessionScore {
  /** What tells it from others. */
  record Key(String session, Part part, TimeWindow window) {}

  private static final double[] NONE = {};

  private final Key key;
  private final Mean scores = new Mean();
  private final Mean besides = new Mean();
  private final Mean balanced = new Mean();
  private final Mean information = new Mean();
  private int neurons = -1;
  private int draw;
  private long events;
  private int classes;
  private double majorityShare;
  private double pValue;
  private double[] folds = NONE;
  private double[] nulls = NONE;
  private String warning;

  SessionScore(Key key) {
    this.key = key;
  }

  /**
   * Takes a decoding that has a score.
   *
   * @param score column of the score
   * @param beside column of what is shown beside it
   */
  void add(Row row, String score, String beside) {
    int number = row.getAs("neurons");
    if (number < neurons) {
      return;
    }
    if (number > neurons) {
      List.of(scores, besides, balanced, information).forEach(Mean::clear);
      take(row, number);
    }
    scores.add(number(row, score));
    besides.add(number(row, beside));
    balanced.add(number(row, "balancedAccuracy"));
    information.add(number(row, "mutualInformation"));
  }

  private void take(Row row, int number) {
    neurons = number;
    Integer ofDraw = row.getAs("draw");
    draw = ofDraw == null ? -1 : ofDraw;
    events = row.<Long>getAs("events");
    Integer labels = row.getAs("classes");
    classes = labels == null ? 0 : labels;
    majorityShare = number(row, "majorityShare");
    pValue = number(row, "pValue");
    int column = row.fieldIndex("folds");
    List<Double> ofFolds = row.isNullAt(column) ? List.of() : row.getList(column);
    folds = ofFolds.stream().mapToDouble(one -> one == null ? Double.NaN : one).toArray();
    warning = row.getAs("warning");
  }

  /** NaN where there is none. */
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

  /** Mean of the classes' recalls; NaN of a regression. */
  double balancedAccuracy() {
    return balanced.mean();
  }

  /** Bits between true and predicted classes; NaN of a regression. */
  double mutualInformation() {
    return information.mean();
  }

  /** How many draws the score is the mean of. */
  long draws() {
    return scores.number();
  }

  int neurons() {
    return neurons;
  }

  // --- What does not depend on draws

  /** The draw of the one decoding, or of the first; empty without draws. */
  OptionalInt draw() {
    return draw < 0 ? OptionalInt.empty() : OptionalInt.of(draw);
  }

  long events() {
    return events;
  }

  /** 0 of a regression. */
  int classes() {
    return classes;
  }

  /** The share of the events that are of the largest class; NaN of a regression. */
  double majorityShare() {
    return majorityShare;
  }

  /** What is poor about the one decoding, or the first. */
  Optional<String> warning() {
    return Optional.ofNullable(warning);
  }

  // --- What only one decoding has: NaN or empty for a mean over draws

  double pValue() {
    return draws() == 1 ? pValue : Double.NaN;
  }

  /** The scores of the folds. */
  double[] folds() {
    return draws() > 1 ? NONE : folds;
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
