package org.neuroglia.spark.lake;

import java.io.IOException;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSInputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/**
 * Local files under {@code object://}, read through streams only, as those of an object store: how
 * often files were opened, how many bytes were read, and a stretch of a file that cannot be read.
 */
public final class CountedFileSystem extends RawLocalFileSystem {
  static final AtomicInteger OPENED = new AtomicInteger();
  static final AtomicLong READ = new AtomicLong();
  static final Set<String> FILES = ConcurrentHashMap.newKeySet();
  private static volatile String badFile = "";
  private static volatile long badFrom;

  static void reset() {
    OPENED.set(0);
    READ.set(0);
    badFile = "";
  }

  /** From this byte on for a kilobyte the disk is broken. */
  static void breakDisk(String file, long from) {
    badFile = file;
    badFrom = from;
  }

  @Override
  public URI getUri() {
    return URI.create("object:///");
  }

  @Override
  public FSDataInputStream open(Path file, int bufferSize) throws IOException {
    OPENED.incrementAndGet();
    FILES.add(file.toString());
    boolean bad = file.getName().equals(badFile);
    return new FSDataInputStream(new CountedStream(super.open(file, bufferSize), bad));
  }

  private static final class CountedStream extends FSInputStream {
    private final FSDataInputStream stream;
    private final boolean bad;

    CountedStream(FSDataInputStream stream, boolean bad) {
      this.stream = stream;
      this.bad = bad;
    }

    @Override
    public int read() throws IOException {
      READ.incrementAndGet();
      return stream.read();
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      long at = stream.getPos();
      if (bad && at + length > badFrom && at < badFrom + 1024) {
        throw new IOException("Input/output error");
      }
      int count = stream.read(bytes, offset, length);
      READ.addAndGet(Math.max(0, count));
      return count;
    }

    @Override
    public void seek(long position) throws IOException {
      stream.seek(position);
    }

    @Override
    public long getPos() throws IOException {
      return stream.getPos();
    }

    @Override
    public boolean seekToNewSource(long target) {
      return false;
    }

    @Override
    public void close() throws IOException {
      stream.close();
    }
  }
}
