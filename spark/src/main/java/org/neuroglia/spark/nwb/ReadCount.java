package org.neuroglia.spark.nwb;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.sql.connector.metric.CustomMetric;
import org.apache.spark.sql.connector.metric.CustomTaskMetric;
import org.neuroglia.nwb.ReadOnlyChannel;

/**
 * How many files a task opens and how many bytes it reads of them, which Spark shows with the scan.
 */
final class ReadCount {
  private final AtomicLong files = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();

  /** Counts a file, and from now on what is read of it. */
  SeekableByteChannel counting(SeekableByteChannel file) {
    files.incrementAndGet();
    return new Counted(file);
  }

  CustomTaskMetric[] values() {
    return new CustomTaskMetric[] {
      new Value(FilesOpenedMetric.NAME, files.get()), new Value(BytesReadMetric.NAME, bytes.get()),
    };
  }

  static CustomMetric[] metrics() {
    return new CustomMetric[] {new FilesOpenedMetric(), new BytesReadMetric()};
  }

  private record Value(String name, long value) implements CustomTaskMetric {}

  private final class Counted extends ReadOnlyChannel {
    private final SeekableByteChannel file;

    Counted(SeekableByteChannel file) {
      this.file = file;
    }

    @Override
    public int read(ByteBuffer destination) throws IOException {
      int count = file.read(destination);
      bytes.addAndGet(Math.max(0, count));
      return count;
    }

    @Override
    public long position() throws IOException {
      return file.position();
    }

    @Override
    public SeekableByteChannel position(long newPosition) throws IOException {
      file.position(newPosition);
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
}
