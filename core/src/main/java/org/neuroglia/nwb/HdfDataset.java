package org.neuroglia.nwb;

import io.jhdf.Constants;
import io.jhdf.api.Dataset;
import io.jhdf.api.Node;
import io.jhdf.api.dataset.ContiguousDataset;
import io.jhdf.dataset.CompactDataset;
import io.jhdf.dataset.DatasetBase;
import io.jhdf.dataset.chunked.ChunkedDatasetBase;
import io.jhdf.object.datatype.BitField;
import io.jhdf.object.datatype.DataType;
import io.jhdf.object.datatype.EnumDataType;
import io.jhdf.object.datatype.FixedPoint;
import io.jhdf.object.datatype.FloatingPoint;
import io.jhdf.object.datatype.Reference;
import io.jhdf.object.datatype.StringData;
import io.jhdf.object.datatype.VariableLength;
import io.jhdf.object.message.FillValueMessage;
import io.jhdf.object.message.FillValueOldMessage;
import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.Set;
import org.neuroglia.InvalidInputException;

/**
 * A dataset, read by ranges of its first dimension into flat arrays of one of the {@link NwbType}s.
 *
 * <p>jHDF parses headers and decodes elements. The bytes are gathered here, because jHDF cannot
 * read 2 GiB at once, decompresses a chunk again for each slice, gives 0 for chunks that were never
 * written in place of the fill value, and applies filters to chunks that say they were not applied.
 */
final class HdfDataset extends Hdf.HdfObject {
  /** Bytes that are gathered and decoded at a time. */
  private static final int PIECE = 1 << 28;

  /** Bytes between two rows of interest that cost less to read than to go round. */
  private static final int GAP = 1 << 12;

  /** Bytes of rows that are read at a time to take a part of each. */
  private static final int STRIP = 1 << 20;

  private final DatasetBase dataset;
  private final long[] shape;
  private NwbType type;
  private HdfChunks chunks;

  HdfDataset(Hdf file, String path, Node node) {
    super(file, path, node);
    this.dataset = (DatasetBase) (Dataset) node;
    this.shape = dataset.getDimensionsAsLong();
  }

  /** Sizes of the dimensions; none for a scalar. */
  long[] shape() {
    return shape.clone();
  }

  int rank() {
    return shape.length;
  }

  /** Size of the first dimension; 1 for a scalar that has a value, 0 for one that has none. */
  long rows() {
    return shape.length == 0 ? dataset.getSize() : shape[0];
  }

  /** As {@link #rows}, where more than an int can count is refused. */
  int rowCount() {
    if (rows() > Integer.MAX_VALUE) {
      throw new InvalidInputException(
          file().name() + ": " + path() + " has " + rows() + " rows; at most 2^31 - 1 are read.");
    }
    return (int) rows();
  }

  /** Elements per row: the product of all dimensions but the first. */
  long width() {
    return shape.length < 2 ? 1 : Arrays.stream(shape).skip(1).reduce(1L, Math::multiplyExact);
  }

  /**
   * @throws InvalidInputException for types without a counterpart: compound, opaque, arrays, lists
   *     of variable length
   */
  NwbType type() {
    if (type == null) {
      type = typeOf(dataset.getDataType());
    }
    return type;
  }

  private NwbType typeOf(DataType stored) {
    if (stored instanceof FloatingPoint) {
      return NwbType.DOUBLE;
    }
    if (stored instanceof FixedPoint) {
      return NwbType.LONG;
    }
    if (stored instanceof BitField) {
      return NwbType.BOOLEAN;
    }
    if (stored instanceof EnumDataType members) {
      boolean flags = Set.of("FALSE", "TRUE").equals(Set.copyOf(members.getEnumMapping().values()));
      return flags ? NwbType.BOOLEAN : NwbType.STRING;
    }
    boolean text = stored instanceof VariableLength list && list.isVariableLengthString();
    if (text || stored instanceof StringData || stored instanceof Reference) {
      return NwbType.STRING;
    }
    String what =
        switch (stored.getDataClass()) {
          case 5 -> "opaque values";
          case 6 -> "compound values";
          case 9 -> "lists of variable length";
          case 10 -> "array values";
          default -> "values of HDF5 class " + stored.getDataClass();
        };
    throw new InvalidInputException(
        file().name()
            + ": "
            + path()
            + " holds "
            + what
            + "; numbers, text, booleans and object references are read.");
  }

