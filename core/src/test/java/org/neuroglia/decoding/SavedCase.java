package org.neuroglia.decoding;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.neuroglia.decoding.split.ClassLabels;
import org.neuroglia.decoding.split.Responses;

/** A handful of scikit-learn's results, kept beside the tests. */
public record SavedCase(String name, JsonNode params, JsonNode expected, Path directory) {
  private static final ObjectMapper JSON = new ObjectMapper();

  public static Stream<SavedCase> all(String transformer) throws Exception {
    Path root = Path.of(SavedCase.class.getResource("/golden/" + transformer).toURI());
    try (Stream<Path> directories = Files.list(root)) {
      List<SavedCase> cases = new ArrayList<>();
      for (Path directory : directories.sorted().toList()) {
        cases.add(
            new SavedCase(
                directory.getFileName().toString(),
                JSON.readTree(directory.resolve("params.json").toFile()),
                JSON.readTree(directory.resolve("expected.json").toFile()),
                directory));
      }
      return cases.stream();
    }
  }

  private List<String[]> lines(String table) throws IOException {
    return Files.readAllLines(directory.resolve(table)).stream()
        .skip(1)
        .map(line -> line.split(",", -1))
        .toList();
  }

  /** The columns f0, f1, … */
  public Responses features(String table) throws IOException {
    String[] header = Files.readAllLines(directory.resolve(table)).get(0).split(",");
    int width = (int) Arrays.stream(header).filter(name -> name.startsWith("f")).count();
    return Responses.of(
        lines(table).stream()
            .map(line -> Arrays.stream(line).limit(width).mapToDouble(Double::parseDouble))
            .map(row -> row.toArray())
            .toArray(double[][]::new));
  }

  /** The last column. */
  List<String> labels(String table) throws IOException {
    return lines(table).stream().map(line -> line[line.length - 1]).toList();
  }

  /** The classes of the training labels. */
  public ClassLabels classes() throws IOException {
    List<String> labels = labels("train.csv");
    return labelsAreTexts()
        ? ClassLabels.of(labels)
        : ClassLabels.of(labels.stream().mapToDouble(Double::parseDouble).toArray());
  }

  /** The class code of each training label. */
  public int[] y() throws IOException {
    ClassLabels classes = classes();
    List<String> labels = labels("train.csv");
    return labelsAreTexts()
        ? classes.codes(labels)
        : classes.codes(labels.stream().mapToDouble(Double::parseDouble).toArray());
  }

  public double[] priors() {
    JsonNode priors = params.at("/params/priors");
    double[] values = new double[priors.size()];
    for (int k = 0; k < values.length; k++) {
      values[k] = priors.get(k).asDouble();
    }
    return values;
  }

  private boolean labelsAreTexts() {
    return params.at("/inputs/train/columns/y").asText().equals("str");
  }

  public boolean expectsError() {
    return expected.get("kind").asText().equals("error");
  }

  public boolean expects(String item) {
    return expected.get("items").has(item);
  }

  double[] expected(String item) {
    JsonNode data = expected.at("/items/" + item + "/data");
    double[] values = new double[data.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] =
          data.get(i).isNumber()
              ? data.get(i).asDouble()
              : Double.parseDouble(data.get(i).asText());
    }
    return values;
  }

  public List<String> expectedTexts(String item) {
    List<String> texts = new ArrayList<>();
    expected.at("/items/" + item + "/data").forEach(text -> texts.add(text.asText()));
    return texts;
  }

  /** numpy.allclose with the case's own tolerance. */
  public void assertClose(String item, double[] actual) {
    double rtol = params.at("/compare/rtol").asDouble();
    double atol = params.at("/compare/atol").asDouble();
    double[] wanted = expected(item);
    if (wanted.length != actual.length) {
      throw new AssertionError(
          name + " " + item + ": " + actual.length + " values instead of " + wanted.length);
    }
    for (int i = 0; i < wanted.length; i++) {
      boolean same = Double.compare(wanted[i], actual[i]) == 0;
      if (!same && !(Math.abs(wanted[i] - actual[i]) <= atol + rtol * Math.abs(wanted[i]))) {
        throw new AssertionError(
            name + " " + item + "[" + i + "]: " + actual[i] + " instead of " + wanted[i]);
      }
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
