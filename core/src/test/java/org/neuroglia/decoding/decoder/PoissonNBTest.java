package org.neuroglia.decoding.decoder;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.neuroglia.InvalidInputException;
import org.neuroglia.decoding.crossval.CrossValidation;
import org.neuroglia.decoding.linalg.ClassMoments;
import org.neuroglia.decoding.split.Responses;
import org.neuroglia.decoding.split.StratifiedKFold;

class PoissonNBTest {
  private static final int[] Y = {0, 0, 1, 1};

  /** Neuron 0 is silent in class 0, neuron 2 throughout. */
  private static final Responses COUNTS =
      Responses.of(new double[][] {{0, 4, 0}, {0, 6, 0}, {2, 1, 0}, {4, 0, 0}});

  @Test
  void ratesAreInSpikesPerSecond() {
    PoissonNaiveBayesModel model =
        new PoissonNB(ClassPrior.UNIFORM, 0.25, 0.5).fit(moments(COUNTS));
    assertArrayEquals(new double[] {0.5, 20.5, 0.5, 12.5, 2.5, 0.5}, model.rates(), 1e-12);
    assertArrayEquals(new double[] {0.5, 0.5}, model.priors());
  }

  private static ClassMoments moments(Responses rows) {
    ClassMoments moments = ClassMoments.ofSquares(rows, 2);
    moments.add(rows, Y);
    return moments;
  }

  @Test
  void theBinWidthAloneChangesNothing() {
    Responses other = Responses.of(new double[][] {{1, 3, 0}, {2.5, 2, 0}});
    double[] seconds =
        new PoissonNB(ClassPrior.FROM_DATA, 1, 0.1).fit(COUNTS, Y, 2).decision(other);
    double[] bins = new PoissonNB(ClassPrior.FROM_DATA, 0.1, 1).fit(COUNTS, Y, 2).decision(other);
    assertArrayEquals(seconds, bins, 1e-12);
  }

  @Test
  void aSpikeOfASilentNeuronTellsMuchButNotEverything() {
    Responses silentAndNot = Responses.of(new double[][] {{0, 4, 0}, {2, 4, 0}});
    double[] probability = new PoissonNB().fit(COUNTS, Y, 2).probability(silentAndNot);
    assertTrue(probability[0] > 0.99, "silent: " + probability[0]);
    double odds = Math.pow(5.1 / 0.6, 4) * Math.exp(-4.5) * Math.pow(0.1 / 3.1, 2) * Math.exp(3);
    assertEquals(odds / (1 + odds), probability[2], 1e-12);
  }

  @Test
  void withoutSmoothingASilentNeuronIsNamedButForOneThatNeverFires() {
    PoissonNB plain = new PoissonNB(ClassPrior.FROM_DATA, 1, 0);
    UnfitClassException error =
        assertThrows(UnfitClassException.class, () -> plain.fit(COUNTS, Y, 2));
    assertEquals(
        "class 0 (counted from 0) has a neuron, 0 (counted from 0), that never fires; give"
            + " smoothing above 0",
        error.getMessage());
    ClassMoments others = moments(COUNTS).select(new int[] {1, 2});
    double[] decision = plain.fit(others).decision(Responses.of(new double[][] {{3, 7}}));
    assertEquals(3 * Math.log(5) - 5 + Math.log(0.5), decision[0], 1e-12);
    assertEquals(3 * Math.log(0.5) - 0.5 + Math.log(0.5), decision[1], 1e-12);
  }

  @Test
  void aMeanThatIsZeroButForRoundingIsZero() {
    Responses rows =
        Responses.of(new double[][] {{0, 1}, {0, 1}, {0.1, 1}, {0.2, 1}, {0.3, 1}, {0.7, 1}});
    int[] y = {0, 0, 1, 1, 1, 1};
    assertTrue(Double.isFinite(new PoissonNB().fit(rows, y, 2).decision(rows)[0]));
  }

  @Test
  void negativeResponsesAreRefusedWhereverTheyTurnUp() {
    Responses negative = Responses.of(new double[][] {{0, 1}, {1, -0.5}, {1, 1}, {2, 1}});
    InvalidInputException error =
        assertThrows(InvalidInputException.class, () -> new PoissonNB().fit(negative, Y, 2));
    assertEquals(
        "Poisson naive Bayes takes counts of spikes, 0 or more and not standardised, but a"
            + " response of neuron 1 (counted from 0) is -0.5",
        error.getMessage());
    InvalidInputException standardised =
        assertThrows(
            InvalidInputException.class,
            () ->
                CrossValidation.run(
                    new PoissonNB(), true, COUNTS, Y, 2, StratifiedKFold.split(Y, 2)));
    assertTrue(standardised.getMessage().contains("not standardised"), standardised.getMessage());
    DecoderModel model = new PoissonNB().fit(COUNTS, Y, 2);
    assertThrows(
        InvalidInputException.class,
        () -> model.decision(Responses.of(new double[][] {{1, 1, -1}})));
  }

  @Test
  void badSettingsAndInputAreRefused() {
    assertThrows(
        InvalidInputException.class, () -> new PoissonNB(ClassPrior.UNIFORM, Double.NaN, 0.1));
    assertThrows(InvalidInputException.class, () -> new PoissonNB(ClassPrior.UNIFORM, 1, -0.1));
    assertThrows(InvalidInputException.class, () -> ClassPrior.of(-1, 2));
    assertThrows(
        InvalidInputException.class,
        () -> new PoissonNB(ClassPrior.of(0.2, 0.3, 0.5), 1, 0.1).fit(COUNTS, Y, 2));
    assertThrows(InvalidInputException.class, () -> new PoissonNB().fit(COUNTS, new int[4], 1));
    Responses nan = Responses.of(new double[][] {{1}, {Double.NaN}, {1}, {1}});
    assertThrows(InvalidInputException.class, () -> new PoissonNB().fit(nan, Y, 2));
  }
}
