package org.neuroglia.nwb;

import java.util.Arrays;

/**
 * Values of consecutive rows of a column: one flat array and, for each level of nesting, the bounds
 * of the lists in it (the layout of Apache Arrow).
 *
 * <p>With depth 0 row r is {@code flat[r]}. With depth 1 it is {@code flat[o[r]] … flat[o[r + 1] −
 * 1]} for {@code o = offsets(0)}. With depth 2 the bounds of level 0 count lists of level 1, and so
 * on. Arrays are not copied: they must not be changed.
 */
public final class NwbValues {
  private final NwbType type;
  private final Object flat;
  private final int[][] offsets;
  private final int rows;

  /**
   * @param flat double[], long[], String[] or boolean[], as {@code type} says
   * @param offsets for each level of nesting from the outermost, count + 1 ascending bounds from 0
   */
  NwbValues(NwbType type, Object flat, int[]... offsets) {
    this.type = type;
    this.flat = flat;
    this.offsets = offsets;
    this.rows =
        offsets.length == 0 ? java.lang.reflect.Array.getLength(flat) : offsets[0].length - 1;
  }

  public int rows() {
    return rows;
  }

  public NwbType type() {
    return type;
  }

  /** Levels of nesting: 0 for a value per row, 1 for a list per row. */
  public int depth() {
    return offsets.length;
  }

  /** Bounds of the lists of a level, from 0 for the outermost. */
  public int[] offsets(int level) {
    return offsets[level];
  }

  /** All values; only for {@link NwbType#DOUBLE}. */
  public double[] doubles() {
    return (double[]) flat;
  }

  /** All values; only for {@link NwbType#LONG}. */
  public long[] longs() {
    return (long[]) flat;
  }

  /** All values; only for {@link NwbType#STRING}. A value that the file lacks is null. */
  public String[] strings() {
    return (String[]) flat;
  }

  /** All values; only for {@link NwbType#BOOLEAN}. */
  public boolean[] booleans() {
    return (boolean[]) flat;
  }

  /** The list of doubles of a row, as a new array; only for depth 1. */
  public double[] doubles(int row) {
    return Arrays.copyOfRange(doubles(), offsets[0][row], offsets[0][row + 1]);
  }

  /**
   * A row as an object: Double, Long, String or Boolean; with depth 1 a new double[], long[],
   * String[] or boolean[]; with more an Object[] of those.
   */
  public Object get(int row) {
    return get(0, row);
  }

  private Object get(int level, int i) {
    if (level == offsets.length) {
      return java.lang.reflect.Array.get(flat, i);
    }
    int from = offsets[level][i];
    int to = offsets[level][i + 1];
    if (level == offsets.length - 1) {
      return slice(from, to);
    }
    Object[] lists = new Object[to - from];
    Arrays.setAll(lists, k -> get(level + 1, from + k));
    return lists;
  }

  private Object slice(int from, int to) {
    return switch (type) {
      case DOUBLE -> Arrays.copyOfRange(doubles(), from, to);
      case LONG -> Arrays.copyOfRange(longs(), from, to);
      case STRING -> Arrays.copyOfRange(strings(), from, to);
      case BOOLEAN -> Arrays.copyOfRange(booleans(), from, to);
    };
  }

  /** The same values as doubles; only for numbers. */
  NwbValues asDoubles() {
    if (type == NwbType.DOUBLE) {
      return this;
    }
    double[] doubles = Arrays.stream(longs()).asDoubleStream().toArray();
    return new NwbValues(NwbType.DOUBLE, doubles, offsets);
  }

  /** Differences of two columns of doubles. */
  NwbValues minus(NwbValues other) {
    double[] difference = new double[rows];
    Arrays.setAll(difference, i -> doubles()[i] - other.doubles()[i]);
    return new NwbValues(NwbType.DOUBLE, difference);
  }

  /** Other doubles in the same lists. */
  NwbValues with(double[] doubles) {
    return new NwbValues(NwbType.DOUBLE, doubles, offsets);
  }
}