  /** Values of all rows; see {@link #read(long, long)}. */
  Object read() {
    return read(0, rows());
  }

  /**
   * @return the elements of rows {@code from} … {@code to − 1}, flat, in row-major order: double[],
   *     long[], String[] or boolean[], as {@link #type} says
   */
  Object read(long from, long to) {
    return read(from, to, 0, columns());
  }

  /** Size of the second dimension; 1 where there is none. */
  long columns() {
    return shape.length < 2 ? 1 : shape[1];
  }

  /** Elements of all further dimensions. */
  private long inner() {
    return shape.length < 3 ? 1 : Arrays.stream(shape).skip(2).reduce(1L, Math::multiplyExact);
  }

  /** Sizes of a chunk; none where the dataset is not chunked. */
  int[] chunkShape() {
    return dataset instanceof ChunkedDatasetBase chunked
        ? chunked.getChunkDimensions()
        : new int[0];
  }

  /**
   * As {@link #read(long, long)}, but of the second dimension only {@code low} … {@code high − 1},
   * with all of further dimensions. Chunks without any of them are not read.
   */
  Object read(long from, long to, long low, long high) {
    NwbType wanted = type();
    long width = (high - low) * inner();
    long count = Math.multiplyExact(to - from, width);
    if (count > Integer.MAX_VALUE - 8) {
      throw new InvalidInputException(
          file().name()
              + ": "
              + path()
              + " holds "
              + count
              + " values in the rows asked for; at most 2^31 - 9 are read at once.");
    }
    try {
      Object values = newArray(wanted, (int) count);
      long step = rowsPerPiece(Math.max(1, width * dataset.getDataType().getSize()), to - from);
      long first = from;
      while (count > 0 && first < to) {
        long last = Math.min(to, (first / step + 1) * step);
        Object piece = decode(bytes(first, last, low, high), (int) ((last - first) * width));
        if (first == from && last == to && piece.getClass() == values.getClass()) {
          return piece;
        }
        widen(piece, values, (int) ((first - from) * width));
        first = last;
      }
      return values;
    } catch (RuntimeException e) {
      throw file().unreadable(path(), e);
    }
  }

  private static Object newArray(NwbType type, int length) {
    return switch (type) {
      case DOUBLE -> new double[length];
      case LONG -> new long[length];
      case STRING -> new String[length];
      case BOOLEAN -> new boolean[length];
    };
  }

  /** Whole chunks, so that none is decompressed twice. */
  private long rowsPerPiece(long rowBytes, long asked) {
    long rows = Math.max(1, PIECE / rowBytes);
    if (dataset instanceof ChunkedDatasetBase chunked) {
      int chunkRows = chunked.getChunkDimensions()[0];
      rows = Math.max(1, rows / chunkRows) * chunkRows;
    }
    if (Math.min(rows, asked) * rowBytes > Integer.MAX_VALUE - 8) {
      throw new InvalidInputException(
          file().name() + ": " + path() + " has chunks or rows of 2 GiB or more.");
    }
    return rows;
  }

  /** The bytes of part of the rows as stored, without filters. */
  private ByteBuffer bytes(long from, long to, long low, long high) {
    long cellBytes = inner() * dataset.getDataType().getSize();
    long rowBytes = columns() * cellBytes;
    int length = (int) ((to - from) * (high - low) * cellBytes);
    if (dataset instanceof CompactDataset compact) {
      ByteBuffer rows =
          compact.getDataBuffer().slice((int) (from * rowBytes), (int) ((to - from) * rowBytes));
      return cut(rows, rowBytes, low * cellBytes, (int) ((high - low) * cellBytes), length);
    }
    if (dataset instanceof ContiguousDataset contiguous) {
      long address = contiguous.getDataAddress();
      return address == Constants.UNDEFINED_ADDRESS
          ? filled(length)
          : contiguous(address + from * rowBytes, rowBytes, low * cellBytes, length, to - from);
    }
    ByteBuffer target = filled(length);
    chunks().read(from, to, low, high, target.array());
    return target;
  }

