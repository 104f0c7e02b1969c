package org.neuroglia.spark.report;

import java.util.Comparator;
import org.neuroglia.decoding.split.ClassLabels;

/**
 * Decodings that are averaged over sessions: those of a group by a decoder.
 *
 * @param group null where all neurons of a session are decoded together
 */
record Part(String group, String decoder) {
  static final Comparator<Part> IN_ORDER =
      Comparator.comparing(Part::group, Comparator.nullsFirst(ClassLabels.BY_CODE_POINT))
          .thenComparing(Part::decoder);
}
