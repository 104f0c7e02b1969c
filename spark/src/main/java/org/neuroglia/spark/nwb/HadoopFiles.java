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
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.util.functional.FutureIO;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;
import org.neuroglia.InvalidInputException;
import org.neuroglia.nwb.NwbFile;

/** NWB files in any file system that Hadoop knows. */
public final class HadoopFiles {
  /**
   * What stands between the scheme of a URL and its host: a user, and a password if any. One with a
   * slash, as keys of S3 have, should have been encoded but may not be; a number is a port.
   */
  private static final Pattern USER =
      Pattern.compile(
          "([a-zA-Z][a-zA-Z0-9+.-]*)://([^/\\s]+|[^/:@\\s]+:(?!\\d+(?:/|$))[^@\\s]+"
              + "|(?<=(?i:s3[an]?)://)[^/:@\\s]+:[^@\\s]+)@"); // a bucket has no port

  /** Schemes of Azure, which have the container where others have the user. */
  private static final Pattern AZURE = Pattern.compile("(?i)abfss?|wasbs?");

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
      return NwbFile.open(
          local.isPresent()
              ? local.get()
              : stream(system, path, system.getFileStatus(path).getLen()),
          shown(file));
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  /**
   * Opens a file of which a listing told the length, so that the store is not asked for it.
   *
   * @param count counts what is read
   */
  static NwbFile open(Listed file, Configuration configuration, ReadCount count) {
    try {
      Path path = new Path(file.file());
      FileSystem system = path.getFileSystem(configuration);
      Optional<SeekableByteChannel> local = LocalChannel.open(system, path);
      SeekableByteChannel channel =
          local.isPresent() ? local.get() : stream(system, path, file.size());
      return NwbFile.open(count.counting(channel), shown(file.file()));
    } catch (IOException e) {
      throw unreadable(file.file(), e);
    }
  }

  /**
   * Reads jump back and forth. A store that knows length and way of reading beforehand opens a file
   * without a request, and asks for no more than is read; other file systems ignore the options.
   */
  private static SeekableByteChannel stream(FileSystem system, Path path, long length)
      throws IOException {
    CompletableFuture<FSDataInputStream> opening =
        system
            .openFile(path)
            .optLong(Options.OpenFileOptions.FS_OPTION_OPENFILE_BUFFER_SIZE, READ_AHEAD)
            .opt(Options.OpenFileOptions.FS_OPTION_OPENFILE_READ_POLICY, "random")
            .optLong(Options.OpenFileOptions.FS_OPTION_OPENFILE_LENGTH, length)
            .build();
    return new HadoopChannel(FutureIO.awaitFuture(opening), length);
  }

  private static InvalidInputException unreadable(String file, IOException e) {
    return new InvalidInputException(shown(file) + " cannot be read: " + e.getMessage() + ".", e);
  }

  /** A path as people may see it: local files without {@code file:}, URLs without their user. */
  public static String shown(String file) {
    return withoutUser(file.replaceFirst("^file:/+", "/"));
  }

  /**
   * A text whose URLs, such as {@code s3a://KEY:SECRET@bucket/data}, have stars for user and
   * password.
   */
  public static String withoutUser(String text) {
    return USER.matcher(text)
        .replaceAll(
            url ->
                AZURE.matcher(url.group(1)).matches() && !url.group(2).contains(":")
                    ? Matcher.quoteReplacement(url.group())
                    : url.group(1) + "://***@");
  }

  /** How to reach files, sent to tasks once: it has a thousand settings. */
  static Broadcast<SerializableConfiguration> broadcast(Configuration configuration) {
    return JavaSparkContext.fromSparkContext(SparkSession.active().sparkContext())
        .broadcast(new SerializableConfiguration(configuration));
  }
}
