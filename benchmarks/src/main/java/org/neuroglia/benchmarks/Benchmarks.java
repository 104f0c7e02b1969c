package org.neuroglia.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures the library beside its rivals; {@code benchmarks/run} starts it. */
@Command(
    name = "benchmarks/run",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Measures the library beside its rivals, in turn, after checking that the results are equal.",
      "Prints a table, and writes it to benchmarks/RESULTS.md unless --only is given."
    })
public final class Benchmarks implements Callable<Integer> {
  static final List<Suite> SUITES =
      List.of(
          new KernelSuite(),
          new DiscriminantSuite(),
          new NullsSuite(),
          new TraceSuite(),
          new SamplerSuite(false),
          new SamplerSuite(true),
          new LongTableSuite(),
          new FeaturesSuite(),
          new NwbSuite(),
          new ArchiveSuite(),
          new CommandSuite(),
          new GrowthSuite(),
          new HeapSuite());

  @Option(names = "--large", description = "Then the large sizes, too: up to 200 million spikes.")
  private boolean large;

  @Option(
      names = "--check",
      description = "Check results at the smallest size; measure nothing. Works without Python.")
  private boolean check;

  @Option(names = "--only", arity = "1..*", paramLabel = "NAME", description = "Only some of them.")
  private Set<String> only = new LinkedHashSet<>();

  @Option(names = "--root", hidden = true, required = true)
  private Path root;

  @Option(names = "--python", hidden = true)
  private Path python;

  private final List<String> failed = new ArrayList<>();

  @Spec private CommandLine.Model.CommandSpec spec;

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Benchmarks()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    Set<String> names = SUITES.stream().map(Suite::name).collect(Collectors.toSet());
    if (!names.containsAll(only)) {
      throw new ParameterException(
          spec.commandLine(),
          "--only " + only + ": accepted are " + SUITES.stream().map(Suite::name).toList());
    }
    List<Size> sizes =
        check
            ? List.of(Size.SMALLEST)
            : large ? List.of(Size.SMALL, Size.LARGE) : List.of(Size.SMALL);
    Optional<Rival.Python> rivals =
        Optional.ofNullable(python)
            .filter(Files::exists)
            .map(program -> new Rival.Python(program, root.resolve("benchmarks/rivals")));
    if (rivals.isEmpty() && !check) {
      throw new ParameterException(spec.commandLine(), "there is no Python for the rivals");
    }
    List<Outcome> outcomes = new ArrayList<>();
    try (SparkSession spark = Bench.session()) {
      Path data = root.resolve("benchmarks/target/data");
      for (Size size : sizes) {
        outcomes.addAll(run(new Bench(spark, size, rivals, root, data)));
      }
      if (!failed.isEmpty()) {
        System.err.println("Failed: " + String.join(", ", failed));
      }
      if (check) {
        return failed.isEmpty() ? 0 : 1;
      }
      String table = Report.table(outcomes);
      System.out.println(table);
      if (only.isEmpty()) {
        write(table, Machine.description(spark.version(), rivals));
      }
    }
    return failed.isEmpty() ? 0 : 1;
  }

  /** One suite that fails does not keep the others from being measured. */
  private List<Outcome> run(Bench bench) {
    List<Outcome> outcomes = new ArrayList<>();
    for (Suite suite : SUITES) {
      if (suite.has(bench.size()) && (only.isEmpty() || only.contains(suite.name()))) {
        long start = System.nanoTime();
        try {
          List<Outcome> some = suite.run(bench);
          some.forEach(outcome -> System.err.println("  " + String.join(" | ", outcome.cells())));
          outcomes.addAll(some);
        } catch (Exception e) {
          e.printStackTrace();
          failed.add(suite.name());
        }
        System.err.printf("%s: %d s%n", suite.name(), (System.nanoTime() - start) / 1_000_000_000);
      }
    }
    return outcomes;
  }

  private void write(String table, String machine) throws IOException {
    String results =
        """
        # Results of the last run

        Written by `benchmarks/run%s`. Medians; ours and the rival ran in turn on the same data, and gave equal results. A ratio is ours to the
        rival's time: the less, the better.

        %s

        %s
        ![seconds over spikes](growth.svg)
        """
            .formatted(large ? " --large" : "", machine, table);
    Files.writeString(root.resolve("benchmarks/RESULTS.md"), results);
  }
}
