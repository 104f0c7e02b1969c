package org.neuroglia.spark.event.exec;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.catalyst.expressions.codegen.UnsafeRowWriter;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.Platform;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * What tasks send to each other: bytes that belong to a stretch of a session.
 *
 * @param session null for events that have none
 * @param home number of a block of events, or of a slice of time
 * @param size how many of the bytes are the parcel's
 */
record Parcel(String session, long home, byte[] bytes, int size) implements Comparable<Parcel> {
  private static final byte[] NOT_COPIED = {};

  /** Columns of the rows. */
  static final StructType SCHEMA =
      new StructType()
          .add("session", DataTypes.StringType, true)
          .add("home", DataTypes.LongType, false)
          .add("bytes", DataTypes.BinaryType, false);

  Parcel(String session, long home, byte[] bytes) {
    this(session, home, bytes, bytes.length);
  }

  static Parcel of(InternalRow row) {
    return new Parcel(session(row), row.getLong(1), row.getBinary(2));
  }

  private static String session(InternalRow row) {
    return row.isNullAt(0) ? null : row.getUTF8String(0).toString();
  }

  boolean hasSameHome(Parcel other) {
    return home == other.home && Objects.equals(session, other.session);
  }

  /** By session and home as Spark sorts them: nulls first, strings by their bytes. */
  @Override
  public int compareTo(Parcel other) {
    if (!Objects.equals(session, other.session)) {
      if (session == null || other.session == null) {
        return session == null ? -1 : 1;
      }
      return UTF8String.fromString(session).compareTo(UTF8String.fromString(other.session));
    }
    return Long.compare(home, other.home);
  }

  /** Parcels as rows; the row is reused. */
  static Iterator<InternalRow> rows(Iterator<Parcel> parcels) {
    UnsafeRowWriter writer = new UnsafeRowWriter(3);
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return parcels.hasNext();
      }

      @Override
      public InternalRow next() {
        Parcel parcel = parcels.next();
        writer.reset();
        writer.zeroOutNullBytes();
        if (parcel.session == null) {
          writer.setNullAt(0);
        } else {
          writer.write(0, UTF8String.fromString(parcel.session));
        }
        writer.write(1, parcel.home);
        writer.write(2, parcel.bytes, 0, parcel.size);
        return writer.getRow();
      }
    };
  }

  /** Takes the parcels of one home after the other from rows that are in this order. */
  static final class Groups {
    private final Iterator<InternalRow> rows;
    private UnsafeRow row;
    private Parcel next;

    Groups(Iterator<InternalRow> rows) {
      this.rows = rows;
      advance();
    }

    private void advance() {
      row = rows.hasNext() ? (UnsafeRow) rows.next() : null;
      next = row == null ? null : new Parcel(session(row), row.getLong(1), NOT_COPIED);
    }

    /** The first parcel of the next home, without its bytes; null after the last. */
    Parcel peek() {
      return next;
    }

    /** The bytes of all parcels of the next home. */
    List<byte[]> take() {
      List<byte[]> bytes = new ArrayList<>();
      take(
          (from, offset, size) -> {
            byte[] copy = new byte[size];
            Platform.copyMemory(from, offset, copy, Platform.BYTE_ARRAY_OFFSET, size);
            bytes.add(copy);
          });
      return bytes;
    }

    /** The same where they lie, one after the other. */
    void take(Memory bytes) {
      Parcel first = next;
      while (next != null && next.hasSameHome(first)) {
        long place = row.getLong(2); // its offset, and in the low half its size
        bytes.accept(row.getBaseObject(), row.getBaseOffset() + (place >>> 32), (int) place);
        advance();
      }
    }
  }

  /** Takes the bytes of a parcel, which are there as long as it does. */
  @FunctionalInterface
  interface Memory {
    void accept(Object base, long offset, int size);
  }
}
