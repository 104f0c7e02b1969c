package org.neuroglia.spark.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoCommandTest {
  @TempDir Path folder;

  private Run demo(Path out, String... more) {
    String[] arguments = {"demo", "--units", "8", "--images", "3", "--repeats", "10", "--out"};
    return Run.of(
        java.util.stream.Stream.of(arguments, new String[] {out.toString()}, more)
            .flatMap(java.util.Arrays::stream)
            .toArray(String[]::new));
  }

  @Test
  void demoDecodesTheFileThatItSavedAndSaysWhatToTry() {
    Path out = folder.resolve("my demo");
    Run run = demo(out);
    assertEquals("", run.err());
    assertEquals(0, run.code());
    assertTrue(Files.exists(out.resolve("session.nwb")));
    assertTrue(Files.exists(out.resolve("decoding/summary.json")));
    assertTrue(Files.exists(out.resolve("decoding/predictions/_SUCCESS")));
    assertTrue(
        run.out().contains("./neuroglia decode '" + out.resolve("session.nwb") + "'"), run.out());
    assertTrue(run.out().contains("Decoding accuracy: "), run.out());
    assertTrue(run.out().contains("Try next:"), run.out());
  }

  @Test
  void existingFolderNeedsOverwrite() {
    Path out = folder.resolve("demo");
    assertEquals(0, demo(out).code());
    Run again = demo(out);
    assertEquals(2, again.code());
    assertTrue(again.sentence().contains("--overwrite"), again.sentence());
    assertEquals(0, demo(out, "--overwrite").code());
  }

  @Test
  void impossibleSizesAreOneSentence() {
    Run run = demo(folder.resolve("demo"), "--seed", "x");
    assertEquals(2, run.code());
    assertTrue(run.sentence().contains("--seed"), run.sentence());
  }
}
