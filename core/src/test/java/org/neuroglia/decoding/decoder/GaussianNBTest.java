package org.neuroglia.decoding.decoder;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.neuroglia.InvalidInputException;
import org.neuroglia.decoding.ScikitLearnCase;
import org.neuroglia.decoding.linalg.MomentsByClass;
import org.neuroglia.decoding.split.ClassLabels;
import org.neuroglia.decoding.split.Responses;

class GaussianNBTest {
  static Stream<ScikitLearnCase> cases() {
    return ScikitLearnCase.matches("GaussianNB");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void equalsScikitLearn(ScikitLearnCase golden) {
    ClassLabels classes = golden.classes();
    MomentsByClass moments =
        MomentsByClass.ofSquares(golden.features("train").neurons(), classes.size());
    moments.add(golden.features("train"), golden.y());
    GaussianNaiveBayesModel model =
        new GaussianNB(golden.priors(), golden.param("var_smoothing").asDouble(1e-9)).fit(moments);
    Responses test = golden.features("test");
    golden.assertClose("theta", model.means());
    golden.assertClose("var", model.variances());
    golden.assertClose("class_prior", model.priors());
    golden.assertClose("joint_log_likelihood", model.decision(test));
    golden.assertClose("predict_proba", model.probability(test));
    assertEquals(
        golden.expectedTexts("predict"),
        Arrays.stream(model.predict(test)).mapToObj(classes.names()::get).toList());
  }

  private static final Responses ROWS =
      Responses.of(new double[][] {{1, 2}, {2, 2}, {3, 7}, {4, 8}});
  private static final int[] Y = {0, 0, 1, 1};

  @Test
  void aNeuronThatDoesNotVaryInAClassIsSmoothedOrRefused() {
    assertArrayEquals(Y, new GaussianNB().fit(ROWS, Y, 2).predict(ROWS));
    UnfitClassException error =
        assertThrows(
            UnfitClassException.class, () -> new GaussianNB(new double[0], 0).fit(ROWS, Y, 2));
    assertEquals(
        "class 0 (counted from 0) has a neuron, 1 (counted from 0), whose response does not vary;"
            + " give varSmoothing above 0",
        error.getMessage());
  }

  @Test
  void noVarianceAtAllLeavesNothingToDecodeWith() {
    Responses same = Responses.of(new double[][] {{0.1}, {0.1}, {0.1}});
    InvalidInputException error =
        assertThrows(
            InvalidInputException.class, () -> new GaussianNB().fit(same, new int[] {0, 1, 1}, 2));
    assertEquals(
        "no neuron's response varies, so there is nothing to decode with", error.getMessage());
  }

  @Test
  void badSettingsAndInputAreRefused() {
    assertThrows(InvalidInputException.class, () -> new GaussianNB(new double[] {0.5, 0.6}, 1e-9));
    assertThrows(InvalidInputException.class, () -> new GaussianNB(new double[] {-1, 2}, 1e-9));
    assertThrows(InvalidInputException.class, () -> new GaussianNB(new double[0], -1));
    assertThrows(InvalidInputException.class, () -> new GaussianNB(new double[0], Double.NaN));
    assertThrows(
        InvalidInputException.class,
        () -> new GaussianNB(new double[] {0.5, 0.25, 0.25}, 1e-9).fit(ROWS, Y, 2));
    assertThrows(InvalidInputException.class, () -> new GaussianNB().fit(ROWS, new int[4], 1));
    Responses infinite = Responses.of(new double[][] {{1}, {Double.POSITIVE_INFINITY}});
    assertThrows(
        InvalidInputException.class, () -> new GaussianNB().fit(infinite, new int[] {0, 1}, 2));
  }
}
