package org.neuroglia.spark.lake;

import java.io.IOException;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.DelegateToFileSystem;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/**
 * Local files under {@code dying://}, which after some changes are changed no more, as if the
 * program had been killed then.
 */
public final class DyingFileSystem extends RawLocalFileSystem {
  private static final AtomicInteger LEFT = new AtomicInteger(Integer.MAX_VALUE);

  /** The same for Hadoop's other interface, which Delta uses for its log. */
  public static final class Context extends DelegateToFileSystem {
    public Context(URI uri, Configuration configuration)
        throws IOException, java.net.URISyntaxException {
      super(uri, new DyingFileSystem(), configuration, "dying", false);
    }

    @Override
    public int getUriDefaultPort() {
      return -1;
    }
  }

  static void liveFor(int changes) {
    LEFT.set(changes);
  }

  static boolean isDead() {
    return LEFT.get() < 0;
  }

  private static void change() throws IOException {
    if (LEFT.decrementAndGet() < 0) {
      throw new IOException("killed");
    }
  }

  @Override
  public URI getUri() {
    return URI.create("dying:///");
  }

  @Override
  public FSDataOutputStream create(
      Path file,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    change();
    return super.create(file, overwrite, bufferSize, replication, blockSize, progress);
  }

  @Override
  public FSDataOutputStream create(
      Path file,
      FsPermission permission,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    change();
    return super.create(file, permission, overwrite, bufferSize, replication, blockSize, progress);
  }

  @Override
  public boolean rename(Path from, Path to) throws IOException {
    change();
    return super.rename(from, to);
  }

  @Override
  public boolean delete(Path file, boolean recursive) throws IOException {
    if (isDead()) {
      throw new IOException("killed");
    }
    return super.delete(file, recursive);
  }

  @Override
  public boolean mkdirs(Path folder, FsPermission permission) throws IOException {
    change();
    return super.mkdirs(folder, permission);
  }
}
