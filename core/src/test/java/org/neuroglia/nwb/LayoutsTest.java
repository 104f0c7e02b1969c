package org.neuroglia.nwb;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.function.IntFunction;
import java.util.function.IntToDoubleFunction;
import java.util.function.IntToLongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.neuroglia.InvalidInputException;

/** Ways of HDF5 to store a column, in the two versions of its format; see make_layouts.py. */
class LayoutsTest {
  private static final int ROWS = 1100;

  private static NwbFile open(String name) {
    try (InputStream in = LayoutsTest.class.getResourceAsStream("/nwb/" + name)) {
      return NwbFile.open(new OneByteChannel(in.readAllBytes()), name);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"layouts.nwb", "layouts_latest.nwb"})
  void everyLayoutIsRead(String name) {
    try (NwbFile file = open(name)) {
      NwbTable table = file.table("/analysis/layouts");
      assertEquals(ROWS, table.rowCount());
      for (String column :
          new String[] {
            "bitshuffle_lz4",
            "bitshuffle_blocks",
            "bitshuffle_plain",
            "lz4",
            "lzf",
            "gzip_fletcher",
            "shuffle_fletcher",
            "growing",
            "big_endian",
            "linked",
            "linked_here"
          }) {
        checkDoubles(table, column, i -> i / 2.0);
      }
      checkDoubles(table, "float16", i -> i / 4.0);
      checkLongs(table, "gzip_skipped", LayoutsTest::noise);
      checkLongs(table, "lzf_skipped", LayoutsTest::noise);
      checkLongs(table, "int8", i -> i % 256 - 128);
      checkLongs(table, "uint8", i -> i % 256);
      checkLongs(table, "uint64", i -> i);
      checkTexts(table, "fixed_text", i -> "a" + i % 7);
      for (String column : new String[] {"greek", "matlab", "fixed_greek"}) {
        checkTexts(table, column, i -> "αβγ".substring(0, i % 4));
      }
      checkTexts(table, "colour", i -> i % 2 == 0 ? "red" : "blue");
      checkTexts(table, "reference", i -> i % 2 == 0 ? null : "/analysis");
      boolean[] flags = table.column("flag").read().booleans();
      for (int i = 0; i < ROWS; i++) {
        assertEquals(i % 3 == 0, flags[i]);
      }
    }
  }

  private static long noise(int i) {
    return i * 6364136223846793005L + 1442695040888963407L ^ 0x9E3779B97F4A7C15L;
  }

  @ParameterizedTest
  @ValueSource(strings = {"layouts.nwb", "layouts_latest.nwb"})
  void whatWasNeverWrittenHasTheFillValue(String name) {
    try (NwbFile file = open(name)) {
      NwbTable table = file.table("/analysis/layouts");
      checkDoubles(table, "partly_written", i -> i >= 200 && i < 300 ? i / 2.0 : 7.5);
      checkLongs(table, "never_written", i -> -3);
      checkDoubles(table, "never_chunked", i -> 2.5);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"layouts.nwb", "layouts_latest.nwb"})
  void dimensionsAreLists(String name) {
    try (NwbFile file = open(name)) {
      NwbTable table = file.table("/analysis/layouts");
      NwbValues matrix = table.column("matrix").read(399, 402);
      assertArrayEquals(new long[] {1200, 1201, 1202}, (long[]) matrix.get(1));
      NwbValues cube = table.column("cube").read(700, 702);
      Object[] row = (Object[]) cube.get(1);
      assertArrayEquals(new long[] {4206, 4207}, (long[]) row[0]);
      assertArrayEquals(new long[] {4210, 4211}, (long[]) row[2]);
      assertEquals(2, table.column("cube").depth());
      assertEquals(6L * ROWS, table.column("cube").ends()[ROWS - 1]);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"layouts.nwb", "layouts_latest.nwb"})
  void whatCannotBeReadIsNamed(String name) {
    try (NwbFile file = open(name)) {
      NwbTable table = file.table("/analysis/layouts");
      String notes = String.join("\n", table.notes());
      for (String reason :
          new String[] {
            "broken is a broken link to /nothing/here.",
            "circular is a broken link to /analysis/layouts/circular.",
            "elsewhere is a link to another file, other.h5, which is not read.",
            "external cannot be read: its values are stored in another file, which is not read.",
            "virtual cannot be read: it is a virtual dataset, which is not read.",
            "regions cannot be read: it holds region references, which are not read.",
            "compound holds compound values",
            "lists holds lists of variable length",
            "null has 0 rows where the table has 1100.",
            "short has 2 rows where the table has 1100."
          }) {
        assertTrue(notes.contains("/analysis/layouts/" + reason), reason + "\nnot in\n" + notes);
      }
      assertEquals(10, table.notes().size(), notes);
      assertFalse(table.hasColumn("compound"));
      assertEquals(
          name
              + ": /analysis/layouts/zstd cannot be read: it is compressed with zstd (HDF5 filter"
              + " 32015), which is not read; gzip, shuffle, lzf, lz4, bitshuffle and fletcher32 are.",
          refusal(() -> table.column("zstd").read()));
      assertEquals(
          name
              + ": /analysis/layouts/uint64_large holds 9223372036854775808; integers below 2^63 are"
              + " read.",
          refusal(() -> table.column("uint64_large").read()));
    }
  }

