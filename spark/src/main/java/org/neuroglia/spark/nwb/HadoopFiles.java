package org.neuroglia.spark.nwb;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.neuroglia.InvalidInputException;
import org.neuroglia.nwb.NwbFile;

/** NWB files in any file system that Hadoop knows. */
public final class HadoopFiles {
  /** Headers lie scattered: Spark's default of 64 KiB would read most of a small file for them. */
  private static final int READ_AHEAD = 1 << 12;

  private HadoopFiles() {}

  /**
   * The files that paths, globs and folders mean: those of a folder are all {@code *.nwb} below, by
   * name; each file once.
   *
   * @throws InvalidInputException for a path without a file
   */
  public static List<String> resolve(List<String> paths, Configuration configuration) {
    Set<String> files = new LinkedHashSet<>();
    for (String path : paths) {
      List<String> found = resolve(path, configuration);
      if (found.isEmpty()) {
        throw new InvalidInputException("There is no NWB file (*.nwb) in " + path + ".");
      }
      files.addAll(found);
    }
    return List.copyOf(files);
  }

  private static List<String> resolve(String path, Configuration configuration) {
    List<String> files = new ArrayList<>();
    try {
      FileSystem system = new Path(path).getFileSystem(configuration);
      for (FileStatus found : matches(system, new Path(path))) {
        if (found.isDirectory()) {
          files.addAll(below(system, found.getPath()));
        } else {
          files.add(found.getPath().toString());
        }
      }
      return files;
    } catch (FileNotFoundException e) {
      throw new InvalidInputException("There is no file " + path + ".", e);
    } catch (IOException | IllegalArgumentException e) {
      throw new InvalidInputException(path + " cannot be read: " + e.getMessage() + ".", e);
    }
  }

  private static FileStatus[] matches(FileSystem system, Path path) throws IOException {
    if (system.exists(path)) {
      return new FileStatus[] {system.getFileStatus(path)}; // a name may look like a glob
    }
    FileStatus[] matches = system.globStatus(path);
    if (matches == null || matches.length == 0) {
      throw new FileNotFoundException(path.toString());
    }
    return matches;
  }

  private static List<String> below(FileSystem system, Path folder) throws IOException {
    List<String> files = new ArrayList<>();
    RemoteIterator<LocatedFileStatus> all = system.listFiles(folder, true);
    while (all.hasNext()) {
      Path file = all.next().getPath();
      if (file.getName().endsWith(".nwb") && !file.getName().startsWith(".")) {
        files.add(file.toString());
      }
    }
    files.sort(null);
    return files;
  }

  /**
   * Opens a file.
   *
   * @param file one of those that {@link #resolve} names
   */
  public static NwbFile open(String file, Configuration configuration) {
    try {
      Path path = new Path(file);
      FileSystem system = path.getFileSystem(configuration);
      Optional<SeekableByteChannel> local = LocalChannel.open(system, path);
      SeekableByteChannel channel =
          local.isPresent()
              ? local.get()
              : new HadoopChannel(
                  system.open(path, READ_AHEAD), system.getFileStatus(path).getLen());
      return NwbFile.open(channel, shown(file));
    } catch (IOException e) {
      throw new InvalidInputException(file + " cannot be read: " + e.getMessage() + ".", e);
    }
  }

  /** A path as people write it: local files without {@code file:}. */
  public static String shown(String file) {
    return file.replaceFirst("^file:/+", "/");
  }
}
