package org.neuroglia.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.StreamSupport;

/** Linear discriminant analysis in core beside scikit-learn's. */
final class DiscriminantSuite implements Suite {
  private static final int ROUNDS = 2;

  @Override
  public String name() {
    return "lda";
  }

  @Override
  public boolean has(Size size) {
    return size != Size.LARGE;
  }

  @Override
  public List<Outcome> run(Bench bench) throws Exception {
    List<Outcome> outcomes = new ArrayList<>();
    for (int neurons : bench.size().of(new int[] {5}, new int[] {69, 690}, new int[0])) {
      outcomes.addAll(run(bench, bench.size().of(1_190, 5_950, 0), neurons));
    }
    return outcomes;
  }

  private List<Outcome> run(Bench bench, int events, int neurons) throws Exception {
    LinearDiscriminantBenchmark benchmark = new LinearDiscriminantBenchmark();
    benchmark.events = events;
    benchmark.neurons = neurons;
    benchmark.create();
    double[] accuracy = benchmark.accuracy();
    if (bench.python().isEmpty()) {
      // Chance is 1/119.
      WrongResultException.unlessEqual(
          "accuracy above chance", true, Arrays.stream(accuracy).min().orElse(0) > 0.02);
      return List.of();
    }
    LabelledResponses data = LabelledResponses.create(events, neurons, 1);
    Path folder = Files.createDirectories(bench.data().resolve("responses"));
    Path responses = folder.resolve(events + "-" + neurons + ".f64");
    Path images = folder.resolve(events + "-" + neurons + ".i32");
    LabelledResponses.write(responses, data.rows().values());
    LabelledResponses.write(images, data.images());
    try (Rival sklearn =
        Rival.start(bench.python().get(), "discriminant.py", responses, images, neurons)) {
      sklearn.run();
      WrongResultException.unlessEqual(
          "accuracy of the five folds",
          Arrays.toString(numbers(sklearn.check())),
          Arrays.toString(accuracy));
      if (!bench.measures()) {
        return List.of();
      }
      DoubleStream ours = DoubleStream.empty();
      DoubleStream theirs = DoubleStream.empty();
      for (int round = 0; round < ROUNDS; round++) {
        for (int i = 0; i < 3; i++) {
          theirs = DoubleStream.concat(theirs, DoubleStream.of(sklearn.run()));
        }
        double[] seconds =
            Jmh.seconds(
                LinearDiscriminantBenchmark.class,
                "fitAndAccuracy",
                Map.of("events", events, "neurons", neurons));
        ours = DoubleStream.concat(ours, DoubleStream.of(seconds));
      }
      return List.of(
          Outcome.of(
              String.format("LDA fit + 5-fold accuracy, %,d events × %d neurons", events, neurons),
              InTurn.median(ours.toArray()),
              "scikit-learn, BLAS on 2 threads",
              InTurn.median(theirs.toArray()),
              1.0));
    }
  }

  private static double[] numbers(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false)
        .mapToDouble(JsonNode::asDouble)
        .toArray();
  }
}
