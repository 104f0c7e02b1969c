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
    NwbType wanted = type();
    long width = width();
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
      long step = rowsPerPiece(Math.max(1, width * dataset.getDataType().getSize()));
      long first = from;
      while (count > 0 && first < to) {
        long last = Math.min(to, (first / step + 1) * step);
        Object piece = decode(bytes(first, last), (int) ((last - first) * width));
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
  private long rowsPerPiece(long rowBytes) {
    long rows = Math.max(1, PIECE / rowBytes);
    if (dataset instanceof ChunkedDatasetBase chunked) {
      int chunkRows = chunked.getChunkDimensions()[0];
      rows = Math.max(1, rows / chunkRows) * chunkRows;
    }
    if (Math.min(rows, rows()) * rowBytes > Integer.MAX_VALUE - 8) {
      throw new InvalidInputException(
          file().name() + ": " + path() + " has chunks or rows of 2 GiB or more.");
    }
    return rows;
  }

  /** The bytes of rows as stored, without filters. */
  private ByteBuffer bytes(long from, long to) {
    int elementBytes = dataset.getDataType().getSize();
    long rowBytes = width() * elementBytes;
    int length = (int) ((to - from) * rowBytes);
    if (dataset instanceof CompactDataset compact) {
      return compact.getDataBuffer().slice((int) (from * rowBytes), length);
    }
    if (dataset instanceof ContiguousDataset contiguous) {
      long address = contiguous.getDataAddress();
      return address == Constants.UNDEFINED_ADDRESS
          ? filled(length)
          : file().storage().readBufferFromAddress(address + from * rowBytes, length);
    }
    ByteBuffer target = filled(length);
    if (chunks == null) {
      chunks = HdfChunks.of(file().storage(), address(), dataset);
    }
    chunks.read(from, to, target.array());
    return target;
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
    Object values = read(from, to);
    if (values instanceof double[] doubles) {
      return doubles;
    }
    if (values instanceof long[] longs) {
      return Arrays.stream(longs).asDoubleStream().toArray();
    }
    throw new InvalidInputException(
        file().name() + ": " + path() + " must hold numbers but holds " + type() + " values.");
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
