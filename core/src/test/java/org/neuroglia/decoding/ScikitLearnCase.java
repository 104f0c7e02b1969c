package org.neuroglia.decoding;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.neuroglia.decoding.split.ClassLabels;
import org.neuroglia.decoding.split.Responses;
import org.neuroglia.golden.GoldenCase;
import org.neuroglia.golden.GoldenValue;

/** A golden case of an estimator of scikit-learn: labelled rows to fit, and rows to test with. */
public record ScikitLearnCase(GoldenCase golden) {
  /** The cases of an estimator that must be matched. */
  public static Stream<ScikitLearnCase> matches(String estimator) {
    return GoldenCase.matches(estimator).map(ScikitLearnCase::new);
  }

  /** The columns f0, f1, … of {@code train} or {@code test}. */
  public Responses features(String input) {
    List<double[]> columns =
        golden.numbers(input).entrySet().stream()
            .filter(column -> column.getKey().startsWith("f"))
            .map(Map.Entry::getValue)
            .toList();
    double[][] rows = new double[columns.get(0).length][columns.size()];
    for (int k = 0; k < columns.size(); k++) {
      for (int event = 0; event < rows.length; event++) {
        rows[event][k] = columns.get(k)[event];
      }
    }
    return Responses.of(rows);
  }

  /** The classes of the training labels. */
  public ClassLabels classes() {
    return labelsAreTexts() ? ClassLabels.of(texts()) : ClassLabels.of(numbers());
  }

  /** The class code of each training label. */
  public int[] y() {
    return labelsAreTexts() ? classes().codes(texts()) : classes().codes(numbers());
  }

  private boolean labelsAreTexts() {
    return golden.columnTypes("train").get("y").equals("str");
  }

  private List<String> texts() {
    return golden.table("train").get("y").stream().map(label -> (String) label).toList();
  }

  private double[] numbers() {
    return GoldenValue.doubles(GoldenValue.normalised(golden.table("train").get("y")));
  }

  public JsonNode param(String name) {
    return golden.param(name);
  }

  public double[] priors() {
    return golden.has("priors") ? golden.doubles("priors") : new double[0];
  }

  public boolean expectsError() {
    return golden.expectsError();
  }

  public boolean expects(String item) {
    return golden.expected().get("items").has(item);
  }

  private JsonNode expected(String item) {
    return golden.expected().at("/items/" + item + "/data");
  }

  public List<String> expectedTexts(String item) {
    return GoldenCase.texts(expected(item));
  }

  public void assertClose(String item, double[] actual) {
    golden.assertClose(GoldenCase.numbers(expected(item)), actual, item);
  }

  @Override
  public String toString() {
    return golden.toString();
  }
}
