package org.neuroglia.nwb;

import java.nio.ByteBuffer;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;

/** A channel that reads; what would change the file throws. */
public abstract class ReadOnlyChannel implements SeekableByteChannel {
  /**
   * Always throws.
   *
   * @throws NonWritableChannelException since the channel only reads
   */
  @Override
  public final int write(ByteBuffer source) {
    throw new NonWritableChannelException();
  }

  /**
   * Always throws.
   *
   * @throws NonWritableChannelException since the channel only reads
   */
  @Override
  public final SeekableByteChannel truncate(long newSize) {
    throw new NonWritableChannelException();
  }
}
