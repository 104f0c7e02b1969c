package org.neuroglia.nwb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.neuroglia.InvalidInputException;

/** Files that pynwb wrote, against the values that pynwb read back. */
class ExpectedValuesTest {
  private static final Set<String> REFUSED = Set.of("layout_zstd", "layout_blosc");
  private static final ObjectMapper JSON = new ObjectMapper();

  @TestFactory
  List<DynamicTest> valuesAreThoseOfPynwb() {
    return SharedFiles.tests("nwb/pynwb_4", ExpectedValuesTest::check);
  }

  private static String stem(Path file) {
    return file.getFileName().toString().replace(".nwb", "");
  }

  private static void check(Path path) throws Exception {
    JsonNode expected =
        JSON.readTree(Files.readString(path.resolveSibling(stem(path) + ".expected.json")));
    try (NwbFile file = NwbFile.open(path)) {
      Set<String> tables =
          file.tables().stream().map(NwbTableName::name).collect(Collectors.toSet());
      assertEquals(expected.has("units"), tables.contains("units"));
      if (expected.has("units")) {
        checkUnits(file, expected.get("units"));
      }
      for (String kind : List.of("intervals", "events")) {
        for (Map.Entry<String, JsonNode> table : expected.path(kind).properties()) {
          assertTrue(tables.contains(table.getKey()), table.getKey());
          checkEvents(file.table(table.getKey()), table.getValue());
        }
      }
      for (Map.Entry<String, JsonNode> series : expected.path("series").properties()) {
        checkSeries(file.table(series.getKey()), series.getValue());
        checkTraces(file.trace(series.getKey()), series.getValue());
      }
      assertEquals(expected.path("series").size(), file.traces().size());
    }
  }

  private static void checkUnits(NwbFile file, JsonNode expected) {
    NwbTable units = file.table("units");
    assertEquals(plain(expected.get("ids")), plain(units.column("neuron").read()));
    if (REFUSED.stream().anyMatch(file.name()::contains)) {
      String message =
          assertThrows(InvalidInputException.class, () -> units.column("times").read())
              .getMessage();
      assertTrue(message.contains("/units/spike_times") && message.contains("filter"), message);
      return;
    }
    List<Object> times = new ArrayList<>();
    for (JsonNode unit : expected.get("spike_times")) {
      List<Double> train = new ArrayList<>();
      unit.forEach(
          t -> {
            if (!t.isNull()) {
              train.add(t.doubleValue());
            }
          });
      train.sort(null);
      times.add(train);
    }
    assertEquals(times, plain(units.column("times").read()));
    checkColumns(units, expected);
    checkRanges(units.column("times"), units.rowCount());
  }

  private static void checkSeries(NwbTable table, JsonNode expected) {
    assertEquals(plain(expected.get("times")), plain(table.column("time").read()), table.path());
    NwbValues data = table.column("data").read().asDoubles();
    assertEquals(plain(expected.get("data")), plain(data), table.path());
  }

  private static void checkTraces(TraceSeries traces, JsonNode expected) {
    int samples = (int) traces.samples();
    assertEquals(plain(expected.get("times")), list(traces.times(0, samples)), traces.path());
    List<List<Object>> found = new ArrayList<>();
    double[][] values = traces.values(0, traces.neurons(), 0, samples);
    for (int i = 0; i < samples; i++) {
      List<Object> sample = new ArrayList<>();
      for (double[] trace : values) {
        sample.add(list(trace[i]));
      }
      found.add(sample);
    }
    List<List<Object>> wanted = new ArrayList<>();
    expected.get("data").forEach(sample -> wanted.add(flat(sample)));
    assertEquals(wanted, found, traces.path());
    if (expected.has("rois")) {
      assertEquals(plain(expected.get("rois")), plain(traces.labels()));
    }
    assertEquals(List.of(), traces.notes());
  }

  /** The numbers of a list of lists, or one number, in order. */
  private static List<Object> flat(JsonNode value) {
    List<Object> numbers = new ArrayList<>();
    if (value.isArray()) {
      value.forEach(part -> numbers.addAll(flat(part)));
    } else {
      numbers.add(plainValue(value));
    }
    return numbers;
  }

  private static void checkEvents(NwbTable table, JsonNode expected) {
    assertEquals(plain(expected.get("ids")), plain(table.column("id").read()));
    checkColumns(table, expected);
    String time = table.kind() == NwbTableName.Kind.EVENTS ? "timestamp" : "start_time";
    assertEquals(plain(expected.get("columns").get(time)), plain(table.column("time").read()));
  }

  private static void checkColumns(NwbTable table, JsonNode expected) {
    for (Map.Entry<String, JsonNode> column : expected.get("columns").properties()) {
      NwbColumn found = table.column(column.getKey());
      assertEquals(plain(column.getValue()), plain(found.read()), column.getKey());
      checkRanges(found, table.rowCount());
    }
  }

  /** Any range of rows gives what the whole column has there. */
  private static void checkRanges(NwbColumn column, int rows) {
    List<Object> all = plain(column.read());
    for (int[] range : new int[][] {{0, rows / 3}, {rows / 3, rows / 2}, {rows / 2, rows}}) {
      NwbValues part = column.read(range[0], range[1]);
      assertEquals(all.subList(range[0], range[1]), plain(part), column.name());
    }
  }

  private static List<Object> plain(NwbValues values) {
    List<Object> rows = new ArrayList<>();
    for (int i = 0; i < values.rows(); i++) {
      rows.add(list(values.get(i)));
    }
    return rows;
  }

  /** Arrays as lists; NaN as null, as in the JSON. */
  private static Object list(Object value) {
    if (value != null && value.getClass().isArray()) {
      List<Object> list = new ArrayList<>();
      for (int i = 0; i < java.lang.reflect.Array.getLength(value); i++) {
        list.add(list(java.lang.reflect.Array.get(value, i)));
      }
      return list;
    }
    return value instanceof Double d && d.isNaN() ? null : value;
  }

  private static List<Object> plain(JsonNode array) {
    List<Object> values = new ArrayList<>();
    for (JsonNode value : array) {
      values.add(plainValue(value));
    }
    return values;
  }

  private static Object plainValue(JsonNode value) {
    return switch (value.getNodeType()) {
      case ARRAY -> plain(value);
      case NULL -> null;
      case STRING -> value.textValue();
      case BOOLEAN -> value.booleanValue();
      default -> value.numberValue() instanceof Double d ? (Object) d : value.longValue();
    };
  }
}
