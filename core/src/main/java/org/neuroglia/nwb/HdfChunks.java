package org.neuroglia.nwb;

import io.jhdf.Constants;
import io.jhdf.dataset.DatasetBase;
import io.jhdf.dataset.NoParent;
import io.jhdf.dataset.chunked.Chunk;
import io.jhdf.dataset.chunked.ChunkOffset;
import io.jhdf.dataset.chunked.ChunkedDatasetBase;
import io.jhdf.dataset.chunked.ChunkedDatasetV3;
import io.jhdf.dataset.chunked.ChunkedDatasetV4;
import io.jhdf.filter.FilterManager;
import io.jhdf.object.message.FilterPipelineMessage;
import io.jhdf.object.message.FilterPipelineMessage.FilterInfo;
import io.jhdf.storage.HdfBackingStorage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.neuroglia.nwb.Inflaters.Bytes;

/**
 * Gathers the bytes of rows of a chunked dataset; each chunk is decompressed once, in parallel. Or
 * takes doubles of ascending ranges, for which the last chunk is kept.
 *
 * <p>gzip and shuffle, the filters of nearly all files, are undone here: jHDF's take longer than
 * the zlib that both call.
 */
final class HdfChunks {
  private static final int GZIP = 1;
  private static final int SHUFFLE = 2;
  private static final int FLETCHER32 = 3;
  private static final int BITSHUFFLE = 32008;

  /** Room behind a chunk for the end of its stream to be seen, or for a check sum. */
  private static final int SPARE = 16;

  private final Hdf file;
  private final Map<ChunkOffset, Chunk> chunks;
  private final List<FilterInfo> filters;
  private final long[] shape;
  private final int[] chunkShape;
  private final int elementBytes;
  private Kept kept;

  private HdfChunks(Hdf file, ChunkedDatasetBase dataset, Map<ChunkOffset, Chunk> chunks) {
    this.file = file;
    this.chunks = chunks;
    this.filters =
        dataset.getHeader().hasMessageOfType(FilterPipelineMessage.class)
            ? dataset.getHeader().getMessageOfType(FilterPipelineMessage.class).getFilters()
            : List.of();
    this.shape = dataset.getDimensionsAsLong();
    this.chunkShape = dataset.getChunkDimensions();
    this.elementBytes = dataset.getDataType().getSize();
  }

  static HdfChunks of(Hdf file, long address, DatasetBase dataset) {
    if (dataset instanceof ChunkedDatasetV3) {
      VersionThree chunked = new VersionThree(file.storage(), address, dataset);
      return new HdfChunks(file, chunked, chunked.getChunkLookup());
    }
    VersionFour chunked = new VersionFour(file.storage(), address, dataset);
    return new HdfChunks(file, chunked, chunked.getChunkLookup());
  }

  // jHDF shows its table of chunks, with the filters that each skipped, to subclasses only.

  private static final class VersionThree extends ChunkedDatasetV3 {
    VersionThree(HdfBackingStorage storage, long address, DatasetBase dataset) {
      super(storage, address, dataset.getName(), NoParent.INSTANCE, dataset.getHeader());
    }

    @Override
    protected Map<ChunkOffset, Chunk> getChunkLookup() {
      return super.getChunkLookup();
    }
  }

  private static final class VersionFour extends ChunkedDatasetV4 {
    VersionFour(HdfBackingStorage storage, long address, DatasetBase dataset) {
      super(storage, address, dataset.getName(), NoParent.INSTANCE, dataset.getHeader());
    }

    @Override
    protected Map<ChunkOffset, Chunk> getChunkLookup() {
      return super.getChunkLookup();
    }
  }

  /**
   * Copies rows {@code from} … {@code to − 1}, and of the second dimension {@code low} … {@code
   * high − 1}, over {@code target}, which holds the fill value for chunks that were never written.
   */
  void read(long from, long to, long low, long high, byte[] target) {
    long[] starts = new long[shape.length];
    long[] ends = shape.clone();
    starts[0] = from;
    ends[0] = to;
    if (shape.length > 1) {
      starts[1] = low;
      ends[1] = high;
    }
    Box wanted = new Box(starts, ends);
    long[] first = new long[shape.length];
    int[] grid = new int[shape.length];
    for (int d = 0; d < shape.length; d++) {
      first[d] = starts[d] / chunkShape[d];
      grid[d] = (int) ((ends[d] + chunkShape[d] - 1) / chunkShape[d] - first[d]);
    }
    int count = Arrays.stream(grid).reduce(1, Math::multiplyExact);
    IntStream.range(0, count).parallel().forEach(i -> copy(offset(i, first, grid), wanted, target));
  }

  /** The part of a dataset that is asked for: in dimension d from {@code starts[d]} on. */
  private record Box(long[] starts, long[] ends) {
    long size(int d) {
      return ends[d] - starts[d];
    }
  }

  /** Where chunk number {@code i} of the grid starts. */
  private long[] offset(int i, long[] first, int[] grid) {
    long[] offset = new long[grid.length];
    for (int d = grid.length - 1; d >= 0; d--) {
      offset[d] = (first[d] + i % grid[d]) * chunkShape[d];
      i /= grid[d];
    }
    return offset;
  }

  private void copy(long[] offset, Box wanted, byte[] target) {
    Chunk chunk = chunks.get(new ChunkOffset(offset));
    if (chunk != null && chunk.getAddress() != Constants.UNDEFINED_ADDRESS) {
      copy(0, decoded(chunk), 0, target, 0, offset, wanted);
    }
  }

