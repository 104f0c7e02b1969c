package org.neuroglia.spark.plan;

import java.io.DataOutput;
import java.io.IOException;

/** What an aggregate function keeps of the rows of a group. */
public interface Tally<T extends Tally<T>> {
  /** Adds the rows that another tally saw; that one is not used again. */
  void merge(T other);

  /** The result in Spark's internal form; may be null. */
  Object result();

  /** Writes it for {@link AggregateFunctionCall.Function#read}. */
  void write(DataOutput out) throws IOException;
}
