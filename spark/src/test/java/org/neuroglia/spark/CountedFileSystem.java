package org.neuroglia.spark;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.RawLocalFileSystem;

/**
 * Local files under {@code counted://}, which can only be read as streams, as of an object store;
 * it counts how many are opened and how many bytes are read of them, and can break as a disk does.
 */
public final class CountedFileSystem extends RawLocalFileSystem {
  private static final AtomicLong OPENED = new AtomicLong();
  private static final AtomicLong BYTES = new AtomicLong();
  private static final Set<String> NAMES = ConcurrentHashMap.newKeySet();
  private static volatile String brokenFile = "";
  private static volatile long brokenFrom;

  /**
   * What was read.
   *
   * @param files how many were opened, each as often as it was
   * @param names of these files
   */
  public record Count(long files, long bytes, Set<String> names) {}

  /** The address of a file or folder. */
  public static String address(Path path) {
    LocalSpark.session()
        .sparkContext()
        .hadoopConfiguration()
        .set("fs.counted.impl", CountedFileSystem.class.getName());
    return "counted://" + path.toAbsolutePath().normalize();
  }

  /** What was read since the last call. */
  public static Count since() {
    Count count = new Count(OPENED.getAndSet(0), BYTES.getAndSet(0), Set.copyOf(NAMES));
    NAMES.clear();
    return count;
  }

  /** Files of this name cannot be read from this byte on for a kilobyte; none, if it is empty. */
  public static void breakDisk(String name, long from) {
    brokenFile = name;
    brokenFrom = from;
  }

  @Override
  public URI getUri() {
    return URI.create("counted:///");
  }

  @Override
  public FSDataInputStream open(org.apache.hadoop.fs.Path file, int bufferSize) throws IOException {
    OPENED.incrementAndGet();
    NAMES.add(file.getName());
    boolean broken = file.getName().equals(brokenFile);
    return new FSDataInputStream(new CountedStream(super.open(file, bufferSize), broken));
  }

  // A listing tells paths and sizes, and nothing that only files of a disk have.

  @Override
  public FileStatus getFileStatus(org.apache.hadoop.fs.Path path) throws IOException {
    return status(super.getFileStatus(path));
  }

  @Override
  public FileStatus[] listStatus(org.apache.hadoop.fs.Path path) throws IOException {
    FileStatus[] files = super.listStatus(path);
    Arrays.setAll(files, i -> status(files[i]));
    return files;
  }

  private static FileStatus status(FileStatus of) {
    return new FileStatus(
        of.getLen(),
        of.isDirectory(),
        1,
        of.getBlockSize(),
        of.getModificationTime(),
        of.getPath());
  }

  private static final class CountedStream extends FSInputStream {
    private final FSDataInputStream stream;
    private final boolean broken;

    CountedStream(FSDataInputStream stream, boolean broken) {
      this.stream = stream;
      this.broken = broken;
    }

    @Override
    public int read() throws IOException {
      int value = stream.read();
      BYTES.addAndGet(value < 0 ? 0 : 1);
      return value;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      long at = stream.getPos();
      if (broken && at + length > brokenFrom && at < brokenFrom + 1024) {
        throw new IOException("Input/output error");
      }
      int count = stream.read(bytes, offset, length);
      BYTES.addAndGet(Math.max(0, count));
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
