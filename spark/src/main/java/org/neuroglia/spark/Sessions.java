package org.neuroglia.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.neuroglia.InvalidInputException;

/** Which recording a row is of: the rule of every stage. */
public final class Sessions {
  /** The session of a table that has no session column. */
  public static final String ONLY = "";

  private Sessions() {}

  /**
   * The session of a row as a string: the column {@code name}, or {@link #ONLY} without one.
   *
   * @throws InvalidInputException if the column is neither a string nor an integer
   */
  public static Column column(StructType schema, String name) {
    Optional<StructField> field = Schemas.find(schema, name);
    if (field.isEmpty()) {
      return lit(ONLY);
    }
    DataType type = field.get().dataType();
    if (!(type instanceof StringType || Schemas.isInteger(type))) {
      throw new InvalidInputException(
          String.format(
              "column \"%s\" is a %s; sessions are strings or integers",
              field.get().name(), type.simpleString()));
    }
    return col(Schemas.quoted(name)).cast(DataTypes.StringType);
  }

  /**
   * Refuses events with a session for {@code others} without one, and the other way round.
   *
   * @param others what meets the events: "the spikes"
   */
  public static void requireBoth(
      boolean eventsHave, String others, boolean othersHave, String name) {
    if (othersHave != eventsHave) {
      throw new InvalidInputException(
          String.format(
              "%s have a column \"%s\" and %s have none: give both or neither one",
              eventsHave ? "the events" : others, name, eventsHave ? others : "the events"));
    }
  }
}
