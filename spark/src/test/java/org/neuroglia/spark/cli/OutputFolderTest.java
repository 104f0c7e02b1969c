package org.neuroglia.spark.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuroglia.InvalidInputException;

class OutputFolderTest {
  @TempDir Path parent;

  private OutputFolder begin(String name, boolean overwrite) {
    return OutputFolder.begin(
        parent.resolve(name).toString(), overwrite, Set.of("x.json"), new Configuration());
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private void write(String name, boolean overwrite, int value) {
    try (OutputFolder folder = begin(name, overwrite)) {
      folder.writeJson("x.json", Map.of("value", value));
      folder.finish();
    }
  }

  @Test
  void folderAppearsWhenItIsFinished() throws IOException {
    try (OutputFolder folder = begin("a b", false)) {
      folder.writeJson("x.json", Map.of("value", 1));
      assertTrue(Files.notExists(parent.resolve("a b")));
      folder.finish();
    }
    assertEquals(List.of("a b"), names(parent));
    assertEquals(List.of("x.json"), names(parent.resolve("a b")));
  }

  @Test
  void theRootOfAFileSystemIsRefused() {
    InvalidInputException e =
        assertThrows(
            InvalidInputException.class,
            () -> OutputFolder.begin("/", true, Set.of("x.json"), new Configuration()));
    assertEquals("--out / is the root of a file system; name a folder in it.", e.getMessage());
  }

  @Test
  void unfinishedFolderLeavesNothing() throws IOException {
    try (OutputFolder folder = begin("a", false)) {
      folder.writeJson("x.json", Map.of("value", 1));
    }
    assertEquals(List.of(), names(parent));
  }

  @Test
  void existingFolderIsReplacedOnlyIfAsked() throws IOException {
    write("a", false, 1);
    InvalidInputException e = assertThrows(InvalidInputException.class, () -> begin("a", false));
    assertEquals(
        "--out "
            + parent.resolve("a")
            + " exists already: name another folder, or add --overwrite.",
        e.getMessage());
    write("a", true, 2);
    assertTrue(Files.readString(parent.resolve("a/x.json")).contains("2"));
    assertEquals(List.of("a"), names(parent));
  }

  @Test
  void oldFolderStaysWhenTheNewOneFails() throws IOException {
    write("a", false, 1);
    try (OutputFolder folder = begin("a", true)) {
      folder.writeJson("x.json", Map.of("value", 2));
    }
    assertTrue(Files.readString(parent.resolve("a/x.json")).contains("1"));
    assertEquals(List.of("a"), names(parent));
  }

  @Test
  void folderWithFilesOfOthersIsNeverReplaced() throws IOException {
    write("a", false, 1);
    Files.writeString(parent.resolve("a/thesis.tex"), "…");
    InvalidInputException e = assertThrows(InvalidInputException.class, () -> begin("a", true));
    assertTrue(e.getMessage().contains("thesis.tex"), e.getMessage());
    assertEquals(List.of("thesis.tex", "x.json"), names(parent.resolve("a")));
  }

  @Test
  void fileInThePlaceOfTheFolderIsNamed() throws IOException {
    Files.writeString(parent.resolve("a"), "mine");
    assertThrows(InvalidInputException.class, () -> begin("a", true));
    InvalidInputException e = assertThrows(InvalidInputException.class, () -> begin("a/b", true));
    assertTrue(e.getMessage().startsWith("--out " + parent.resolve("a/b") + " cannot be written"));
  }
}
