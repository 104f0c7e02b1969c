package org.neuroglia.nwb;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A read-only channel whose {@code read} always fills the buffer, whatever the channel beneath
 * returns per read, and which asks that channel for few, larger pieces.
 *
 * <p>jHDF takes a short read for a full one and goes on with zeros, so a read that cannot be filled
 * fails here. The metadata of HDF5 are thousands of reads of a few bytes; they are served from a
 * small cache of pages, since each may be a round trip to a store. Not thread-safe.
 */
final class PagedChannel extends ReadOnlyChannel {
  private static final int PAGE = 1 << 12;
  private static final int PAGES = 256;

  private final SeekableByteChannel source;
  private final long size;
  private final Map<Long, byte[]> pages =
      new LinkedHashMap<>(PAGES, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, byte[]> eldest) {
          return size() > PAGES;
        }
      };
  private long position;

  PagedChannel(SeekableByteChannel source) throws IOException {
    this.source = source;
    this.size = source.size();
  }

  @Override
  public int read(ByteBuffer destination) throws IOException {
    int length = destination.remaining();
    if (length > size - position) {
      throw new EOFException(
          "the file ends at byte " + size + ", where " + length + " were needed from " + position);
    }
    if (length >= PAGE) {
      fill(destination, position);
    } else {
      while (destination.hasRemaining()) {
        byte[] page = page(position / PAGE);
        int start = (int) (position % PAGE);
        int count = Math.min(destination.remaining(), page.length - start);
        destination.put(page, start, count);
        position += count;
      }
      return length;
    }
    position += length;
    return length;
  }

  private byte[] page(long number) throws IOException {
    byte[] page = pages.get(number);
    if (page == null) {
      page = new byte[(int) Math.min(PAGE, size - number * PAGE)];
      fill(ByteBuffer.wrap(page), number * PAGE);
      pages.put(number, page);
    }
    return page;
  }

  private void fill(ByteBuffer destination, long from) throws IOException {
    source.position(from);
    while (destination.hasRemaining()) {
      if (source.read(destination) < 0) {
        throw new EOFException("the stream ended before byte " + size);
      }
    }
  }

  @Override
  public long position() {
    return position;
  }

  @Override
  public SeekableByteChannel position(long newPosition) {
    position = newPosition;
    return this;
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public boolean isOpen() {
    return source.isOpen();
  }

  @Override
  public void close() throws IOException {
    source.close();
  }
}
