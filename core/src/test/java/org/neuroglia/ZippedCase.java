package org.neuroglia;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** What neuroglia 0.2.9 returned for a small input; kept as an archive beside the tests. */
public record ZippedCase(
    String name, Map<String, byte[]> files, JsonNode params, JsonNode expected) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** All cases of a transformer, by name. */
  public static Stream<ZippedCase> all(String transformer) {
    Map<String, Map<String, byte[]>> cases = new TreeMap<>();
    try (InputStream file =
            ZippedCase.class.getResourceAsStream("/golden/" + transformer + ".zip");
        ZipInputStream zip = new ZipInputStream(file)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        String[] parts = entry.getName().split("/");
        cases.computeIfAbsent(parts[0], key -> new TreeMap<>()).put(parts[1], zip.readAllBytes());
      }
      List<ZippedCase> read = new ArrayList<>();
      for (Map.Entry<String, Map<String, byte[]>> found : cases.entrySet()) {
        read.add(
            new ZippedCase(
                found.getKey(),
                found.getValue(),
                JSON.readTree(found.getValue().get("params.json")),
                JSON.readTree(found.getValue().get("expected.json"))));
      }
      return read.stream();
    } catch (IOException e) {
      throw new AssertionError("The golden cases of " + transformer + " cannot be read", e);
    }
  }

  public static ZippedCase of(String transformer, String name) {
    return all(transformer).filter(one -> one.name.equals(name)).findFirst().orElseThrow();
  }

  /** A constructor argument. */
  public JsonNode param(String param) {
    return params.get("params").get(param);
  }

  public boolean mustMatch() {
    return params.get("verdict").asText().equals("match");
  }

  /** The columns of an input table but the time, by neuron. */
  public Map<String, double[]> columns(String table) {
    String[] lines = new String(files.get(table)).strip().split("\n");
    String[] header = lines[0].strip().split(",");
    Map<String, double[]> columns = new LinkedHashMap<>();
    for (int column = 0; column < header.length; column++) {
      if (!header[column].equals("time")) {
        double[] values = new double[lines.length - 1];
        for (int row = 1; row < lines.length; row++) {
          values[row - 1] = Double.parseDouble(lines[row].strip().split(",")[column]);
        }
        columns.put(header[column], values);
      }
    }
    return columns;
  }

  /** The numbers of an input array. */
  public double[] array(String file) {
    try {
      return numbers(JSON.readTree(files.get(file)).get("data"));
    } catch (IOException e) {
      throw new AssertionError(name + "/" + file, e);
    }
  }

  /** One column of expected traces. */
  public static double[] column(JsonNode traces, String label) {
    List<String> labels = new ArrayList<>();
    traces.get("columns").forEach(each -> labels.add(each.asText()));
    double[] data = numbers(traces.get("data"));
    double[] column = new double[data.length / labels.size()];
    for (int row = 0; row < column.length; row++) {
      column[row] = data[row * labels.size() + labels.indexOf(label)];
    }
    return column;
  }

  public static double[] numbers(JsonNode data) {
    double[] values = new double[data.size()];
    for (int i = 0; i < values.length; i++) {
      JsonNode value = data.get(i);
      values[i] = value.isNumber() ? value.asDouble() : Double.parseDouble(value.asText());
    }
    return values;
  }

  /** numpy.allclose with the case's own tolerance. */
  public void assertClose(double[] wanted, double[] actual, String what) {
    assertEquals(wanted.length, actual.length, name + " " + what);
    for (int i = 0; i < wanted.length; i++) {
      assertClose(wanted[i], actual[i], what + "[" + i + "]");
    }
  }

  public void assertClose(double wanted, double actual, String what) {
    double rtol = params.at("/compare/rtol").asDouble();
    double atol = params.at("/compare/atol").asDouble();
    boolean close =
        Double.compare(wanted, actual) == 0
            || Math.abs(wanted - actual) <= atol + rtol * Math.abs(wanted);
    if (!close) {
      fail(name + " " + what + ": " + actual + " instead of " + wanted);
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
