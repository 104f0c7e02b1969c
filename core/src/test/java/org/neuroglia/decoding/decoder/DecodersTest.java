package org.neuroglia.decoding.decoder;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.neuroglia.InvalidInputException;
import org.neuroglia.decoding.SavedFolds;
import org.neuroglia.decoding.crossval.CrossValidation;
import org.neuroglia.decoding.linalg.Moments;
import org.neuroglia.decoding.split.StratifiedKFold;

class DecodersTest {
  static Stream<SavedFolds.Case> cases() {
    return SavedFolds.all().stream().flatMap(data -> data.classified().stream());
  }

  /** Fewer events than neurons are among them, and two classes. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void foldsArePredictedAsByScikitLearn(SavedFolds.Case saved) {
    SavedFolds data = saved.data();
    CrossValidation.Result result =
        CrossValidation.run(
            saved.decoder(),
            saved.standardise(),
            data.rows(),
            data.y(),
            data.classes(),
            StratifiedKFold.split(data.y(), 5));
    assertArrayEquals(
        SavedFolds.value(saved.expected().get("prediction"), int[].class), result.prediction());
    double[] probability = SavedFolds.flat(saved.expected().get("probability"));
    assertArrayEquals(probability, Arrays.copyOf(result.probability(), probability.length), 1e-9);
  }

  static Stream<SavedFolds> data() {
    return SavedFolds.all().stream();
  }

  @ParameterizedTest
  @MethodSource("data")
  void momentsGiveWhatRowsGive(SavedFolds data) {
    for (String name : List.of("pnb", "centroid", "correlation", "ridge")) {
      MomentDecoder<?> decoder = (MomentDecoder<?>) Decoders.named(name);
      double[] rows = decoder.fit(data.rows(), data.y(), data.classes()).decision(data.rows());
      assertArrayEquals(rows, fromMoments(decoder, data).decision(data.rows()), 1e-9);
    }
  }

  private static <M extends Moments<M>> DecoderModel fromMoments(
      MomentDecoder<M> decoder, SavedFolds data) {
    M moments = decoder.moments(data.rows(), data.classes());
    moments.add(data.rows(), data.y());
    return decoder.fit(moments);
  }

  @Test
  void everyDecoderAcceptsItsOwnDefaults() {
    assertEquals(
        "[centroid, correlation, gnb, knn, lda, pnb, qda, ridge]", Decoders.names().toString());
    SavedFolds data = SavedFolds.of("narrow_7");
    for (String name : Decoders.names()) {
      Map<String, String> defaults = new HashMap<>();
      for (Decoders.Setting setting : Decoders.settings(name)) {
        assertFalse(setting.meaning().isBlank());
        defaults.put(setting.name(), setting.standard());
      }
      assertFalse(Decoders.meaning(name).isBlank());
      assertArrayEquals(
          Decoders.named(name).fit(data.rows(), data.y(), 7).decision(data.rows()),
          Decoders.named(name, defaults).fit(data.rows(), data.y(), 7).decision(data.rows()),
          name);
    }
    assertFalse(Decoders.named("pnb").wantsStandardised());
    assertTrue(Decoders.named("correlation").wantsStandardised());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "lda | solver | newton | a solver is svd, lsqr or eigen, not 'newton'",
        "lda | shrinkage | some | a shrinkage is none, auto or a number from 0 to 1, not 'some'",
        "lda | shrinkage | auto | the solver svd does not shrink; use lsqr or eigen with shrinkage",
        "lda | tol | much | tol of the decoder \"lda\" is a number, not 'much'",
        "lda | tol | -1 | the tolerance must not be negative",
        "lda | priors | 0.5,half | priors of the decoder \"lda\" is data or numbers with commas"
            + " between them, not '0.5,half'",
        "lda | alpha | 1 | the decoder \"lda\" has no setting \"alpha\"; it has solver, shrinkage,"
            + " priors, tol",
        "centroid | p | 1 | the decoder \"centroid\" has no setting \"p\"; it has none",
        "gnb | varSmoothing | -1 | varSmoothing must be 0 or more, not -1.0",
        "knn | nNeighbors | 2.5 | nNeighbors of the decoder \"knn\" is a whole number, not '2.5'",
        "knn | nNeighbors | 0 | nNeighbors must be at least 1, not 0",
        "pnb | prior | flat | prior of the decoder \"pnb\" is data, uniform or numbers with commas"
            + " between them, not 'flat'",
        "pnb | prior | 0,0 | of the priors at least one must be more than 0",
        "pnb | binWidth | 0 | binWidth must be above 0 seconds, not 0.0",
        "pnb | smoothing | NaN | smoothing must be 0 spikes/s or more, not NaN",
        "qda | regParam | 2 | regParam must be 0 to 1, not 2.0",
        "ridge | alpha | -1 | alpha must be 0 or more, not -1.0",
        "svm | C | 1 | there is no decoder \"svm\"; there are centroid, correlation, gnb, knn, lda,"
            + " pnb, qda, ridge"
      })
  void whatIsNotAcceptedIsSaidInOneSentence(
      String decoder, String setting, String value, String message) {
    InvalidInputException error =
        assertThrows(
            InvalidInputException.class, () -> Decoders.named(decoder, Map.of(setting, value)));
    assertEquals(message, error.getMessage());
  }
}
