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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Gathers the bytes of rows of a chunked dataset; each chunk is decompressed once, in parallel. */
final class HdfChunks {
  private static final int FLETCHER32 = 3;
  private static final int BITSHUFFLE = 32008;

  private final HdfBackingStorage storage;
  private final Map<ChunkOffset, Chunk> chunks;
  private final List<FilterInfo> filters;
  private final long[] shape;
  private final int[] chunkShape;
  private final int elementBytes;

  private HdfChunks(
      HdfBackingStorage storage, ChunkedDatasetBase dataset, Map<ChunkOffset, Chunk> chunks) {
    this.storage = storage;
    this.chunks = chunks;
    this.filters =
        dataset.getHeader().hasMessageOfType(FilterPipelineMessage.class)
            ? dataset.getHeader().getMessageOfType(FilterPipelineMessage.class).getFilters()
            : List.of();
    this.shape = dataset.getDimensionsAsLong();
    this.chunkShape = dataset.getChunkDimensions();
    this.elementBytes = dataset.getDataType().getSize();
  }

  static HdfChunks of(HdfBackingStorage storage, long address, DatasetBase dataset) {
    if (dataset instanceof ChunkedDatasetV3) {
      VersionThree chunked = new VersionThree(storage, address, dataset);
      return new HdfChunks(storage, chunked, chunked.getChunkLookup());
    }
    VersionFour chunked = new VersionFour(storage, address, dataset);
    return new HdfChunks(storage, chunked, chunked.getChunkLookup());
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
    ByteBuffer stored = storage.readBufferFromAddress(chunk.getAddress(), chunk.getSize());
    byte[] bytes = stored.array();
    for (int i = filters.size() - 1; i >= 0; i--) {
      if (!chunk.getFilterMask().get(i)) {
        bytes = decode(filters.get(i), bytes);
      }
    }
    return bytes;
  }

  private static byte[] decode(FilterInfo filter, byte[] bytes) {
    return switch (filter.getId()) {
      case FLETCHER32 -> Arrays.copyOf(bytes, bytes.length - 4); // the check sum stands behind
      case BITSHUFFLE -> Bitshuffle.decode(bytes, filter.getData());
      default -> FilterManager.getPipeline(List.of(filter)).decode(bytes);
    };
  }
}
