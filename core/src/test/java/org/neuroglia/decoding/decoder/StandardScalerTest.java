package org.neuroglia.decoding.decoder;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.neuroglia.InvalidInputException;
import org.neuroglia.decoding.ScikitLearnCase;
import org.neuroglia.decoding.linalg.FeatureMoments;
import org.neuroglia.decoding.split.Responses;

class StandardScalerTest {
  static Stream<ScikitLearnCase> cases() {
    return ScikitLearnCase.matches("StandardScaler");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void equalsScikitLearn(ScikitLearnCase golden) {
    JsonNode params = golden.golden().params();
    StandardScaler scaler =
        StandardScaler.fit(
            golden.features("train"),
            params.path("with_mean").asBoolean(true),
            params.path("with_std").asBoolean(true));
    Responses scaled = scaler.transform(golden.features("test"));
    golden.assertClose("transform", scaled.values());
    double[] back = scaled.values().clone();
    for (int event = 0; event < scaled.events(); event++) {
      scaler.inverse(back, event * scaled.neurons());
    }
    golden.assertClose("inverse", back);
    if (golden.expects("mean")) {
      golden.assertClose("mean", scaler.mean());
    }
    if (golden.expects("var")) {
      golden.assertClose("var", scaler.variance());
    }
    if (golden.expects("scale")) {
      golden.assertClose("scale", scaler.scale());
    }
  }

  @Test
  void momentsDoNotDependOnTheOrderOfRowsOrMerges() {
    Random random = new Random(1);
    int n = 3000;
    double[][] rows = new double[n][2];
    for (double[] row : rows) {
      row[0] = 1e4 + random.nextGaussian();
      row[1] = Math.exp(20 * random.nextGaussian());
    }
    FeatureMoments forward = new FeatureMoments(2);
    FeatureMoments odd = new FeatureMoments(2);
    FeatureMoments even = new FeatureMoments(2);
    for (int i = 0; i < n; i++) {
      forward.add(rows[i], 0);
      (i % 2 == 0 ? even : odd).add(rows[n - 1 - i], 0);
    }
    odd.merge(even);
    assertArrayEquals(forward.means(), odd.means());
    assertArrayEquals(forward.variances(), odd.variances());
  }

  @Test
  void aColumnWithoutValuesStaysNaN() {
    StandardScaler scaler =
        StandardScaler.fit(
            Responses.of(new double[][] {{Double.NaN, 1}, {Double.NaN, 3}}), true, true);
    assertArrayEquals(new double[] {Double.NaN, 2}, scaler.mean());
    assertArrayEquals(new double[] {Double.NaN, 1}, scaler.scale());
  }

  @Test
  void infinityIsRefused() {
    Responses rows = Responses.of(new double[][] {{1}, {Double.POSITIVE_INFINITY}});
    assertThrows(InvalidInputException.class, () -> StandardScaler.fit(rows, true, true));
  }

  @Test
  void anotherWidthIsRefused() {
    StandardScaler scaler =
        StandardScaler.fit(Responses.of(new double[][] {{1, 2}, {3, 4}}), true, true);
    InvalidInputException error =
        assertThrows(
            InvalidInputException.class,
            () -> scaler.transform(Responses.of(new double[][] {{1}})));
    assertEquals("the scaler was fitted to 2 features, the rows have 1", error.getMessage());
  }
}
