package org.neuroglia.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.neuroglia.decoding.SessionDecoder;
import org.neuroglia.decoding.crossval.SessionDecoding;
import org.neuroglia.decoding.decoder.LinearDiscriminantAnalysis;
import org.neuroglia.decoding.split.Balance;
import org.neuroglia.decoding.split.NullLabels;
import org.neuroglia.decoding.split.SessionLabels;
import org.neuroglia.decoding.split.Splits;

/** Null labels of a linear discriminant in core, on one thread, beside scikit-learn's. */
final class NullsSuite implements Suite {
  private static final int NULLS = 200;

  /** What the rival does; its time is stretched to as many as ours. */
  private static final int PERMUTATIONS = 10;

  private static final int ROUNDS = 3;
  private static final int RUNS = 3;

  /** Nulls whose accuracy the rival confirms. */
  private static final int CHECKED = 3;

  /**
   * A session of one shape.
   *
   * @param target largest ratio of our time to the rival's
   */
  private record Shape(int events, int neurons, int classes, double target) {}

  @Override
  public String name() {
    return "nulls";
  }

  @Override
  public boolean has(Size size) {
    return size != Size.LARGE;
  }

  @Override
  public List<Outcome> run(Bench bench) throws Exception {
    List<Shape> shapes =
        bench
            .size()
            .of(
                List.of(new Shape(119 * 10, 5, 119, 1), new Shape(60, 5, 2, 1)),
                List.of(new Shape(5_950, 69, 119, 1.0 / 5), new Shape(600, 100, 2, 1.0 / 50)),
                List.of());
    List<Outcome> outcomes = new ArrayList<>();
    for (Shape shape : shapes) {
      outcomes.addAll(run(bench, shape));
    }
    return outcomes;
  }

  private List<Outcome> run(Bench bench, Shape shape) throws Exception {
    LabelledResponses data =
        LabelledResponses.create(shape.events, shape.neurons, shape.classes, 1);
    SessionLabels labels = new SessionLabels("session", data.images(), shape.classes);
    NullLabels nulls = new NullLabels(NullLabels.Kind.SHUFFLE, NULLS, 1);
    SessionDecoding decoding = decode(data, labels, nulls);
    WrongResultException.unlessEqual(
        "accuracy above that of null labels",
        true,
        decoding.accuracy() > decoding.nullAccuracy().mean());
    if (bench.python().isEmpty()) {
      return List.of();
    }
    Path folder = Files.createDirectories(bench.data().resolve("nulls"));
    String stem = shape.events + "-" + shape.neurons + "-" + shape.classes;
    Path responses = folder.resolve(stem + ".f64");
    Path images = folder.resolve(stem + ".labels.i32");
    Path drawn = folder.resolve(stem + ".nulls.i32");
    LabelledResponses.write(responses, data.rows().values());
    LabelledResponses.write(images, data.images());
    LabelledResponses.write(
        drawn, Stream.of(nulls.draw(labels)).limit(CHECKED).flatMapToInt(Arrays::stream).toArray());
    try (Rival sklearn =
        Rival.start(
            bench.python().get(),
            "nulls.py",
            responses,
            images,
            drawn,
            shape.neurons,
            PERMUTATIONS)) {
      check(decoding, sklearn.check());
      if (!bench.measures()) {
        return List.of();
      }
      double[] ours = new double[ROUNDS];
      double[] theirs = new double[ROUNDS];
      for (int round = 0; round < ROUNDS; round++) {
        theirs[round] = sklearn.run();
        for (int i = 0; i < RUNS; i++) { // the last counts, when the first have warmed up
          long start = System.nanoTime();
          decode(data, labels, nulls);
          ours[round] = (System.nanoTime() - start) / 1e9;
        }
      }
      return List.of(
          Outcome.of(
              String.format(
                  "%d nulls, 5 folds, %,d events × %d neurons, %d classes",
                  NULLS, shape.events, shape.neurons, shape.classes),
              InTurn.median(ours),
              "permutation_test_score, n_jobs=2, from " + PERMUTATIONS,
              InTurn.median(theirs) * (1 + NULLS) / (1 + PERMUTATIONS),
              shape.target));
    }
  }

  private static void check(SessionDecoding decoding, JsonNode expected) {
    WrongResultException.unlessEqual(
        "accuracy", rounded(expected.get(0).asDouble()), rounded(decoding.accuracy()));
    for (int i = 0; i < CHECKED; i++) {
      WrongResultException.unlessEqual(
          "accuracy of null labels " + i,
          rounded(expected.get(i + 1).asDouble()),
          rounded(decoding.nullAccuracy().scores()[i]));
    }
  }

  /** Of a mean the last digit depends on the order of the sum. */
  private static double rounded(double share) {
    return Math.rint(1e12 * share) / 1e12;
  }

  private static SessionDecoding decode(
      LabelledResponses data, SessionLabels labels, NullLabels nulls) {
    return new SessionDecoder(
            new LinearDiscriminantAnalysis(),
            true,
            Splits.stratified(5),
            nulls,
            Balance.NONE,
            labels)
        .decode(data.rows());
  }
}
