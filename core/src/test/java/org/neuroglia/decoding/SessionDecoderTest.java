package org.neuroglia.decoding;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.neuroglia.InvalidInputException;
import org.neuroglia.decoding.crossval.ConfusionMatrix;
import org.neuroglia.decoding.crossval.CrossValidation;
import org.neuroglia.decoding.crossval.SessionDecoding;
import org.neuroglia.decoding.decoder.Decoder;
import org.neuroglia.decoding.decoder.DecoderModel;
import org.neuroglia.decoding.decoder.Decoders;
import org.neuroglia.decoding.decoder.LinearDiscriminantAnalysis;
import org.neuroglia.decoding.decoder.QuadraticDiscriminantAnalysis;
import org.neuroglia.decoding.decoder.StandardScaler;
import org.neuroglia.decoding.split.Balance;
import org.neuroglia.decoding.split.Folds;
import org.neuroglia.decoding.split.NullLabels;
import org.neuroglia.decoding.split.NullLabels.Kind;
import org.neuroglia.decoding.split.Responses;
import org.neuroglia.decoding.split.SessionLabels;
import org.neuroglia.decoding.split.Splits;
import org.neuroglia.decoding.split.StratifiedKFold;

class SessionDecoderTest {
  private static final Decoder LDA = new LinearDiscriminantAnalysis();
  private static final int[] Y = new Random(8).ints(90, 0, 5).map(i -> i % 3).toArray();
  private static final SessionLabels LABELS = new SessionLabels("mouse 7", Y, 3);

