package org.neuroglia.nwb;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.function.ThrowingConsumer;

/** The files of the folder that the system property {@code shared.data.dir} names. */
public final class SharedFiles {
  private static final Path FOLDER = Path.of(System.getProperty("shared.data.dir", "none"));

  private SharedFiles() {}

  /** Skips the test where the folder is not there. */
  public static Path file(String name) {
    assumeTrue(Files.isDirectory(FOLDER), "no folder shared.data.dir");
    return FOLDER.resolve(name);
  }

  /** All NWB files below a folder. */
  public static List<Path> below(String folder) {
    try (Stream<Path> files = Files.walk(file(folder))) {
      return files.filter(f -> f.toString().endsWith(".nwb")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A test for each file below a folder; one that is skipped where the folder is not there. */
  static List<DynamicTest> tests(String folder, ThrowingConsumer<Path> check) {
    if (!Files.isDirectory(FOLDER)) {
      return List.of(DynamicTest.dynamicTest("no shared files", () -> file(folder)));
    }
    return below(folder).stream()
        .map(
            path ->
                DynamicTest.dynamicTest(path.getFileName().toString(), () -> check.accept(path)))
        .toList();
  }
}
