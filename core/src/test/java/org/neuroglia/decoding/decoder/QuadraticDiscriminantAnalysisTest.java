package org.neuroglia.decoding.decoder;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.neuroglia.InvalidInputException;
import org.neuroglia.decoding.ScikitLearnCase;
import org.neuroglia.decoding.linalg.MomentsByClass;
import org.neuroglia.decoding.split.ClassLabels;
import org.neuroglia.decoding.split.Responses;

class QuadraticDiscriminantAnalysisTest {
  static Stream<ScikitLearnCase> cases() {
    return ScikitLearnCase.matches("QuadraticDiscriminantAnalysis");
  }

  private static QuadraticDiscriminantAnalysis settings(ScikitLearnCase golden) {
    return new QuadraticDiscriminantAnalysis(
        golden.priors(), golden.param("reg_param").asDouble(0), 1e-4, false);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void equalsScikitLearn(ScikitLearnCase golden) {
    Responses train = golden.features("train");
    ClassLabels classes = golden.classes();
    int[] y = golden.y();
    if (golden.expectsError()) {
      assertThrows(UnfitClassException.class, () -> settings(golden).fit(train, y, classes.size()));
      return;
    }
    DecoderModel fitted = settings(golden).fit(train, y, classes.size());
    QuadraticDiscriminantModel model = (QuadraticDiscriminantModel) fitted;
    Responses test = golden.features("test");
    golden.assertClose("priors", model.priors());
    golden.assertClose("means", model.means());
    assertEquals(
        golden.expectedTexts("predict"),
        Arrays.stream(model.predict(test)).mapToObj(classes.names()::get).toList());
    golden.assertClose("predict_proba", model.probability(test));
    double[] decision = model.decision(test);
    golden.assertClose(
        "decision_function",
        classes.size() > 2
            ? decision
            : IntStream.range(0, test.events())
                .mapToDouble(i -> decision[2 * i + 1] - decision[2 * i])
                .toArray());
  }

  private static final int[] Y = IntStream.range(0, 300).map(i -> i % 3).toArray();

  /** The class decides how far the responses spread, not where they are. */
  private static Responses spread() {
    Random random = new Random(6);
    double[] values = new double[300 * 4];
    for (int i = 0; i < values.length; i++) {
      values[i] = 10 + (1 + 4 * Y[i / 4]) * random.nextGaussian();
    }
    return new Responses(values, 300, 4);
  }

  private static double accuracy(Decoder decoder, Responses rows) {
    int[] predicted = decoder.fit(rows, Y, 3).predict(rows);
    return IntStream.range(0, 300).filter(i -> predicted[i] == Y[i]).count() / 300.0;
  }

  @Test
  void classesThatDifferOnlyInTheirSpreadAreTold() {
    assertTrue(accuracy(new LinearDiscriminantAnalysis(), spread()) < 0.5);
    assertTrue(accuracy(new QuadraticDiscriminantAnalysis(), spread()) > 0.7);
  }

  /** A tolerance just below the smallest variance forces the eigenvectors. */
  @Test
  void choleskyAndEigenvectorsGiveTheSame() {
    Responses rows = spread();
    double[] eigen =
        new QuadraticDiscriminantAnalysis(new double[0], 0, 0.5, false)
            .fit(rows, Y, 3)
            .decision(rows);
    double[] cholesky = new QuadraticDiscriminantAnalysis().fit(rows, Y, 3).decision(rows);
    assertArrayEquals(cholesky, eigen, 1e-10);
  }

  @Test
  void covariancesAreStoredOnRequest() {
    Responses rows = spread();
    MomentsByClass moments = MomentsByClass.ofPairs(4, 3);
    moments.add(rows, Y);
    QuadraticDiscriminantModel model =
        new QuadraticDiscriminantAnalysis(new double[0], 0.25, 1e-4, true).fit(moments);
    double[] expected = moments.covariance(1);
    for (int i = 0; i < 16; i++) {
      expected[i] = 0.75 * expected[i] + (i % 5 == 0 ? 0.25 : 0);
    }
    assertArrayEquals(expected, model.covariances()[1], 1e-12);
    assertEquals(0, new QuadraticDiscriminantAnalysis().fit(moments).covariances().length);
  }

  @Test
  void fewerEventsThanNeuronsNeedRegularisation() {
    Responses rows = spread().select(IntStream.range(0, 9).toArray());
    int[] y = Arrays.copyOf(Y, 9);
    UnfitClassException error =
        assertThrows(
            UnfitClassException.class, () -> new QuadraticDiscriminantAnalysis().fit(rows, y, 3));
    assertEquals(
        "class 0 (counted from 0) has 3 events, too few for 4 neurons; give regParam above 0",
        error.getMessage());
    DecoderModel model =
        new QuadraticDiscriminantAnalysis(new double[0], 0.5, 1e-4, false).fit(rows, y, 3);
    assertTrue(Arrays.stream(model.probability(rows)).allMatch(p -> p >= 0 && p <= 1));
  }

  @Test
  void aNeuronThatDoesNotVaryOrThatOthersExplainSpoilsTheRank() {
    Responses constant = spread();
    IntStream.range(0, 300).forEach(i -> constant.values()[4 * i + 2] = 0.1);
    Responses collinear = spread();
    IntStream.range(0, 300)
        .forEach(i -> collinear.values()[4 * i] = collinear.get(i, 1) - collinear.get(i, 3));
    for (Responses rows : new Responses[] {constant, collinear}) {
      for (double tolerance : new double[] {0, 1e-4}) {
        UnfitClassException error =
            assertThrows(
                UnfitClassException.class,
                () ->
                    new QuadraticDiscriminantAnalysis(new double[0], 0, tolerance, false)
                        .fit(rows, Y, 3));
        assertTrue(error.getMessage().contains("rank 3 for 4 neurons"), error.getMessage());
      }
    }
  }

  @Test
  void badSettingsAndInputAreRefused() {
    for (double regParam : new double[] {-0.1, 1.1, Double.NaN}) {
      assertThrows(
          InvalidInputException.class,
          () -> new QuadraticDiscriminantAnalysis(new double[0], regParam, 1e-4, false));
    }
    assertThrows(
        InvalidInputException.class,
        () -> new QuadraticDiscriminantAnalysis(new double[0], 0, -1, false));
    assertThrows(
        InvalidInputException.class,
        () ->
            new QuadraticDiscriminantAnalysis(new double[] {1, 1}, 0, 1e-4, false)
                .fit(spread(), Y, 3));
    assertThrows(
        InvalidInputException.class,
        () -> new QuadraticDiscriminantAnalysis().fit(spread(), new int[300], 1));
    Responses nan = spread();
    nan.values()[7] = Double.NaN;
    assertThrows(
        InvalidInputException.class, () -> new QuadraticDiscriminantAnalysis().fit(nan, Y, 3));
    DecoderModel model = new QuadraticDiscriminantAnalysis().fit(spread(), Y, 3);
    assertEquals(0, model.decision(new Responses(new double[0], 0, 4)).length);
    assertThrows(
        InvalidInputException.class, () -> model.decision(new Responses(new double[3], 1, 3)));
  }
}