  private HdfChunks chunks() {
    if (chunks == null) {
      chunks = HdfChunks.of(file(), address(), dataset);
    }
    return chunks;
  }

  /**
   * The bytes from {@code skip} on of each of {@code rows} rows, {@code length} in all. What is not
   * asked for is read too where there is little of it between two rows.
   */
  private ByteBuffer contiguous(long address, long rowBytes, long skip, int length, long rows) {
    if (rows == 0 || length == rows * rowBytes) {
      return file().storage().readBufferFromAddress(address, length);
    }
    int part = (int) (length / rows);
    ByteBuffer target = ByteBuffer.allocate(length);
    long step = rowBytes - part > GAP ? 1 : Math.max(1, STRIP / rowBytes);
    for (long row = 0; row < rows; row += step) {
      int count = (int) Math.min(step, rows - row);
      long span = (count - 1) * rowBytes + part;
      ByteBuffer strip =
          file().storage().readBufferFromAddress(address + row * rowBytes + skip, (int) span);
      target.put(cut(strip, rowBytes, 0, part, count * part));
    }
    return target.flip();
  }

  /** Of each row the {@code part} bytes from {@code skip} on. */
  private static ByteBuffer cut(ByteBuffer rows, long rowBytes, long skip, int part, int length) {
    if (part == length || part == rowBytes) {
      return rows.slice((int) skip, length);
    }
    ByteBuffer target = ByteBuffer.allocate(length);
    for (long at = skip; target.hasRemaining(); at += rowBytes) {
      target.put(rows.slice((int) at, part));
    }
    return target.flip();
  }

  /** A buffer of elements that all have the dataset's fill value: zero, if none is defined. */
  private ByteBuffer filled(int length) {
    byte[] bytes = new byte[length];
    ByteBuffer fill = fillValue();
    if (fill.remaining() == dataset.getDataType().getSize() && !dataset.isVariableLength()) {
      byte[] element = new byte[fill.remaining()];
      fill.get(element);
      for (int i = 0; i < length; i += element.length) {
        System.arraycopy(element, 0, bytes, i, element.length);
      }
    }
    return ByteBuffer.wrap(bytes);
  }

  private ByteBuffer fillValue() {
    if (dataset.getHeader().hasMessageOfType(FillValueMessage.class)) {
      FillValueMessage fill = dataset.getHeader().getMessageOfType(FillValueMessage.class);
      return fill.isFillValueDefined() ? fill.getFillValue() : ByteBuffer.allocate(0);
    }
    if (dataset.getHeader().hasMessageOfType(FillValueOldMessage.class)) {
      return dataset.getHeader().getMessageOfType(FillValueOldMessage.class).getFillValue();
    }
    return ByteBuffer.allocate(0);
  }

  private Object decode(ByteBuffer bytes, int count) {
    DataType stored = dataset.getDataType();
    if (stored instanceof FixedPoint number && !number.isSigned() && number.getSize() == 8) {
      return unsigned(bytes.order(number.getByteOrder()).asLongBuffer(), count);
    }
    if (stored instanceof StringData fixed) {
      return HdfText.fixed(fixed, bytes, count);
    }
    if (stored instanceof VariableLength) {
      return HdfText.ofAnyLength(file().storage(), bytes, count);
    }
    return stored.fillData(bytes, new int[] {count}, file().storage());
  }

  /** jHDF would make a BigInteger of each. */
  private long[] unsigned(LongBuffer stored, int count) {
    long[] values = new long[count];
    stored.get(values);
    for (long value : values) {
      if (value < 0) {
        throw new InvalidInputException(
            file().name()
                + ": "
                + path()
                + " holds "
                + Long.toUnsignedString(value)
                + "; integers below 2^63 are read.");
      }
    }
    return values;
  }

