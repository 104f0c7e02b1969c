package org.neuroglia.decoding.crossval;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.neuroglia.InvalidInputException;
import org.neuroglia.decoding.decoder.Decoder;
import org.neuroglia.decoding.decoder.DecoderModel;
import org.neuroglia.decoding.decoder.Decoders;
import org.neuroglia.decoding.decoder.KNeighborsClassifier;
import org.neuroglia.decoding.decoder.KNeighborsClassifier.Weights;
import org.neuroglia.decoding.decoder.LinearDiscriminantAnalysis;
import org.neuroglia.decoding.decoder.LinearDiscriminantAnalysis.Solver;
import org.neuroglia.decoding.decoder.QuadraticDiscriminantAnalysis;
import org.neuroglia.decoding.decoder.UnfitClassException;
import org.neuroglia.decoding.linalg.Shrinkage;
import org.neuroglia.decoding.split.ClassLabels;
import org.neuroglia.decoding.split.Folds;
import org.neuroglia.decoding.split.Responses;
import org.neuroglia.decoding.split.StratifiedKFold;
import org.neuroglia.decoding.split.TrainTestSplit;
import org.neuroglia.golden.GoldenArchive;

class CrossValidationTest {
  private static final GoldenArchive SESSION = GoldenArchive.of("session_x1");

  private static double[][] csv(String file) {
    return SESSION.lines(file).stream()
        .skip(1)
        .map(line -> line.replace("train", "0").replace("test", "1").split(","))
        .map(cells -> Arrays.stream(cells).mapToDouble(Double::parseDouble).toArray())
        .toArray(double[][]::new);
  }

  @ParameterizedTest
  @CsvSource({"lda_svd, svd, none", "lda_lsqr, lsqr, none", "lda_lsqr_auto, lsqr, auto"})
  void theWholeSessionScoresExactlyAsInScikitLearn(String name, String solver, String shrinkage)
      throws Exception {
    Responses rows = Responses.of(csv("response.csv"));
    double[][] split = csv("split.csv");
    double[] labels = Arrays.stream(split).mapToDouble(line -> line[1]).toArray();
    ClassLabels classes = ClassLabels.of(labels);
    int[] y = classes.codes(labels);
    Folds folds = StratifiedKFold.split(y, 5);
    assertArrayEquals(Arrays.stream(split).mapToInt(line -> (int) line[3]).toArray(), folds.fold());

    LinearDiscriminantAnalysis lda =
        new LinearDiscriminantAnalysis(Solver.parse(solver), Shrinkage.parse(shrinkage));
    CrossValidation.Result result = CrossValidation.run(lda, true, rows, y, classes.size(), folds);
    JsonNode summary = SESSION.json("summary.json");
    for (int fold = 0; fold < 5; fold++) {
      assertEquals(summary.at("/" + name + "/cv5/" + fold).asDouble(), result.accuracy()[fold]);
    }

    int[] fold = Arrays.stream(split).mapToInt(line -> line[2] == 1 ? 0 : -1).toArray();
    int[] predicted =
        CrossValidation.run(lda, true, rows, y, classes.size(), new Folds(fold, 1, ""))
            .prediction();
    double[][] expected = csv("predictions.csv");
    int column = List.of("lda_svd", "lda_lsqr", "lda_lsqr_auto").indexOf(name) + 2;
    for (double[] line : expected) {
      assertEquals(line[column], classes.numbers()[predicted[(int) line[0]]]);
    }
    long right = IntStream.range(0, y.length).filter(i -> predicted[i] == y[i]).count();
    assertEquals(summary.at("/" + name + "/n_correct").asLong(), right);
  }