  private static Responses responses(long seed, double signal) {
    Random random = new Random(seed);
    double[] values = new double[90 * 4];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextGaussian() + signal * Y[i / 4] * (i % 4 - 1);
    }
    return new Responses(values, 90, 4);
  }

  private static SessionDecoder decoder(Splits splits, NullLabels nulls, Balance balance) {
    return new SessionDecoder(LDA, true, splits, nulls, balance, LABELS);
  }

  private static NullLabels shuffles(int number) {
    return new NullLabels(Kind.SHUFFLE, number, 2);
  }

  /** cross_val_predict of scikit-learn 1.9.1, with the folds of the true labels. */
  @Test
  void labelsOfOtherSessionsAreDecodedAsByScikitLearn() {
    SavedScores saved = SavedScores.read();
    int[][] donors = saved.codesOfEach("donors");
    SessionLabels labels = new SessionLabels("s", saved.codes("y"), 3).withDonors(donors, 4);
    SessionDecoding decoding =
        new SessionDecoder(
                LDA,
                true,
                Splits.stratified(5),
                new NullLabels(Kind.OTHER_SESSION, 6, 1),
                Balance.NONE,
                labels)
            .decode(saved.responses());
    assertArrayEquals(saved.codes("prediction"), decoding.repeats().get(0).prediction());
    assertEquals(saved.number("balanced_accuracy"), decoding.balancedAccuracy(), 1e-15);
    assertArrayEquals(
        Arrays.stream(saved.numbers("null_accuracy")).sorted().toArray(),
        Arrays.stream(decoding.nullAccuracy().scores()).sorted().toArray(),
        1e-15);
    assertArrayEquals(
        Arrays.stream(saved.numbers("null_balanced_accuracy")).sorted().toArray(),
        Arrays.stream(decoding.nullBalancedAccuracy().scores()).sorted().toArray(),
        1e-15);
  }

  @Test
  void oneRepeatIsTheCrossValidation() {
    Responses rows = responses(1, 0.5);
    SessionDecoding decoding =
        decoder(Splits.stratified(5, 1, 9), NullLabels.NONE, Balance.NONE).decode(rows);
    CrossValidation.Result result =
        CrossValidation.run(LDA, true, rows, Y, 3, StratifiedKFold.split(Y, 5, 9));
    SessionDecoding.Repeat repeat = decoding.repeats().get(0);
    assertArrayEquals(result.prediction(), repeat.prediction());
    assertArrayEquals(result.probability(), repeat.probability());
    assertArrayEquals(result.accuracy(), repeat.accuracy());
    assertEquals(Arrays.stream(result.accuracy()).sum() / 5, decoding.accuracy());
    assertEquals(1.0 / 3, decoding.chance());
    assertTrue(Double.isNaN(decoding.pValue()));
    assertEquals(0, decoding.nullAccuracy().size());
  }

  @Test
  void repeatsArePooled() {
    SessionDecoding decoding =
        decoder(Splits.stratified(5, 3, 9), shuffles(4), Balance.NONE).decode(responses(1, 0.5), 2);
    assertEquals(3, decoding.repeats().size());
    assertEquals(270, decoding.confusion().events());
    double mean =
        decoding.repeats().stream()
            .mapToDouble(repeat -> Arrays.stream(repeat.accuracy()).average().orElseThrow())
            .average()
            .orElseThrow();
    assertEquals(mean, decoding.accuracy(), 1e-15);
    assertEquals(270, decoding.repeats().get(1).probability().length);
    assertEquals(0, decoding.repeats().get(2).probability().length);
    assertEquals(90, decoding.repeats().get(2).prediction().length);
  }

  @Test
  void nullsAreWhatTheirLabelsGiveByThemselves() {
    Responses rows = responses(1, 0.5);
    SessionDecoding decoding =
        decoder(Splits.stratified(5, 2, 9), shuffles(6), Balance.NONE).decode(rows);
    List<Folds> folds = Splits.stratified(5, 2, 9).draw(LABELS);
    int[][] nulls = shuffles(6).draw(LABELS);
    for (int i = 0; i < 6; i++) {
      double sum = 0;
      ConfusionMatrix confusion = new ConfusionMatrix(3);
      for (Folds repeat : folds) {
        CrossValidation.Result alone = CrossValidation.run(LDA, true, rows, nulls[i], 3, repeat);
        sum += Arrays.stream(alone.accuracy()).sum() / 5;
        confusion = confusion.plus(ConfusionMatrix.of(nulls[i], alone.prediction(), 3));
      }
      assertEquals(sum / 2, decoding.nullAccuracy().scores()[i]);
      assertEquals(
          confusion.balancedAccuracy(), decoding.nullBalancedAccuracy().scores()[i], 1e-15);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"SHUFFLE", "CIRCULAR_SHIFT"})
  void whatIsThereIsSignificantAndWhatIsNotIsNot(String kind) {
    SessionDecoder decoder =
        decoder(Splits.stratified(5), new NullLabels(Kind.valueOf(kind), 80, 3), Balance.NONE);
    SessionDecoding there = decoder.decode(responses(1, 1));
    assertEquals(1.0 / 81, there.pValue());
    assertEquals(1.0 / 81, there.balancedPValue());
    assertEquals(1.0 / 3, there.nullAccuracy().mean(), 0.1);
    assertTrue(decoder.decode(responses(1, 0)).pValue() > 0.05);
  }

  @Test
  void droppedEventsAreNotTested() {
    SessionDecoder decoder = decoder(Splits.stratified(4, 1, 2), shuffles(3), Balance.subsample(5));
    SessionDecoding decoding = decoder.decode(responses(1, 0.5));
    int smallest =
        IntStream.range(0, 3)
            .map(k -> (int) Arrays.stream(Y).filter(code -> code == k).count())
            .min()
            .orElseThrow();
    assertEquals(3 * smallest, decoder.kept().length);
    assertTrue(decoder.kept().length < 90);
    assertEquals(3L * smallest, decoding.confusion().events());
    assertEquals(1.0 / 3, decoding.confusion().majorityShare(), 1e-15);
    SessionDecoding.Repeat repeat = decoding.repeats().get(0);
    for (int event = 0; event < 90; event++) {
      int at = event;
      boolean kept = Arrays.stream(decoder.kept()).anyMatch(one -> one == at);
      assertEquals(kept, repeat.prediction()[event] >= 0);
      assertEquals(kept, repeat.folds().fold()[event] >= 0);
      assertEquals(kept, !Double.isNaN(repeat.probability()[3 * event]));
    }
    assertEquals(decoding.accuracy(), decoding.balancedAccuracy(), 0.05);
    assertArrayEquals(repeat.folds().fold(), decoder.folds().get(0).fold());
  }

  @Test
  void labelsOfOtherSessionsKeepTheirPlaceWhenEventsAreDropped() {
    int[] donor = IntStream.range(0, 90).map(i -> i / 30).toArray();
    SessionDecoder decoder =
        new SessionDecoder(
            LDA,
            true,
            Splits.stratified(4),
            new NullLabels(Kind.OTHER_SESSION, 1, 1),
            Balance.subsample(5),
            LABELS.withDonors(new int[][] {donor}, 3));
    // Neurons that tell the donor's label of an event by the event's place.
    double[] values = new double[90 * 2];
    Random random = new Random(3);
    for (int i = 0; i < values.length; i++) {
      values[i] = 50 * ((donor[i / 2] + i % 2) % 3) + random.nextGaussian();
    }
    SessionDecoding decoding = decoder.decode(new Responses(values, 90, 2));
    assertEquals(1, decoding.nullAccuracy().scores()[0]);
  }

  @Test
  void theSameDrawsServeAllResponses() {
    SessionDecoder decoder = decoder(Splits.stratified(4, 2, 2), shuffles(3), Balance.NONE);
    SessionDecoding first = decoder.decode(responses(1, 0.5));
    decoder.decode(responses(2, 0.1));
    SessionDecoding again = decoder.decode(responses(1, 0.5));
    assertArrayEquals(first.nullAccuracy().scores(), again.nullAccuracy().scores());
    assertEquals(first.accuracy(), again.accuracy());
  }

  @Test
  void groupsAreLeftOutOneByOne() {
    int[] blocks = IntStream.range(0, 90).map(i -> i / 20).toArray();
    SessionDecoding decoding =
        new SessionDecoder(
                LDA,
                true,
                Splits.leaveOneGroupOut(),
                NullLabels.NONE,
                Balance.NONE,
                LABELS.withGroups(blocks))
            .decode(responses(1, 1));
    assertEquals(5, decoding.repeats().get(0).accuracy().length);
    assertArrayEquals(blocks, decoding.repeats().get(0).folds().fold());
  }

  @Test
  void theDiagonalOfAGeneralisationIsTheDecodingOfEachTime() {
    List<Responses> byTime = List.of(responses(1, 0.2), responses(2, 0.7), responses(3, 0.4));
    SessionDecoder decoder = decoder(Splits.stratified(4, 2, 2), shuffles(3), Balance.NONE);
    TimeGeneralisation matrix = decoder.generaliseWithNulls(byTime);
    assertEquals(9, matrix.decodings().size());
    for (int time = 0; time < 3; time++) {
      SessionDecoding one = decoder.decode(byTime.get(time));
      TimeGeneralisation.Score score = matrix.at(time, time);
      assertEquals(one.accuracy(), score.accuracy());
      assertArrayEquals(one.confusion().counts(), score.confusion().counts());
      assertArrayEquals(one.nullAccuracy().scores(), score.nullAccuracy().scores());
      assertEquals(one.balancedPValue(), score.balancedPValue());
      assertEquals(one.pValue(), score.pValue());
    }
    assertEquals(matrix.at(2, 1).accuracy(), matrix.accuracy()[2][1]);
    assertEquals(0, decoder.generalise(byTime).at(0, 1).nullAccuracy().size());
  }

  @Test
  void anotherTimeIsTestedOnEventsThatWereNotTrainedOn() {
    Responses train = responses(1, 0.5);
    Responses test = responses(2, 0.7);
    Folds folds = StratifiedKFold.split(Y, 4);
    int[] predicted = new int[90];
    for (int fold = 0; fold < 4; fold++) {
      int[] trained = folds.train(fold);
      StandardScaler scaler = StandardScaler.fit(train.select(trained), true, true);
      DecoderModel model =
          LDA.fit(
              scaler.transform(train.select(trained)),
              Arrays.stream(trained).map(event -> Y[event]).toArray(),
              3);
      int[] tested = folds.test(fold);
      int[] ofFold = model.predict(scaler.transform(test.select(tested)));
      for (int i = 0; i < tested.length; i++) {
        predicted[tested[i]] = ofFold[i];
      }
    }
    TimeGeneralisation matrix =
        decoder(Splits.stratified(4), NullLabels.NONE, Balance.NONE)
            .generalise(List.of(train, test));
    assertArrayEquals(
        ConfusionMatrix.of(Y, predicted, 3).counts(), matrix.at(0, 1).confusion().counts());
  }

  /** A decoder that hides what it could share. */
  private record EachByItself(Decoder decoder) implements Decoder {
    private static final long serialVersionUID = 1L;

    @Override
    public DecoderModel fit(Responses rows, int[] y, int classes) {
      return decoder.fit(rows, y, classes);
    }
  }

  @ParameterizedTest
  @CsvSource({"lda, 2", "lda, 3", "gnb, 2", "gnb, 3"})
  void nullsAcrossTimeAreWhatFitsGive(String name, int classes) {
    List<Responses> byTime = List.of(responses(1, 0.2), responses(2, 0.7), responses(3, 0.4));
    int[] y = Arrays.stream(Y).map(code -> Math.min(code, classes - 1)).toArray();
    TimeGeneralisation[] matrices = new TimeGeneralisation[2];
    for (int i = 0; i < 2; i++) {
      Decoder decoder = Decoders.named(name);
      matrices[i] =
          new SessionDecoder(
                  i == 0 ? decoder : new EachByItself(decoder),
                  true,
                  Splits.stratified(4, 2, 2),
                  shuffles(5),
                  Balance.NONE,
                  new SessionLabels("s", y, classes))
              .generaliseWithNulls(byTime);
    }
    for (int i = 0; i < 9; i++) {
      TimeGeneralisation.Score shared = matrices[0].decodings().get(i);
      TimeGeneralisation.Score each = matrices[1].decodings().get(i);
      assertArrayEquals(each.confusion().counts(), shared.confusion().counts());
      assertArrayEquals(each.nullAccuracy().scores(), shared.nullAccuracy().scores());
      assertArrayEquals(
          each.nullBalancedAccuracy().scores(), shared.nullBalancedAccuracy().scores());
    }
  }

  @Test
  void responsesToOtherEventsAreRefused() {
    SessionDecoder decoder = decoder(Splits.stratified(4), NullLabels.NONE, Balance.NONE);
    assertEquals(
        "there are responses to 2 events, and labels of 90",
        assertThrows(
                InvalidInputException.class,
                () -> decoder.decode(new Responses(new double[6], 2, 3)))
            .getMessage());
    Responses nan = responses(1, 1);
    nan.values()[7] = Double.NaN;
    assertThrows(InvalidInputException.class, () -> decoder.decode(nan));
    assertEquals(
        "time 1 (counted from 0) has 2 neurons, time 0 has 4",
        assertThrows(
                InvalidInputException.class,
                () ->
                    decoder.generalise(
                        List.of(responses(1, 1), new Responses(new double[180], 90, 2))))
            .getMessage());
  }

  @Test
  void nullLabelsThatCannotBeDecodedAreNamed() {
    int[] donor = IntStream.range(0, 90).map(i -> i == 40 ? 2 : i % 2).toArray();
    SessionDecoder decoder =
        new SessionDecoder(
            new QuadraticDiscriminantAnalysis(),
            true,
            Splits.stratified(3),
            new NullLabels(Kind.OTHER_SESSION, 1, 1),
            Balance.NONE,
            LABELS.withDonors(new int[][] {donor}, 3));
    String message =
        assertThrows(InvalidInputException.class, () -> decoder.decode(responses(1, 1)))
            .getMessage();
    assertEquals(
        "the null labels number 0 (counted from 0) cannot be decoded: a class of the training"
            + " events of fold 0 has only 1 event, from which no covariance follows; at least 2 are"
            + " needed",
        message);
    assertFalse(message.contains("class 2"));
  }
}