  /** The part of a chunk that lies in what is asked for, dimension by dimension. */
  private void copy(
      int d, byte[] chunk, long chunkAt, byte[] target, long at, long[] offset, Box wanted) {
    long low = wanted.starts[d];
    long start = Math.max(low, offset[d]);
    long end = Math.min(wanted.ends[d], offset[d] + chunkShape[d]);
    if (d == shape.length - 1) {
      System.arraycopy(
          chunk,
          (int) ((chunkAt + start - offset[d]) * elementBytes),
          target,
          (int) ((at + start - low) * elementBytes),
          (int) ((end - start) * elementBytes));
      return;
    }
    for (long i = start; i < end; i++) {
      long nextInChunk = (chunkAt + i - offset[d]) * chunkShape[d + 1];
      long next = (at + i - low) * wanted.size(d + 1);
      copy(d + 1, chunk, nextInChunk, target, next, offset, wanted);
    }
  }

  private byte[] decoded(Chunk chunk) {
    byte[] stored = new byte[chunk.getSize()];
    file.read(chunk.getAddress(), ByteBuffer.wrap(stored));
    Bytes bytes = new Bytes(stored, stored.length);
    for (int i = filters.size() - 1; i >= 0; i--) {
      if (!chunk.getFilterMask().get(i)) {
        bytes = decode(filters.get(i), bytes, null);
      }
    }
    // What a chunk lacks must not be taken from the room behind it.
    return bytes.length() < chunkBytes() ? exact(bytes) : bytes.array();
  }

  private int chunkBytes() {
    return Math.toIntExact(
        Arrays.stream(chunkShape).asLongStream().reduce(elementBytes, Math::multiplyExact));
  }

  /**
   * @param room to inflate into, if it is large enough; none, if null
   */
  private Bytes decode(FilterInfo filter, Bytes bytes, byte[] room) {
    return switch (filter.getId()) {
      case GZIP ->
          file.inflaters()
              .inflate(
                  bytes.array(),
                  bytes.length(),
                  room == null ? new byte[Math.addExact(chunkBytes(), SPARE)] : room);
      case SHUFFLE -> {
        int size = filter.getData()[0];
        yield size == 1 ? bytes : whole(ByteShuffle.decode(bytes.array(), bytes.length(), size));
      }
      case FLETCHER32 -> // the check sum stands behind
          new Bytes(bytes.array(), Math.subtractExact(bytes.length(), 4));
      case BITSHUFFLE -> whole(Bitshuffle.decode(exact(bytes), filter.getData()));
      default -> whole(FilterManager.getPipeline(List.of(filter)).decode(exact(bytes)));
    };
  }

  private static Bytes whole(byte[] bytes) {
    return new Bytes(bytes, bytes.length);
  }

  private static byte[] exact(Bytes bytes) {
    return bytes.length() == bytes.array().length
        ? bytes.array()
        : Arrays.copyOf(bytes.array(), bytes.length());
  }

  /**
   * Copies elements {@code from} … {@code to − 1} of a dataset of one dimension of doubles. The
   * last chunk stays decompressed, so that ascending ranges decompress none twice.
   *
   * @param fill for chunks that were never written
   * @param target takes the elements from {@code at} on
   */
  void doubles(long from, long to, ByteOrder order, double fill, double[] target, int at) {
    if (kept == null) {
      kept = new Kept();
    }
    int rows = chunkShape[0];
    for (long i = from; i < to; ) {
      long start = i / rows * rows;
      kept.load(start);
      int low = (int) (i - start);
      int high = (int) Math.min(rows, to - start);
      kept.doubles(low, high, order, fill, target, at);
      at += high - low;
      i = start + high;
    }
  }

  /** A chunk of a dataset of one dimension, in arrays that are used for the next one again. */
  private final class Kept {
    private long start = -1;
    private byte[] stored = new byte[0];
    private byte[] room;
    private Bytes bytes; // none where the chunk was never written
    private boolean shuffled;

    void load(long wanted) {
      if (wanted == start) {
        return;
      }
      start = -1;
      bytes = null;
      Chunk chunk = chunks.get(new ChunkOffset(new long[] {wanted}));
      if (chunk != null && chunk.getAddress() != Constants.UNDEFINED_ADDRESS) {
        decode(chunk);
      }
      start = wanted;
    }

    private void decode(Chunk chunk) {
      int size = chunk.getSize();
      if (stored.length < size) {
        stored = new byte[size + size / 8];
      }
      file.read(chunk.getAddress(), ByteBuffer.wrap(stored, 0, size));
      bytes = new Bytes(stored, size);
      shuffled = false;
      for (int i = filters.size() - 1; i >= 0; i--) {
        if (chunk.getFilterMask().get(i)) {
          continue;
        }
        FilterInfo filter = filters.get(i);
        // Shuffle is undone as elements are taken, which saves a pass over memory.
        if (i == 0 && filter.getId() == SHUFFLE && filter.getData()[0] == Double.BYTES) {
          shuffled = true;
        } else {
          boolean inflates = filter.getId() == GZIP && bytes.array() != room;
          if (inflates && room == null) {
            room = new byte[Math.addExact(chunkBytes(), SPARE)];
          }
          bytes = HdfChunks.this.decode(filter, bytes, inflates ? room : null);
        }
      }
    }

    void doubles(int low, int high, ByteOrder order, double fill, double[] target, int at) {
      if (bytes == null) {
        Arrays.fill(target, at, at + high - low, fill);
        return;
      }
      int count = bytes.length() / Double.BYTES;
      if (high > count) {
        throw new IllegalArgumentException(
            "its chunk from " + start + " on holds " + count + " values of " + chunkShape[0]);
      }
      if (shuffled) {
        ByteShuffle.doubles(bytes.array(), count, low, high, order, target, at);
      } else {
        ByteBuffer.wrap(bytes.array(), 0, bytes.length())
            .order(order)
            .asDoubleBuffer()
            .get(low, target, at, high - low);
      }
    }
  }
}
