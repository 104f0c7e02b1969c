package org.neuroglia.spark;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Recordings that lie beside the project on some machines; tests that need one are skipped
 * elsewhere.
 */
public final class SharedData {
  private SharedData() {}

  /** A file or folder of {@code shared.data.dir}; skips the test where it is not there. */
  public static Path require(String name) {
    return existing(Path.of(System.getProperty("shared.data.dir", "../../shared/data")), name);
  }

  /** A file or folder of {@code golden.dir}; skips the test where it is not there. */
  public static Path requireGolden(String name) {
    return existing(Path.of(System.getProperty("golden.dir", "../../shared/golden")), name);
  }

  private static Path existing(Path directory, String name) {
    Path path = directory.resolve(name).normalize();
    assumeTrue(Files.exists(path), () -> "skipped: there is no " + path);
    return path;
  }
}
