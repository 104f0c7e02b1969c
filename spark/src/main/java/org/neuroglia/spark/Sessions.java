package org.neuroglia.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Which recording a row is of: the rule of every stage. */
public final class Sessions {
  /** The session of a table that has no session column. */
  public static final String ONLY = "";

  private Sessions() {}

  /** The session of a row as a string: the column {@code name}, or {@link #ONLY} without one. */
  public static Column column(StructType schema, String name) {
    return Schemas.has(schema, name)
        ? col(Schemas.quoted(name)).cast(DataTypes.StringType)
        : lit(ONLY);
  }
}
