package org.neuroglia.spark.sql;

import java.io.DataOutput;
import java.io.IOException;

/** What an {@link AggregateFunction} keeps of the rows of a group. */
interface Tally<T extends Tally<T>> {
  /** Adds the rows that another tally saw; that one is not used again. */
  void merge(T other);

  /** The result in Spark's internal form; may be null. */
  Object result();

  void write(DataOutput out) throws IOException;
}
