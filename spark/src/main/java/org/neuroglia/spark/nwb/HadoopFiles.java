package org.neuroglia.spark.nwb;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.Serializable;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
   * A file as its folder lists it.
   *
   * @param size in bytes
   * @param modified milliseconds since 1970
   */
  public record Listed(String file, long size, long modified) implements Serializable {
    private static Listed of(FileStatus status) {
      return new Listed(status.getPath().toString(), status.getLen(), status.getModificationTime());
    }
  }

  /**
   * The files that paths, globs and folders mean: those of a folder are all {@code *.nwb} below, by
   * name; each file once.
   *
   * @throws InvalidInputException for a path without a file
   */
  public static List<String> resolve(List<String> paths, Configuration configuration) {
    return list(paths, configuration).stream().map(Listed::file).toList();
  }

  /** As {@link #resolve}, with what is known of the files without opening them. */
  public static List<Listed> list(List<String> paths, Configuration configuration) {
    Map<String, Listed> files = new LinkedHashMap<>();
    for (String path : paths) {
      List<Listed> found = list(path, configuration);
      if (found.isEmpty()) {
        throw new InvalidInputException("There is no NWB file (*.nwb) in " + path + ".");
      }
      found.forEach(file -> files.putIfAbsent(file.file(), file));
    }
    return List.copyOf(files.values());
  }

  private static List<Listed> list(String path, Configuration configuration) {
    List<Listed> files = new ArrayList<>();
    try {
      FileSystem system = new Path(path).getFileSystem(configuration);
      for (FileStatus found : matches(system, new Path(path))) {
        if (found.isDirectory()) {
          files.addAll(below(system, found.getPath()));
        } else {
          files.add(Listed.of(found));
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

  private static List<Listed> below(FileSystem system, Path folder) throws IOException {
    List<Listed> files = new ArrayList<>();
    RemoteIterator<LocatedFileStatus> all = system.listFiles(folder, true);
    while (all.hasNext()) {
      LocatedFileStatus file = all.next();
      String name = file.getPath().getName();
      if (name.endsWith(".nwb") && !name.startsWith(".")) {
        files.add(Listed.of(file));
      }
    }
    files.sort(Comparator.comparing(Listed::file));
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