  /** Copies what jHDF decoded into the array of the wider type. */
  private void widen(Object from, Object to, int at) {
    int length = Array.getLength(from);
    if (to instanceof double[] doubles && from instanceof float[] floats) {
      for (int i = 0; i < length; i++) {
        doubles[at + i] = floats[i];
      }
    } else if (to instanceof long[] longs && from instanceof int[] ints) {
      for (int i = 0; i < length; i++) {
        longs[at + i] = ints[i];
      }
    } else if (to instanceof long[] longs && from instanceof short[] shorts) {
      for (int i = 0; i < length; i++) {
        longs[at + i] = shorts[i];
      }
    } else if (to instanceof long[] longs && from instanceof byte[] bytes) {
      for (int i = 0; i < length; i++) {
        longs[at + i] = bytes[i];
      }
    } else if (to instanceof boolean[] flags && from instanceof String[] names) {
      for (int i = 0; i < length; i++) {
        flags[at + i] = "TRUE".equals(names[i]);
      }
    } else if (to instanceof String[] paths && from instanceof long[] addresses) {
      for (int i = 0; i < length; i++) {
        paths[at + i] = file().pathOf(addresses[i]).orElse(null);
      }
    } else {
      System.arraycopy(from, 0, to, at, length);
    }
  }

  /** The value of a scalar, or the first of an array, as text; empty where there is none. */
  String text() {
    return rows() == 0 ? "" : String.valueOf(Array.get(read(0, 1), 0));
  }

  /** Values as doubles, integers converted. */
  double[] doubles(long from, long to) {
    return doubles(from, to, 0, columns());
  }

  /** As {@link #read(long, long, long, long)}, integers converted to doubles. */
  double[] doubles(long from, long to, long low, long high) {
    Object values = read(from, to, low, high);
    if (values instanceof double[] doubles) {
      return doubles;
    }
    if (values instanceof long[] longs) {
      return Arrays.stream(longs).asDoubleStream().toArray();
    }
    throw new InvalidInputException(
        file().name() + ": " + path() + " must hold numbers but holds " + type() + " values.");
  }

  /**
   * Whether {@link #doubles(long, long, double[], int)} reads parts without more work than for the
   * whole: doubles in one dimension.
   */
  boolean hasStreamOfDoubles() {
    return shape.length == 1
        && dataset.getDataType() instanceof FloatingPoint number
        && number.getSize() == Double.BYTES
        && (dataset instanceof ContiguousDataset || dataset instanceof ChunkedDatasetBase);
  }

  /**
   * Reads values {@code from} … {@code to − 1} into {@code target}, from {@code at} on; only where
   * {@link #hasStreamOfDoubles}. Ascending ranges decompress no chunk twice.
   */
  void doubles(long from, long to, double[] target, int at) {
    ByteOrder order = ((FloatingPoint) dataset.getDataType()).getByteOrder();
    try {
      if (dataset instanceof ChunkedDatasetBase) {
        chunks().doubles(from, to, order, fill(order), target, at);
        return;
      }
      long address = ((ContiguousDataset) dataset).getDataAddress();
      if (address == Constants.UNDEFINED_ADDRESS) {
        Arrays.fill(target, at, at + (int) (to - from), fill(order));
      } else {
        file().read(address + from * Double.BYTES, order, target, at, (int) (to - from));
      }
    } catch (RuntimeException e) {
      throw file().unreadable(path(), e);
    }
  }

  private double fill(ByteOrder order) {
    ByteBuffer fill = fillValue();
    return fill.remaining() == Double.BYTES ? fill.order(order).getDouble(fill.position()) : 0;
  }

  /** Values as integers. */
  long[] longs(long from, long to) {
    if (type() != NwbType.LONG) {
      throw new InvalidInputException(
          file().name() + ": " + path() + " must hold integers but holds " + type() + " values.");
    }
    return (long[]) read(from, to);
  }
}
