package org.neuroglia.spark.lake;

import org.apache.spark.sql.delta.actions.AddFile;

/**
 * A data file of a version of a {@link DeltaFolder}.
 *
 * @param action what the log of the table says of it
 */
record DeltaFile(AddFile action) {
  /** In bytes. */
  long size() {
    return action.size();
  }
}
