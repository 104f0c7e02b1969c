package org.neuroglia.spark.golden;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.neuroglia.InvalidInputException;
import org.neuroglia.TestsMustRun;
import org.neuroglia.golden.GoldenCase;
import org.neuroglia.golden.GoldenValue;

/**
 * Every golden case, through our stages; those of one folder with {@code
 * -Dgolden.only=StandardScaler}.
 */
class GoldenCasesTest {
  private static final Path README = Path.of(System.getProperty("project.root", ".."), "README.md");

  private static int matched;
  private static int failed;
  private static final List<String> DIFFERENT = new ArrayList<>();
  private static final Map<String, Integer> NOT_BUILT = new TreeMap<>();
  private static final List<String> VOLATILE = new ArrayList<>();

  @TestFactory
  List<DynamicContainer> everyFolder() throws Exception {
    Map<String, List<DynamicTest>> folders = new LinkedHashMap<>();
    String only = System.getProperty("golden.only", "");
    List<GoldenCase> cases = (only.isEmpty() ? GoldenCase.all() : GoldenCase.all(only)).toList();
    for (GoldenCase golden : cases) {
      folders
          .computeIfAbsent(golden.folder(), f -> new ArrayList<>())
          .add(DynamicTest.dynamicTest(golden.toString(), () -> check(golden)));
    }
    assertTrue(!only.isEmpty() || cases.size() == 382, () -> cases.size() + " cases, not 382");
    return folders.entrySet().stream()
        .map(folder -> DynamicContainer.dynamicContainer(folder.getKey(), folder.getValue()))
        .toList();
  }

  private static void check(GoldenCase golden) throws Exception {
    GoldenAdapter adapter = GoldenAdapters.BY_FOLDER.get(golden.folder());
    if (adapter == null || !adapter.builds(golden)) {
      NOT_BUILT.merge(golden.folder(), 1, Integer::sum);
      TestsMustRun.require(false, golden.folder() + " is not built");
    }
    if (golden.isVolatile()) {
      VOLATILE.add(golden.toString());
      abort("changes from run to run in the original");
    }
    failed++; // until it has passed
    Optional<String> difference =
        golden.verdict().equals("fix") ? Optional.of("a defect") : difference(adapter, golden);
    if (difference.isEmpty()) {
      matched++;
    } else if (golden.verdict().equals("match")) {
      throw new AssertionError(golden + difference.get());
    } else {
      DIFFERENT.add(golden + ": " + adapter.better(golden));
      if (golden.verdict().equals("fix")) {
        assertTrue(
            Files.readAllLines(README).stream()
                .filter(line -> line.startsWith("| `"))
                .anyMatch(line -> line.split("\\|")[1].contains("`" + golden.name() + "`")),
            () -> "the README's table of differences has no line for " + golden.name());
      }
    }
    failed--;
  }

  private static Optional<String> difference(GoldenAdapter adapter, GoldenCase golden)
      throws Exception {
    GoldenValue expected = golden.expectedValue();
    if (!(expected instanceof GoldenValue.Error error)) {
      try {
        return GoldenValue.difference(expected, adapter.run(golden), golden.tolerance());
      } catch (InvalidInputException refused) {
        return Optional.of(": refused: " + refused.getMessage());
      }
    }
    try {
      GoldenValue actual = adapter.run(golden);
      return Optional.of(": expected the error \"" + error.message() + "\", got " + actual);
    } catch (Exception thrown) {
      for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
        if (cause instanceof InvalidInputException) {
          return Optional.empty();
        }
      }
      throw thrown;
    }
  }

  @AfterAll
  static void closingLine() {
    DIFFERENT.forEach(line -> System.out.println("golden: deliberately different: " + line));
    int notBuilt = NOT_BUILT.values().stream().mapToInt(Integer::intValue).sum();
    if (notBuilt > 0) {
      System.out.println(
          NOT_BUILT.entrySet().stream()
              .map(folder -> folder.getKey() + " (" + folder.getValue() + ")")
              .collect(Collectors.joining(", ", "golden: not built: ", "")));
    }
    VOLATILE.forEach(line -> System.out.println("golden: not compared, volatile: " + line));
    System.out.printf(
        "golden: %d matched, %d deliberately differ, %d failed, %d not built, %d volatile%n",
        matched, DIFFERENT.size(), failed, notBuilt, VOLATILE.size());
  }
}
