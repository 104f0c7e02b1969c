package org.neuroglia.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every benchmark's results are right, at a size that takes no time; no time is measured. */
class SmallestSizeTest {
  private static SparkSession spark;

  @TempDir static Path data;

  @BeforeAll
  static void start() {
    spark = Bench.session();
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  static Stream<String> suites() {
    return Benchmarks.SUITES.stream().filter(suite -> suite.has(Size.SMALLEST)).map(Suite::name);
  }

  @ParameterizedTest
  @MethodSource("suites")
  void resultsAreRight(String name) throws Exception {
    Suite suite =
        Benchmarks.SUITES.stream().filter(each -> each.name().equals(name)).findFirst().get();
    Bench bench = new Bench(spark, Size.SMALLEST, Optional.empty(), data, data);
    assertEquals(List.of(), suite.run(bench));
  }
}