  private static String refusal(Runnable read) {
    return assertThrows(InvalidInputException.class, read::run).getMessage();
  }

  @ParameterizedTest
  @ValueSource(strings = {"layouts.nwb", "layouts_latest.nwb"})
  void namesThatClashGetASuffix(String name) {
    try (NwbFile file = open(name)) {
      NwbTable table = file.table("clashes");
      assertEquals(
          "[event long, time double, duration double, id long, start_time long, stop_time long,"
              + " Time_2 double, session_2 string, label long, Label_2 string, nested double[][]]",
          table.columns().toString());
      assertArrayEquals(new double[] {1, 2}, table.column("time").read().doubles());
      assertArrayEquals(new double[] {2, 3}, table.column("duration").read().doubles());
      Object[] first = (Object[]) table.column("nested").read().get(0);
      assertEquals(2, first.length);
      assertArrayEquals(new double[] {1}, (double[]) first[0]);
      assertArrayEquals(new double[0], (double[]) first[1]);
      Object[] second = (Object[]) table.column("nested").read(1, 2).get(0);
      assertArrayEquals(new double[] {2, 3}, (double[]) second[0]);
      assertArrayEquals(new long[] {1, 3}, table.column("nested").ends());
    }
  }

  @Test
  void unitsOfRepeatedIdsAreNotMerged() {
    try (NwbFile file = open("layouts.nwb")) {
      NwbTable units = file.table("units");
      assertArrayEquals(new long[] {0, 1, 2}, units.column("neuron").read().longs());
      assertArrayEquals(new long[] {4, 4, 9}, units.column("id").read().longs());
      NwbValues times = units.column("times").read();
      assertArrayEquals(new double[] {0.1, 0.3}, times.doubles(0));
      assertArrayEquals(new double[] {}, times.doubles(1));
      assertArrayEquals(new double[] {7}, times.doubles(2));
      assertEquals(new SpikeSummary(3, 3, 1, 1, 1, 0.1, 7), units.spikes().orElseThrow());
    }
  }

  private static void checkDoubles(NwbTable table, String name, IntToDoubleFunction expected) {
    double[] all = new double[ROWS];
    Arrays.setAll(all, expected);
    NwbColumn column = table.column(name);
    assertArrayEquals(all, column.read().doubles(), name);
    assertArrayEquals(
        Arrays.copyOfRange(all, 190, 310), column.read(190, 310).doubles(), name + ", some rows");
  }

  private static void checkLongs(NwbTable table, String name, IntToLongFunction expected) {
    long[] all = new long[ROWS];
    Arrays.setAll(all, expected);
    assertArrayEquals(all, table.column(name).read().longs(), name);
  }

  private static void checkTexts(NwbTable table, String name, IntFunction<String> expected) {
    String[] all = new String[ROWS];
    Arrays.setAll(all, expected);
    assertArrayEquals(all, table.column(name).read().strings(), name);
  }
}