  private static Responses responses(int events, int neurons, int[] y) {
    Random random = new Random(5);
    double[] values = new double[events * neurons];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextGaussian() + (i % neurons + 1.0) * y[i / neurons] / neurons;
    }
    return new Responses(values, events, neurons);
  }

  /** A decoder that hides that it could work from moments. */
  private record RowsOnly(Decoder decoder) implements Decoder {
    private static final long serialVersionUID = 1L;

    @Override
    public DecoderModel fit(Responses rows, int[] y, int classes) {
      return decoder.fit(rows, y, classes);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "svd, none, true",
    "svd, none, false",
    "lsqr, none, true",
    "lsqr, 0.3, true",
    "lsqr, 0.3, false",
    "eigen, none, true",
    "eigen, 0.2, false"
  })
  void momentsGiveWhatRefitsGive(String solver, String shrinkage, boolean standardise) {
    int[] y = IntStream.range(0, 120).map(i -> i * i % 7 % 3).toArray();
    Responses rows = responses(120, 6, y);
    for (int i = 0; i < 120; i++) { // neuron 0 is constant but in the events of one fold
      rows.values()[6 * i] = solver.equals("eigen") ? rows.values()[6 * i] : i == 3 ? 4.25 : 0.1;
    }
    LinearDiscriminantAnalysis lda =
        new LinearDiscriminantAnalysis(Solver.parse(solver), Shrinkage.parse(shrinkage));
    Folds folds = StratifiedKFold.split(y, 4, 9);
    CrossValidation.Result fast = CrossValidation.run(lda, standardise, rows, y, 3, folds);
    CrossValidation.Result slow =
        CrossValidation.run(new RowsOnly(lda), standardise, rows, y, 3, folds);
    assertArrayEquals(slow.prediction(), fast.prediction());
    assertArrayEquals(slow.probability(), fast.probability(), 1e-9);
    assertArrayEquals(slow.accuracy(), fast.accuracy());
  }

  @ParameterizedTest
  @CsvSource({"qda, true", "qda, false", "gnb, true", "gnb, false"})
  void momentsByClassGiveWhatRefitsGive(String name, boolean standardise) {
    int[] y = IntStream.range(0, 120).map(i -> i * i % 7 % 3).toArray();
    Responses rows = responses(120, 6, y);
    Folds folds = StratifiedKFold.split(y, 4, 9);
    Decoder decoder = Decoders.named(name);
    CrossValidation.Result fast = CrossValidation.run(decoder, standardise, rows, y, 3, folds);
    CrossValidation.Result slow =
        CrossValidation.run(new RowsOnly(decoder), standardise, rows, y, 3, folds);
    assertArrayEquals(slow.prediction(), fast.prediction());
    assertArrayEquals(slow.probability(), fast.probability(), 1e-9);
    assertArrayEquals(slow.accuracy(), fast.accuracy());
  }

  static Stream<Arguments> decoders() {
    return Stream.of(
        Arguments.of("qda", Decoders.named("qda")),
        Arguments.of("gnb", Decoders.named("gnb")),
        Arguments.of("knn", Decoders.named("knn")),
        Arguments.of("knn_distance", new KNeighborsClassifier(7, Weights.DISTANCE, 3)));
  }

  /** cross_val_predict of scikit-learn 1.9.1, with a StandardScaler and without. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("decoders")
  void foldsArePredictedAsByScikitLearn(String name, Decoder decoder) throws Exception {
    JsonNode saved;
    try (InputStream json =
        CrossValidationTest.class.getResourceAsStream("/decoding/cross_validation.json")) {
      saved = new ObjectMapper().readTree(json);
    }
    double[][] x = new ObjectMapper().treeToValue(saved.get("X"), double[][].class);
    int[] y = new ObjectMapper().treeToValue(saved.get("y"), int[].class);
    for (boolean standardise : new boolean[] {true, false}) {
      JsonNode expected = saved.get("decoders").get(standardise ? name : name + "_raw");
      CrossValidation.Result result =
          CrossValidation.run(
              decoder, standardise, Responses.of(x), y, 3, StratifiedKFold.split(y, 5));
      assertArrayEquals(
          new ObjectMapper().treeToValue(expected.get("prediction"), int[].class),
          result.prediction());
      assertArrayEquals(
          Arrays.stream(
                  new ObjectMapper().treeToValue(expected.get("probability"), double[][].class))
              .flatMapToDouble(Arrays::stream)
              .toArray(),
          result.probability(),
          1e-10);
    }
  }

  @Test
  void aClassThatCannotBeFittedIsNamedWithItsFold() {
    int[] y = IntStream.range(0, 42).map(i -> i < 2 ? 1 : i % 2 * 2).toArray();
    UnfitClassException error =
        assertThrows(
            UnfitClassException.class,
            () ->
                CrossValidation.run(
                    new QuadraticDiscriminantAnalysis(),
                    true,
                    responses(42, 3, y),
                    y,
                    3,
                    StratifiedKFold.split(y, 4)));
    assertEquals(
        "class 1 (counted from 0) of the training events of fold 0 has only 1 event, from which no"
            + " covariance follows; at least 2 are needed",
        error.getMessage());
    assertTrue(
        error
            .named(ClassLabels.of(List.of("ant", "bee", "cat")))
            .getMessage()
            .startsWith("class bee of the training events of fold 0 has only 1 event"));
  }

  @Test
  void aClassThatIsNotTrainedOnHasProbabilityZero() {
    int[] y = IntStream.range(0, 40).map(i -> i == 17 ? 1 : i % 2 * 2).toArray();
    Responses rows = responses(40, 3, y);
    Folds folds = StratifiedKFold.split(y, 4);
    CrossValidation.Result result =
        CrossValidation.run(new LinearDiscriminantAnalysis(), true, rows, y, 3, folds);
    assertTrue(folds.warning().isPresent());
    assertEquals(0, result.probability()[17 * 3 + 1]);
    assertEquals(1, result.probability()[17 * 3] + result.probability()[17 * 3 + 2], 1e-12);
  }

  @Test
  void eventsThatNoFoldTestsHaveNoPrediction() {
    int[] y = IntStream.range(0, 50).map(i -> i % 2).toArray();
    Folds split = TrainTestSplit.split(50, 0.3, 4);
    CrossValidation.Result result =
        CrossValidation.run(
            new LinearDiscriminantAnalysis(), true, responses(50, 3, y), y, 2, split);
    for (int event = 0; event < 50; event++) {
      assertEquals(split.fold()[event] == -1, result.prediction()[event] == -1);
      assertEquals(split.fold()[event] == -1, Double.isNaN(result.probability()[2 * event]));
    }
  }

  @Test
  void aFoldThatLeavesOneClassIsRefusedByNumber() {
    int[] y = {0, 0, 0, 0, 0, 0, 1};
    InvalidInputException error =
        assertThrows(
            InvalidInputException.class,
            () ->
                CrossValidation.run(
                    new LinearDiscriminantAnalysis(),
                    true,
                    responses(7, 2, y),
                    y,
                    2,
                    StratifiedKFold.split(y, 3)));
    assertTrue(error.getMessage().startsWith("the training events of fold 0 have 1 class"));
  }
}
