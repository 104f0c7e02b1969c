package org.neuroglia.spark.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.neuroglia.InvalidInputException;

/**
 * The folder {@code --out}, in whatever file system: written under another name beside it, and
 * renamed when all is there. A command that fails leaves what was there before.
 */
final class OutputFolder implements AutoCloseable {
  private final FileSystem files;
  private final Path target;
  private final Path unfinished;
  private boolean finished;

  private OutputFolder(FileSystem files, Path target) {
    this.files = files;
    this.target = target;
    this.unfinished = sibling("unfinished");
  }

  /**
   * Begins a folder.
   *
   * @param overwrite whether a folder of that name may be replaced
   * @param ours the names of files that the command writes: a folder that holds anything else is
   *     not replaced
   * @throws InvalidInputException if it exists and may not be replaced, or cannot be written
   */
  static OutputFolder begin(
      String folder, boolean overwrite, Set<String> ours, Configuration hadoop) {
    try {
      FileSystem files = new Path(folder).getFileSystem(hadoop);
      Path target = files.makeQualified(new Path(folder));
      if (target.getParent() == null) {
        throw new InvalidInputException(
            "--out " + folder + " is the root of a file system; name a folder in it.");
      }
      OutputFolder output = new OutputFolder(files, target);
      output.requireReplaceable(overwrite, ours);
      if (!files.mkdirs(output.unfinished)) {
        throw new IOException("its parent cannot be written");
      }
      files.deleteOnExit(output.unfinished); // for Ctrl-C; of use only once it is there
      return output;
    } catch (InvalidInputException e) {
      throw e;
    } catch (IOException | IllegalArgumentException e) {
      throw cannotWrite(folder, e);
    }
  }

  private void requireReplaceable(boolean overwrite, Set<String> ours) throws IOException {
    if (!files.exists(target)) {
      return;
    }
    if (!overwrite) {
      throw new InvalidInputException(
          "--out " + shown(target) + " exists already: name another folder, or add --overwrite.");
    }
    if (!files.getFileStatus(target).isDirectory()) {
      throw new InvalidInputException("--out " + shown(target) + " is a file; a folder is needed.");
    }
    List<String> foreign = new ArrayList<>();
    for (FileStatus file : files.listStatus(target)) {
      if (!ours.contains(file.getPath().getName())) {
        foreign.add(file.getPath().getName());
      }
    }
    if (!foreign.isEmpty()) {
      throw new InvalidInputException(
          "--out "
              + shown(target)
              + " holds "
              + foreign.get(0)
              + ", which this command did not write: it is not replaced, name another folder.");
    }
  }

  /** Where Spark should write a child of the folder. */
  String path(String child) {
    return new Path(unfinished, child).toString();
  }

  /** Writes a value as JSON, indented, for people and programs. */
  void writeJson(String child, Object value) {
    ObjectMapper json = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    try {
      write(child, (json.writeValueAsString(value) + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** Writes a file. */
  void write(String child, byte[] content) {
    try {
      write(files, new Path(unfinished, child), content);
    } catch (IOException e) {
      throw cannotWrite(shown(target), e);
    }
  }

  private static void write(FileSystem files, Path file, byte[] content) throws IOException {
    files.setWriteChecksum(false); // no .crc file beside it
    try (OutputStream stream = files.create(file)) {
      stream.write(content);
    } finally {
      files.setWriteChecksum(true);
    }
  }

  /**
   * Writes a file into a folder that is finished, whole or not at all, in the place of one that was
   * there.
   *
   * @throws InvalidInputException if it cannot be written
   */
  static void replace(String folder, String child, byte[] content, Configuration hadoop) {
    Path target = new Path(folder, child);
    Path unfinished = new Path(folder, "." + child + "." + UUID.randomUUID() + ".unfinished");
    try {
      FileSystem files = target.getFileSystem(hadoop);
      try {
        write(files, unfinished, content);
        FileContext.getFileContext(files.getUri(), hadoop)
            .rename(
                files.makeQualified(unfinished),
                files.makeQualified(target),
                Options.Rename.OVERWRITE);
      } finally {
        files.delete(unfinished, false);
      }
    } catch (IOException e) {
      throw cannotWrite(target.toString(), "", e);
    }
  }

  /** Gives the folder its name, in the place of one that was there. */
  void finish() {
    try {
      Path replaced = sibling("replaced");
      boolean replaces = files.exists(target);
      if (replaces) {
        rename(target, replaced);
      }
      try {
        rename(unfinished, target);
      } catch (IOException e) {
        if (replaces) {
          rename(replaced, target);
        }
        throw e;
      }
      finished = true;
      if (replaces) {
        files.delete(replaced, true);
      }
    } catch (IOException e) {
      throw cannotWrite(shown(target), e);
    }
  }

  private void rename(Path from, Path to) throws IOException {
    if (!files.rename(from, to)) {
      throw new IOException(shown(from) + " cannot be renamed to " + to.getName());
    }
  }

  /** Removes what is unfinished. */
  @Override
  public void close() {
    try {
      if (!finished) {
        files.delete(unfinished, true);
      }
      files.cancelDeleteOnExit(unfinished);
    } catch (IOException e) {
      // The command has failed already; that is what the user must hear of.
    }
  }

  private Path sibling(String state) {
    return new Path(
        target.getParent(), "." + target.getName() + "." + UUID.randomUUID() + "." + state);
  }

  private static InvalidInputException cannotWrite(String folder, Exception cause) {
    return cannotWrite(folder, "--out ", cause);
  }

  private static InvalidInputException cannotWrite(String file, String option, Exception cause) {
    String message = String.valueOf(cause.getMessage());
    String reason =
        message.contains("No space left on device")
            ? "the disk is full"
            : cause instanceof FileNotFoundException || message.contains("Permission denied")
                ? "access is denied, or a parent is not a folder"
                : message;
    return new InvalidInputException(option + file + " cannot be written: " + reason + ".", cause);
  }

  private static String shown(Path path) {
    return path.toUri().getScheme().equals("file") ? path.toUri().getPath() : path.toString();
  }
}
