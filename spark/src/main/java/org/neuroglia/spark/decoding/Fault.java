package org.neuroglia.spark.decoding;

import java.io.Serializable;
import org.apache.spark.sql.types.StructField;
import org.neuroglia.InvalidInputException;

/**
 * What is wrong with a row: found in a task, told on the driver, so that no task is tried again for
 * it.
 *
 * @param feature the feature that is wrong, or −1
 * @param sentence what is wrong; of a feature, what comes after its name
 */
record Fault(int feature, String sentence) implements Serializable {
  private static final long serialVersionUID = 1L;

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
