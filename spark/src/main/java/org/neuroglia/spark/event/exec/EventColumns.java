package org.neuroglia.spark.event.exec;

import java.io.Serializable;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.ShortType;
import org.apache.spark.sql.types.StringType;
import org.neuroglia.spark.Events;
import org.neuroglia.spark.Sessions;

/**
 * Where rows of events have what.
 *
 * @param time position of the time, a number
 * @param session position of the session, a string or an integer; −1 if there is none
 * @param width number of columns
 */
public record EventColumns(
    int time, DataType timeType, int session, DataType sessionType, int width)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The session of an event; null where it is. */
  String session(InternalRow event) {
    if (session < 0) {
      return Sessions.ONLY;
    }
    if (event.isNullAt(session)) {
      return null;
    }
    return sessionType instanceof StringType
        ? event.getUTF8String(session).toString()
        : Long.toString(integer(event, session, sessionType));
  }

  /** The time of an event in seconds; NaN where there is none that spikes could be near. */
  double time(InternalRow event) {
    if (event.isNullAt(time)) {
      return Double.NaN;
    }
    double seconds = number(event, time, timeType) + 0.0; // −0.0 is 0.0
    return Math.abs(seconds) <= Events.FARTHEST ? seconds : Double.NaN;
  }

  private static double number(InternalRow row, int i, DataType type) {
    if (type instanceof DoubleType) {
      return row.getDouble(i);
    } else if (type instanceof FloatType) {
      return row.getFloat(i);
    } else if (type instanceof DecimalType decimal) {
      return row.getDecimal(i, decimal.precision(), decimal.scale()).toDouble();
    }
    return integer(row, i, type);
  }

  private static long integer(InternalRow row, int i, DataType type) {
    if (type instanceof LongType) {
      return row.getLong(i);
    } else if (type instanceof IntegerType) {
      return row.getInt(i);
    }
    return type instanceof ShortType ? row.getShort(i) : row.getByte(i);
  }
}
