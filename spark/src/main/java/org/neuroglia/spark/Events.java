package org.neuroglia.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.monotonically_increasing_id;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Events as the stages need them: numbered, with a session and a time to join on. */
public final class Events {
  /** Events farther from 0, in seconds, have no window, see {@link #time}. */
  public static final double FARTHEST = 0x1p52;

  private static final String EVENTS = "the events";

  private Events() {}

  /**
   * The schema of {@link #numbered}: the events' own columns, after an event number if they have
   * none.
   *
   * @throws org.neuroglia.InvalidInputException if the time is missing or not a number
   */
  public static StructType numberedSchema(StructType events, RecordingColumns<?> columns) {
    Schemas.requireNumber(events, columns.getTimeCol(), EVENTS);
    if (Schemas.has(events, columns.getEventCol())) {
      return events;
    }
    StructType numbered = new StructType().add(columns.getEventCol(), DataTypes.LongType, false);
    for (var field : events.fields()) {
      numbered = numbered.add(field);
    }
    return numbered;
  }

  /**
   * The events with a number each: the column that they have, else the position of the row in the
   * input, from 0. Lazy; the positions cost one task that sees every event.
   */
  public static Dataset<Row> numbered(Dataset<Row> events, RecordingColumns<?> columns) {
    if (Schemas.has(events.schema(), columns.getEventCol())) {
      return events;
    }
    Column position = row_number().over(Window.orderBy(col("row"))).minus(lit(1));
    return events
        .select(struct(col("*")).as("own"), monotonically_increasing_id().as("row"))
        .select(position.cast(DataTypes.LongType).as(columns.getEventCol()), col("own.*"));
  }

  /**
   * The time of an event, -0.0 made 0.0, and null where there is none that spikes could be near.
   */
  public static Column time(RecordingColumns<?> columns) {
    Column time = col(Schemas.quoted(columns.getTimeCol())).cast("double").plus(lit(0.0));
    return when(time.isNotNull().and(time.between(-FARTHEST, FARTHEST)), time);
  }
}
