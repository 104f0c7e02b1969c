package org.neuroglia.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class GoldenCasesAreAllThereTest {
  @Test
  void noCaseIsMissing() {
    assertEquals(382, GoldenCase.all().count());
    assertEquals(25, GoldenCase.all().map(GoldenCase::folder).distinct().count());
  }

  @Test
  void archivesHoldTheCasesOfTheIndexAndNoOthers() {
    GoldenArchive.index()
        .properties()
        .forEach(
            folder -> {
              Set<String> packed =
                  GoldenArchive.of(folder.getKey()).paths().stream()
                      .map(path -> path.substring(0, path.indexOf('/')))
                      .collect(Collectors.toCollection(TreeSet::new));
              Set<String> listed = new TreeSet<>(GoldenCase.texts(folder.getValue()));
              assertEquals(listed, packed, folder.getKey());
            });
  }

  @Test
  void everyCaseHasItsInputsAndAnExpectedValue() {
    GoldenCase.all()
        .forEach(
            golden -> {
              Set<String> paths = GoldenArchive.of(golden.folder()).paths();
              assertTrue(paths.contains(golden.name() + "/expected.json"), golden.toString());
              golden
                  .inputFiles()
                  .forEach(file -> assertTrue(paths.contains(file), golden + " lacks " + file));
            });
  }
}
