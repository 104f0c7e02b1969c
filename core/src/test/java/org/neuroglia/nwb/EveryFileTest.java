package org.neuroglia.nwb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.neuroglia.InvalidInputException;

/** Every file of the shared folder is read in full, or refused with one sentence. */
class EveryFileTest {
  @TestFactory
  List<DynamicTest> opensOrIsRefusedWithOneSentence() {
    return SharedFiles.below("nwb").stream()
        .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> read(file)))
        .toList();
  }

  private static void read(Path path) {
    boolean verbose = Boolean.getBoolean("nwb.verbose");
    try (NwbFile file = NwbFile.open(path)) {
      assertFalse(file.version().isEmpty());
      assertFalse(file.session().identifier().isEmpty());
      if (verbose) {
        System.out.println(path + " " + file.version() + " " + file.session() + file.notes());
      }
      for (NwbTableName name : file.tables()) {
        readTable(file, name, verbose);
      }
    } catch (InvalidInputException e) {
      if (verbose) {
        System.out.println(e.getMessage());
      }
      assertOneSentence(e.getMessage(), path);
    }
  }

  private static void readTable(NwbFile file, NwbTableName name, boolean verbose) {
    try {
      NwbTable table = file.table(name.path());
      if (verbose) {
        System.out.println("  " + name + " " + table.rowCount() + " " + table.columns());
        table.notes().forEach(note -> System.out.println("    " + note));
      }
      for (NwbColumn column : table.columns()) {
        assertEquals(table.rowCount(), column.read().rows(), column.name());
        long[] ends = column.ends();
        assertEquals(table.rowCount(), ends.length, column.name());
      }
    } catch (InvalidInputException e) {
      if (verbose) {
        System.out.println("    REFUSED " + e.getMessage());
      }
      assertOneSentence(e.getMessage(), Path.of(file.name()));
    }
  }

  private static void assertOneSentence(String message, Path path) {
    assertTrue(message.contains(path.getFileName().toString()), message);
    assertTrue(message.endsWith(".") && !message.contains("\n"), message);
    assertFalse(message.contains("Exception"), message);
  }
}
