package org.neuroglia.spark.nwb;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import org.apache.hadoop.fs.FSDataInputStream;
import org.neuroglia.nwb.ReadOnlyChannel;

/** A Hadoop stream as a channel; a read returns what one read of the stream returns. */
final class HadoopChannel extends ReadOnlyChannel {
  private final FSDataInputStream stream;
  private final long size;
  private boolean open = true;
  private byte[] bytes; // for buffers outside of the heap, on their way

  HadoopChannel(FSDataInputStream stream, long size) {
    this.stream = stream;
    this.size = size;
  }

  @Override
  public int read(ByteBuffer destination) throws IOException {
    if (destination.hasArray()) {
      int at = destination.arrayOffset() + destination.position();
      int count = stream.read(destination.array(), at, destination.remaining());
      destination.position(destination.position() + Math.max(0, count));
      return count;
    }
    if (bytes == null) {
      bytes = new byte[1 << 16];
    }
    int count = stream.read(bytes, 0, Math.min(destination.remaining(), bytes.length));
    destination.put(bytes, 0, Math.max(0, count));
    return count;
  }

  @Override
  public long position() throws IOException {
    return stream.getPos();
  }

  @Override
  public SeekableByteChannel position(long newPosition) throws IOException {
    if (newPosition != stream.getPos()) {
      stream.seek(newPosition);
    }
    return this;
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public void close() throws IOException {
    open = false;
    stream.close();
  }
}
