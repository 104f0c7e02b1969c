package org.neuroglia.nwb;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.function.ThrowingConsumer;
import org.neuroglia.TestsMustRun;

/**
 * Recordings that lie beside the project on some machines, in the folder that the system property
 * {@code shared.data.dir} names. Tests that need one are skipped elsewhere, or fail where tests
 * must run.
 */
public final class SharedFiles {
  private static final Path FOLDER =
      Path.of(System.getProperty("shared.data.dir", "../../shared/data"));

  private SharedFiles() {}

  /** A file or folder of {@code shared.data.dir}. */
  public static Path file(String name) {
    Path path = FOLDER.resolve(name).normalize();
    TestsMustRun.require(Files.exists(path), "there is no " + path);
    return path;
  }

  /** All NWB files below a folder. */
  public static List<Path> below(String folder) {
    try (Stream<Path> files = Files.walk(file(folder))) {
      List<Path> found = files.filter(f -> f.toString().endsWith(".nwb")).sorted().toList();
      TestsMustRun.require(!found.isEmpty(), "there is no NWB file below " + file(folder));
      return found;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A test for each file below a folder; where the folder is not there, one that says so. */
  static List<DynamicTest> tests(String folder, ThrowingConsumer<Path> check) {
    if (!Files.isDirectory(FOLDER.resolve(folder))) {
      return List.of(DynamicTest.dynamicTest("no shared files", () -> file(folder)));
    }
    return below(folder).stream()
        .map(
            path ->
                DynamicTest.dynamicTest(path.getFileName().toString(), () -> check.accept(path)))
        .toList();
  }
}
