package org.neuroglia.nwb;

import java.util.Arrays;
import java.util.Objects;
import java.util.OptionalLong;

/** A column of a table. Nothing of its values is read before {@link #read}. */
public final class NwbColumn {
  /** Reads the values of rows {@code from} … {@code to − 1}. */
  interface Reader {
    NwbValues read(int from, int to);
  }

  /** For each row the number of values in it and all rows before; must be cheap. */
  interface Ends {
    long[] read();
  }

  /** Reads the lists of rows {@code from} … {@code to − 1} one by one. */
  interface ListReader {
    DoubleLists read(int from, int to);
  }

  private final String name;
  private final NwbType type;
  private final int depth;
  private final int rows;
  private final Reader reader;
  private final Ends ends;
  private final ListReader lists;
  private final long values;

  NwbColumn(String name, NwbType type, int depth, int rows, Reader reader, Ends ends) {
    this(name, type, depth, rows, reader, ends, (from, to) -> lists(reader.read(from, to)));
  }

  NwbColumn(
      String name, NwbType type, int depth, int rows, Reader reader, Ends ends, ListReader lists) {
    this(name, type, depth, rows, reader, ends, lists, depth == 0 ? rows : -1);
  }

  private NwbColumn(
      String name,
      NwbType type,
      int depth,
      int rows,
      Reader reader,
      Ends ends,
      ListReader lists,
      long values) {
    this.name = name;
    this.lists = lists;
    this.values = values;
    this.type = type;
    this.depth = depth;
    this.rows = rows;
    this.reader = reader;
    this.ends = ends;
  }

  NwbColumn(String name, NwbType type, int rows, Reader reader) {
    this(name, type, 0, rows, reader, () -> counted(rows, 1));
  }

  /** Ends of rows that all hold {@code size} values. */
  static long[] counted(int rows, long size) {
    long[] ends = new long[rows];
    for (int i = 0; i < rows; i++) {
      ends[i] = (i + 1) * size;
    }
    return ends;
  }

  /** The numbers of the rows, from 0. */
  static NwbColumn rowNumbers(String column, int rows) {
    return new NwbColumn(
        column,
        NwbType.LONG,
        rows,
        (from, to) -> {
          long[] numbers = new long[to - from];
          Arrays.setAll(numbers, i -> from + i);
          return new NwbValues(NwbType.LONG, numbers);
        });
  }

  /** A column whose lists, if any, come from further dimensions of the dataset. */
  static NwbColumn of(String column, HdfDataset values, int rows) {
    return new NwbColumn(
            column,
            values.type(),
            Math.max(0, values.rank() - 1),
            rows,
            (from, to) ->
                new NwbValues(values.type(), values.read(from, to), listBounds(values, to - from)),
            () -> NwbColumn.counted(rows, values.width()))
        .counting(rows * values.width());
  }

  /** Bounds of lists of equal length, one level for each dimension but the first. */
  static int[][] listBounds(HdfDataset values, long rows) {
    int[][] offsets = new int[Math.max(0, values.rank() - 1)][];
    long lists = rows;
    for (int level = 0; level < offsets.length; level++) {
      int size = Math.toIntExact(values.shape()[level + 1]);
      int[] bounds = new int[Math.toIntExact(lists + 1)];
      Arrays.setAll(bounds, i -> i * size);
      offsets[level] = bounds;
      lists = Math.multiplyExact(lists, (long) size);
    }
    return offsets;
  }

  /** Lists of values that are all read. */
  static DoubleLists lists(NwbValues values) {
    double[] doubles = values.doubles();
    int[] bounds = values.offsets(0);
    return new DoubleLists() {
      private int row;

      @Override
      public int nextLength() {
        return bounds[row + 1] - bounds[row];
      }

      @Override
      public int next(double[] target, int at) {
        int length = nextLength();
        System.arraycopy(doubles, bounds[row], target, at, length);
        row++;
        return length;
      }
    };
  }

  NwbColumn named(String newName) {
    return new NwbColumn(newName, type, depth, rows, reader, ends, lists, values);
  }

  /** The column with its {@link #valueCount}. */
  NwbColumn counting(long count) {
    return new NwbColumn(name, type, depth, rows, reader, ends, lists, count);
  }

  public String name() {
    return name;
  }

  public NwbType type() {
    return type;
  }

  /** Levels of nesting: 0 for a value per row, 1 for a list per row, 2 for lists of lists. */
  public int depth() {
    return depth;
  }

  /** Values of all rows. */
  public NwbValues read() {
    return read(0, rows);
  }

  /**
   * Values of rows {@code from} … {@code to − 1}, read in one go.
   *
   * @throws org.neuroglia.InvalidInputException if the file is damaged, its compression is not
   *     supported, an integer needs more than 63 bits, or the rows hold more than 2^31 − 9 values
   */
  public NwbValues read(int from, int to) {
    Objects.checkFromToIndex(from, to, rows);
    return reader.read(from, to);
  }

  /**
   * Values of rows {@code from} … {@code to − 1}, one row after the other; only for lists of
   * doubles ({@link NwbType#DOUBLE}, depth 1). The same values as {@link #read(int, int)}, which
   * holds all of them at once: spike times are read as they are asked for, row by row.
   *
   * @throws IllegalStateException for other columns
   */
  public DoubleLists lists(int from, int to) {
    Objects.checkFromToIndex(from, to, rows);
    if (type != NwbType.DOUBLE || depth != 1) {
      throw new IllegalStateException(this + " is no column of lists of doubles");
    }
    return lists.read(from, to);
  }

  /**
   * For each row the number of innermost values in it and in all rows before it, without reading
   * them: what is needed to split a table into parts of like size.
   */
  public long[] ends() {
    return ends.read();
  }

  /** Number of innermost values of all rows, where headers tell without reading the ends. */
  public OptionalLong valueCount() {
    return values < 0 ? OptionalLong.empty() : OptionalLong.of(values);
  }

  @Override
  public String toString() {
    return name + " " + type.name().toLowerCase(java.util.Locale.ROOT) + "[]".repeat(depth);
  }
}
