package org.neuroglia.spark.nwb;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.neuroglia.nwb.ReadOnlyChannel;

/**
 * A file of the local file system without Hadoop's stream between, which copies what it reads twice
 * more. The bytes are counted for Hadoop's statistics, from which Spark has the input of a task.
 */
final class LocalChannel extends ReadOnlyChannel {
  private final FileChannel file;
  private final FileSystem.Statistics statistics;
  private long position;

  private LocalChannel(FileChannel file, FileSystem.Statistics statistics) {
    this.file = file;
    this.statistics = statistics;
  }

  /**
   * Opens a file; nothing where Hadoop's stream is needed: for other file systems, for a file with
   * check sums beside it ({@code .name.crc}), which that stream verifies, and for what is no file.
   */
  static Optional<SeekableByteChannel> open(FileSystem system, Path path) throws IOException {
    if (system.getClass() != LocalFileSystem.class) {
      return Optional.empty();
    }
    LocalFileSystem local = (LocalFileSystem) system;
    if (local.getRawFileSystem().getClass() != RawLocalFileSystem.class
        || !local.pathToFile(path).isFile()
        || local.pathToFile(local.getChecksumFile(path)).exists()) {
      return Optional.empty();
    }
    return Optional.of(
        new LocalChannel(
            FileChannel.open(local.pathToFile(path).toPath(), StandardOpenOption.READ),
            statistics(local)));
  }

  @SuppressWarnings("deprecation") // what replaces it can only be read
  private static FileSystem.Statistics statistics(LocalFileSystem local) {
    return FileSystem.getStatistics(local.getScheme(), RawLocalFileSystem.class);
  }

  @Override
  public int read(ByteBuffer destination) throws IOException {
    int count = file.read(destination, position);
    if (count > 0) {
      position += count;
      statistics.incrementBytesRead(count);
    }
    return count;
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
  public long size() throws IOException {
    return file.size();
  }

  @Override
  public boolean isOpen() {
    return file.isOpen();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
