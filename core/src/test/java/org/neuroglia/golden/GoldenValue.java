package org.neuroglia.golden;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A value in the encoding of {@code expected.json}: every number is a {@code Double}, every text a
 * {@code String}, a missing text null.
 */
public sealed interface GoldenValue {
  record Array(List<Integer> shape, List<Object> data) implements GoldenValue {}

  record Scalar(Object value) implements GoldenValue {}

  /** An xarray DataArray; data in C order. */
  record Labelled(
      List<String> dims, List<Integer> shape, List<Object> data, Map<String, Coord> coords)
      implements GoldenValue {}

  record Coord(List<String> dims, List<Object> values) {}

  /** A DataFrame of traces; data in C order, a row per time. */
  record Traces(List<Object> index, List<Object> columns, List<Integer> shape, List<Object> data)
      implements GoldenValue {}

  record Table(int rows, Map<String, List<Object>> columns) implements GoldenValue {}

  record Dict(Map<String, GoldenValue> items) implements GoldenValue {}

  record Error(String error, String message) implements GoldenValue {}

  static Array array(double[] data, Integer... shape) {
    return new Array(List.of(shape), boxed(data));
  }

  static Array array(double[][] rows) {
    List<Object> data = new ArrayList<>();
    for (double[] row : rows) {
      data.addAll(boxed(row));
    }
    return new Array(List.of(rows.length, rows.length == 0 ? 0 : rows[0].length), data);
  }

  static Array array(List<?> data) {
    return new Array(List.of(data.size()), normalised(data));
  }

  static Scalar scalar(Object value) {
    return new Scalar(normalised(value));
  }

  static List<Object> boxed(double[] values) {
    List<Object> boxed = new ArrayList<>(values.length);
    for (double value : values) {
      boxed.add(value);
    }
    return boxed;
  }

  /** Numbers of any type as doubles, for comparison. */
  static List<Object> normalised(List<?> values) {
    List<Object> all = new ArrayList<>(values.size());
    for (Object value : values) {
      all.add(normalised(value));
    }
    return all;
  }

  private static Object normalised(Object value) {
    if (value instanceof Boolean flag) {
      return flag ? 1.0 : 0.0;
    }
    return value instanceof Number number ? (Object) number.doubleValue() : value;
  }

  static double[] doubles(List<Object> values) {
    return values.stream().mapToDouble(v -> (Double) v).toArray();
  }

  static GoldenValue parse(JsonNode json) {
    String kind = json.get("kind").asText();
    switch (kind) {
      case "array":
        return new Array(ints(json.get("shape")), values(json.get("data"), dtype(json)));
      case "scalar":
        return new Scalar(value(json.get("value"), dtype(json)));
      case "labelled":
        Map<String, Coord> coords = new LinkedHashMap<>();
        json.get("coords")
            .properties()
            .forEach(
                c ->
                    coords.put(
                        c.getKey(),
                        new Coord(
                            strings(c.getValue().get("dims")),
                            values(c.getValue().get("values"), dtype(c.getValue())))));
        return new Labelled(
            strings(json.get("dims")),
            ints(json.get("shape")),
            values(json.get("data"), dtype(json)),
            coords);
      case "traces":
        return new Traces(
            values(json.get("index"), "float"),
            values(json.get("columns"), json.get("columns_dtype").asText()),
            ints(json.get("shape")),
            values(json.get("data"), dtype(json)));
      case "table":
        Map<String, List<Object>> columns = new LinkedHashMap<>();
        json.get("columns")
            .properties()
            .forEach(
                c ->
                    columns.put(
                        c.getKey(), values(c.getValue().get("values"), dtype(c.getValue()))));
        return new Table(json.get("n").asInt(), columns);
      case "dict":
        Map<String, GoldenValue> items = new LinkedHashMap<>();
        json.get("items").properties().forEach(i -> items.put(i.getKey(), parse(i.getValue())));
        return new Dict(items);
      case "error":
        return new Error(json.get("error").asText(), json.get("message").asText());
      default:
        throw new IllegalArgumentException("unknown kind of golden value: " + kind);
    }
  }

  private static String dtype(JsonNode json) {
    return json.get("dtype").asText();
  }

  private static List<Integer> ints(JsonNode json) {
    List<Integer> all = new ArrayList<>();
    json.forEach(n -> all.add(n.asInt()));
    return all;
  }

  private static List<String> strings(JsonNode json) {
    List<String> all = new ArrayList<>();
    if (json != null) {
      json.forEach(n -> all.add(n.asText()));
    }
    return all;
  }

