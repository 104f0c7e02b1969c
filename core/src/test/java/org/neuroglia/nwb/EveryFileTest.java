package org.neuroglia.nwb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.neuroglia.InvalidInputException;

/** Every file of the shared folder is read in full, or refused with one sentence. */
class EveryFileTest {
  private static final Set<String> REFUSED =
      Set.of("empty.nwb", "layout_zstd.nwb", "layout_blosc.nwb");

  @TestFactory
  List<DynamicTest> opensOrIsRefusedWithOneSentence() {
    return SharedFiles.tests("nwb", EveryFileTest::read);
  }

  private static void read(Path path) {
    try (NwbFile file = NwbFile.open(path)) {
      assertFalse(file.version().isEmpty());
      assertFalse(file.session().identifier().isEmpty());
      for (NwbTableName name : file.tables()) {
        readTable(file, name);
      }
      for (TraceSeries series : file.traces()) {
        assertEquals(series.neurons(), series.labels().rows(), series.path());
        assertEquals(series.samples(), series.times(0, series.samples()).length, series.path());
        int some = Math.min(3, series.neurons());
        double[][] values = series.values(0, some, 0, series.samples());
        assertEquals(some, values.length);
      }
    } catch (InvalidInputException e) {
      assertOneSentence(e.getMessage(), path);
    }
  }

  private static void readTable(NwbFile file, NwbTableName name) {
    try {
      NwbTable table = file.table(name.path());
      for (NwbColumn column : table.columns()) {
        assertEquals(table.rowCount(), column.read().rows(), column.name());
        long[] ends = column.ends();
        assertEquals(table.rowCount(), ends.length, column.name());
      }
    } catch (InvalidInputException e) {
      assertOneSentence(e.getMessage(), Path.of(file.name()));
    }
  }

  private static void assertOneSentence(String message, Path path) {
    assertTrue(REFUSED.contains(path.getFileName().toString()), message);
    assertTrue(message.contains(path.getFileName().toString()), message);
    assertTrue(message.endsWith(".") && !message.contains("\n"), message);
    assertFalse(message.contains("Exception"), message);
  }
}
