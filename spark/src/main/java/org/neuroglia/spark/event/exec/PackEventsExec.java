package org.neuroglia.spark.event.exec;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.unsafe.Platform;
import org.neuroglia.event.TimeSlices;
import org.neuroglia.spark.plan.PhysicalNode;
import scala.collection.immutable.Seq;
import scala.reflect.ClassTag$;

/**
 * Packs the rows of events: to parcels, a home being a slice of time, or 0 where a session stays
 * together. Thousands of rows would each be an object to send.
 */
public final class PackEventsExec extends PhysicalNode {
  private static final long serialVersionUID = 1L;

  /** The home of events without a time. */
  static final long TIMELESS = Long.MIN_VALUE;

  /** Rows are sent on when they take this much memory together. */
  private static final long MOST_BYTES = 32L << 20;

  private final SparkPlan events;
  private final SpikeSampling sampling;
  private final Boolean bySlice;
  private final EventColumns columns;

  /**
   * @param columns where the rows have what
   * @param output the columns of a {@link Parcel}
   */
  public PackEventsExec(
      SparkPlan events,
      SpikeSampling sampling,
      Boolean bySlice,
      EventColumns columns,
      Seq<Attribute> output) {
    super(output, events);
    this.events = events;
    this.sampling = sampling;
    this.bySlice = bySlice;
    this.columns = columns;
  }

  @Override
  protected Object shown() {
    return bySlice ? "slices of time" : "sessions";
  }

  @Override
  protected Object[] arguments() {
    return new Object[] {events, sampling, bySlice, columns, output()};
  }

  @Override
  protected SparkPlan withChildren(Seq<SparkPlan> children) {
    return new PackEventsExec(children.apply(0), sampling, bySlice, columns, output());
  }

  @Override
  public RDD<InternalRow> doExecute() {
    EventColumns where = columns;
    TimeSlices slices = sampling.slices();
    boolean sliced = bySlice;
    return JavaRDD.fromRDD(
            events.execute(), ClassTag$.MODULE$.<InternalRow>apply(InternalRow.class))
        .mapPartitions(
            rows ->
                Parcel.rows(
                    new Packing(rows, where, row -> sliced ? home(where.time(row), slices) : 0)))
        .rdd();
  }

  private static long home(double time, TimeSlices slices) {
    return Double.isNaN(time) ? TIMELESS : slices.of(time);
  }

  /** Where a row belongs. */
  @FunctionalInterface
  private interface Home {
    long of(InternalRow row);
  }

  private record Address(String session, long home) {}

  /** The parcels of one task. */
  private static final class Packing implements Iterator<Parcel> {
    private final Iterator<InternalRow> rows;
    private final EventColumns columns;
    private final Home home;
    private Iterator<Parcel> ready = List.<Parcel>of().iterator();

    Packing(Iterator<InternalRow> rows, EventColumns columns, Home home) {
      this.rows = rows;
      this.columns = columns;
      this.home = home;
    }

    @Override
    public boolean hasNext() {
      if (!ready.hasNext()) {
        ready = packSome();
      }
      return ready.hasNext();
    }

    @Override
    public Parcel next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return ready.next();
    }

    private Iterator<Parcel> packSome() {
      Map<Address, Rows> packed = new LinkedHashMap<>();
      long bytes = 0;
      while (bytes < MOST_BYTES && rows.hasNext()) {
        UnsafeRow row = (UnsafeRow) rows.next();
        Address address = new Address(columns.session(row), home.of(row));
        bytes += packed.computeIfAbsent(address, a -> new Rows()).add(row);
      }
      List<Parcel> parcels = new ArrayList<>();
      packed.forEach(
          (address, rows) ->
              parcels.add(new Parcel(address.session(), address.home(), rows.toBytes())));
      return parcels.iterator();
    }
  }

  /** Rows one after the other, each after its size. */
  private static final class Rows {
    private byte[] bytes = new byte[256];
    private int size;

    int add(UnsafeRow row) {
      int more = Math.addExact(Long.BYTES, row.getSizeInBytes());
      int end = Math.addExact(size, more);
      if (end > bytes.length) {
        bytes = Arrays.copyOf(bytes, (int) Math.min(Integer.MAX_VALUE - 8, 2L * end));
      }
      Platform.putLong(bytes, Platform.BYTE_ARRAY_OFFSET + (long) size, row.getSizeInBytes());
      row.writeToMemory(bytes, Platform.BYTE_ARRAY_OFFSET + (long) size + Long.BYTES);
      size = end;
      return more;
    }

    byte[] toBytes() {
      return Arrays.copyOf(bytes, size);
    }
  }

  /** Adds the rows of a parcel to a list; they point into its bytes. */
  static void unpack(byte[] bytes, int width, List<UnsafeRow> rows) {
    ByteBuffer sizes = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
    for (int at = 0; at < bytes.length; ) {
      int size = (int) sizes.getLong(at);
      UnsafeRow row = new UnsafeRow(width);
      row.pointTo(bytes, Platform.BYTE_ARRAY_OFFSET + (long) at + Long.BYTES, size);
      rows.add(row);
      at += Long.BYTES + size;
    }
  }
}