  private static List<Object> values(JsonNode json, String dtype) {
    List<Object> all = new ArrayList<>();
    json.forEach(n -> all.add(value(n, dtype)));
    return all;
  }

  private static Object value(JsonNode json, String dtype) {
    if (json.isNull()) {
      return dtype.equals("float") ? (Object) Double.NaN : null;
    }
    if (json.isBoolean()) {
      return json.booleanValue() ? 1.0 : 0.0;
    }
    if (json.isNumber()) {
      return json.doubleValue();
    }
    // In a float array NaN and the infinities are spelled as Java spells them.
    return dtype.equals("str") ? json.asText() : (Object) Double.valueOf(json.asText());
  }

  /** Where the two differ first, or nothing. Extra items of the actual dict are not looked at. */
  static Optional<String> difference(
      GoldenValue expected, GoldenValue actual, Tolerance tolerance) {
    if (expected.getClass() != actual.getClass()) {
      return Optional.of(
          "expected a "
              + expected.getClass().getSimpleName()
              + ", got a "
              + actual.getClass().getSimpleName());
    }
    Comparison compare = new Comparison(tolerance);
    compare.values("", expected, actual);
    return compare.differences.stream().findFirst();
  }

  /** Compares value by value, and says where each difference is. */
  final class Comparison {
    private final Tolerance tolerance;
    private final List<String> differences = new ArrayList<>();

    private Comparison(Tolerance tolerance) {
      this.tolerance = tolerance;
    }

    private void values(String where, GoldenValue expected, GoldenValue actual) {
      if (expected instanceof Array e && actual instanceof Array a) {
        equal(where + " shape", e.shape, a.shape);
        lists(where, e.data, a.data);
      } else if (expected instanceof Scalar e && actual instanceof Scalar a) {
        lists(where, Arrays.asList(e.value), Arrays.asList(a.value));
      } else if (expected instanceof Labelled e && actual instanceof Labelled a) {
        equal(where + " dims", e.dims, a.dims);
        equal(where + " shape", e.shape, a.shape);
        lists(where + " data", e.data, a.data);
        equal(
            where + " coords", new TreeMap<>(e.coords).keySet(), new TreeMap<>(a.coords).keySet());
        e.coords.forEach(
            (name, coord) -> {
              if (a.coords.containsKey(name)) {
                equal(where + " coord " + name + " dims", coord.dims, a.coords.get(name).dims);
                lists(where + " coord " + name, coord.values, a.coords.get(name).values);
              }
            });
      } else if (expected instanceof Traces e && actual instanceof Traces a) {
        lists(where + " index", e.index, a.index);
        lists(where + " columns", e.columns, a.columns);
        equal(where + " shape", e.shape, a.shape);
        lists(where + " data", e.data, a.data);
      } else if (expected instanceof Table e && actual instanceof Table a) {
        equal(where + " rows", e.rows, a.rows);
        equal(where + " columns", List.copyOf(e.columns.keySet()), List.copyOf(a.columns.keySet()));
        e.columns.forEach(
            (name, column) -> {
              if (a.columns.containsKey(name)) {
                lists(where + " column " + name, column, a.columns.get(name));
              }
            });
      } else if (expected instanceof Dict e && actual instanceof Dict a) {
        e.items.forEach(
            (name, item) -> {
              if (a.items.containsKey(name)) {
                values(where + " " + name, item, a.items.get(name));
              } else {
                differences.add(where + " " + name + " is missing");
              }
            });
      } else {
        differences.add(where + ": expected " + expected + ", got " + actual);
      }
    }

    private void equal(String where, Object expected, Object actual) {
      if (!expected.equals(actual)) {
        differences.add(where + ": expected " + expected + ", got " + actual);
      }
    }

    private void lists(String where, List<Object> expected, List<Object> actual) {
      if (expected.size() != actual.size()) {
        differences.add(where + ": expected " + expected.size() + " values, got " + actual.size());
        return;
      }
      for (int i = 0; i < expected.size(); i++) {
        if (!close(expected.get(i), actual.get(i))) {
          differences.add(
              where + "[" + i + "]: expected " + expected.get(i) + ", got " + actual.get(i));
          return;
        }
      }
    }

    private boolean close(Object expected, Object actual) {
      if (expected instanceof Double e && actual instanceof Double a) {
        return tolerance.close(e, a);
      }
      return expected == null ? actual == null : expected.equals(actual);
    }
  }
}
