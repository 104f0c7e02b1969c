package org.neuroglia.decoding.decoder;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.neuroglia.InvalidInputException;
import org.neuroglia.decoding.ScikitLearnCase;
import org.neuroglia.decoding.decoder.LinearDiscriminantAnalysis.Solver;
import org.neuroglia.decoding.linalg.Shrinkage;
import org.neuroglia.decoding.linalg.Whitening;
import org.neuroglia.decoding.split.ClassLabels;
import org.neuroglia.decoding.split.Responses;

class LinearDiscriminantAnalysisTest {
  static Stream<ScikitLearnCase> cases() {
    return ScikitLearnCase.matches("LinearDiscriminantAnalysis");
  }

  private static LinearDiscriminantAnalysis settings(ScikitLearnCase golden) {
    JsonNode params = golden.golden().params();
    return new LinearDiscriminantAnalysis(
        Solver.parse(params.path("solver").asText("svd")),
        Shrinkage.parse(params.path("shrinkage").asText("none")),
        golden.priors(),
        params.path("n_components").asInt(0),
        params.path("tol").asDouble(1e-4),
        params.path("store_covariance").asBoolean(false));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void equalsScikitLearn(ScikitLearnCase golden) {
    ClassLabels classes = golden.classes();
    int[] y = golden.y();
    Responses train = golden.features("train");
    if (golden.expectsError()) {
      assertThrows(
          InvalidInputException.class, () -> settings(golden).fit(train, y, classes.size()));
      return;
    }
    LinearDiscriminantModel model = settings(golden).fit(train, y, classes.size());
    Responses test = golden.features("test");
    assertEquals(golden.expectedTexts("classes"), classes.names());
    golden.assertClose("priors", model.priors());
    golden.assertClose("means", model.means());
    golden.assertClose("coef", model.coefficients());
    golden.assertClose("intercept", model.intercepts());
    assertEquals(
        golden.expectedTexts("predict"),
        Arrays.stream(model.predict(test)).mapToObj(classes.names()::get).toList());
    golden.assertClose("predict_proba", model.probability(test));
    double[] decision = model.decision(test);
    golden.assertClose(
        "decision_function",
        classes.size() > 2
            ? decision
            : IntStream.range(0, test.events()).mapToDouble(i -> decision[2 * i + 1]).toArray());
    if (golden.expects("transform_abs")) {
      golden.assertClose(
          "transform_abs", Arrays.stream(model.transform(test)).map(Math::abs).toArray());
      golden.assertClose("explained_variance_ratio", model.explainedVarianceRatio());
    }
    if (golden.expects("covariance")) {
      golden.assertClose("covariance", model.covariance());
    }
    if (golden.expects("xbar")) {
      golden.assertClose("xbar", model.xbar());
    }
  }

  private static final double[][] ROWS = {
    {1, 2, 3}, {2, 1, 3}, {3, 3, 3}, {6, 7, 3}, {7, 5, 3}, {5, 6, 3}, {9, 1, 3}, {8, 2, 3}
  };
  private static final int[] Y = {0, 0, 0, 1, 1, 1, 2, 2};

  @Test
  void eigenNamesTheNeuronThatDoesNotVary() {
    LinearDiscriminantAnalysis eigen = new LinearDiscriminantAnalysis(Solver.EIGEN, Shrinkage.NONE);
    InvalidInputException error =
        assertThrows(InvalidInputException.class, () -> eigen.fit(Responses.of(ROWS), Y, 3));
    assertTrue(error.getMessage().contains("neuron 2 (counted from 0) does not vary"));
  }

  @Test
  void eigenNamesTheNeuronThatOthersExplain() {
    double[][] rows =
        Arrays.stream(ROWS)
            .map(row -> new double[] {row[0], row[1], row[0] - 2 * row[1], row[0] * row[1]})
            .toArray(double[][]::new);
    LinearDiscriminantAnalysis eigen = new LinearDiscriminantAnalysis(Solver.EIGEN, Shrinkage.NONE);
    InvalidInputException error =
        assertThrows(InvalidInputException.class, () -> eigen.fit(Responses.of(rows), Y, 3));
    assertTrue(error.getMessage().contains("neuron 2 (counted from 0) is a linear combination"));
  }

  @ParameterizedTest
  @EnumSource(
      value = Solver.class,
      names = {"SVD", "LSQR"})
  void aNeuronThatDoesNotVaryHasNoWeight(Solver solver) {
    LinearDiscriminantModel model =
        new LinearDiscriminantAnalysis(solver, Shrinkage.NONE).fit(Responses.of(ROWS), Y, 3);
    assertEquals(0, model.coefficients()[2]);
    assertArrayEquals(Y, model.predict(Responses.of(ROWS)));
  }

  /** scikit-learn 1.9.1: predict_proba [[1/3, 2/3], [1/3, 2/3]], scalings_ of shape (1, 0). */
  @Test
  void classesWithTheSameMeanAreToldByTheirPriors() {
    double[][] rows = {{1}, {2}, {1}, {2}, {1}, {2}};
    LinearDiscriminantModel model =
        new LinearDiscriminantAnalysis().fit(Responses.of(rows), new int[] {0, 0, 1, 1, 1, 1}, 2);
    double[] probability = model.decision(Responses.of(new double[][] {{1}, {5}}));
    model.toProbability(probability, 0);
    model.toProbability(probability, 2);
    assertArrayEquals(new double[] {1.0 / 3, 2.0 / 3, 1.0 / 3, 2.0 / 3}, probability, 1e-12);
  }

  @Test
  void theTwoWhiteningsDifferByARotationOnly() {
    double[] covariance = {4, 1, 0, -1, 1, 3, 0, 0.5, 0, 0, 0, 0, -1, 0.5, 0, 2};
    double[] columns = {1, 2, 3, 4, -1, 0.5, 7, 2};
    Whitening triangular = Whitening.triangular(covariance, 4, 1e-7).orElseThrow();
    Whitening spectral = Whitening.spectral(covariance, 4, 1e-7);
    assertEquals(3, spectral.rank());
    assertArrayEquals(
        spectral.back(spectral.project(columns, 2), 2),
        triangular.back(triangular.project(columns, 2), 2),
        1e-14);
  }

  @Test
  void noVarianceWithinClassesLeavesNothingToDecodeWith() {
    double[][] rows = {{1}, {1}, {2}, {2}};
    int[] y = {0, 0, 1, 1};
    assertThrows(
        InvalidInputException.class,
        () -> new LinearDiscriminantAnalysis().fit(Responses.of(rows), y, 2));
  }

  @Test
  void oneClassIsRefused() {
    assertThrows(
        InvalidInputException.class,
        () -> new LinearDiscriminantAnalysis().fit(Responses.of(ROWS), new int[8], 1));
  }

  @Test
  void asManyClassesAsEventsAreRefused() {
    int[] distinct = IntStream.range(0, 8).toArray();
    assertThrows(
        InvalidInputException.class,
        () -> new LinearDiscriminantAnalysis().fit(Responses.of(ROWS), distinct, 8));
  }

  @Test
  void nanIsRefusedByPlace() {
    double[][] rows = Arrays.stream(ROWS).map(double[]::clone).toArray(double[][]::new);
    rows[4][1] = Double.NaN;
    InvalidInputException error =
        assertThrows(
            InvalidInputException.class,
            () -> new LinearDiscriminantAnalysis().fit(Responses.of(rows), Y, 3));
    assertTrue(error.getMessage().contains("neuron 1 to event 4"));
  }

  @Test
  void wrongNumberOfPriorsIsRefused() {
    LinearDiscriminantAnalysis lda =
        new LinearDiscriminantAnalysis(
            Solver.LSQR, Shrinkage.NONE, new double[] {0.5, 0.5}, 0, 1e-4, false);
    assertThrows(InvalidInputException.class, () -> lda.fit(Responses.of(ROWS), Y, 3));
  }
}
