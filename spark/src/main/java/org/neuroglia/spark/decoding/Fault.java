package org.neuroglia.spark.decoding;

import java.io.Serializable;
import org.apache.spark.sql.types.StructField;
import org.neuroglia.InvalidInputException;

/**
 * What is wrong with a row: found in a task, told on the driver, so that no task is tried again for
 * it. A class, for Spark's Kryo does not take records.
 */
final class Fault implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int feature;
  private final String sentence;

  /**
   * @param feature the feature that is wrong, or −1
   * @param sentence what is wrong; of a feature, what comes after its name
   */
  Fault(int feature, String sentence) {
    this.feature = feature;
    this.sentence = sentence;
  }

  static Fault of(String sentence) {
    return new Fault(-1, sentence);
  }

  /** The error to throw, with the feature's name from the column. */
  InvalidInputException error(StructField field) {
    return new InvalidInputException(
        feature < 0
            ? sentence
            : String.format(
                "column \"%s\" holds %s for %s",
                field.name(), sentence, FeatureColumn.nameOf(field, feature)));
  }
}
