package org.neuroglia.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the figures were measured on. */
final class Machine {
  private Machine() {}

  /** CPU, memory, system and the versions of all that takes part. */
  static String description(String spark, Optional<Rival.Python> python)
      throws IOException, InterruptedException {
    long memory =
        ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
            .getTotalMemorySize();
    Map<String, String> versions = new LinkedHashMap<>();
    versions.put("Java", System.getProperty("java.version"));
    versions.put("Spark", spark);
    if (python.isPresent()) {
      JsonNode theirs = new ObjectMapper().readTree(python.get().output("versions.py"));
      theirs.properties().forEach(each -> versions.put(each.getKey(), each.getValue().asText()));
    }
    return String.format(
        "%s, %d cores, %d GB, %s %s; %s.",
        processor(),
        Runtime.getRuntime().availableProcessors(),
        Math.round(memory / Math.pow(2, 30)),
        System.getProperty("os.name"),
        System.getProperty("os.version"),
        versions.entrySet().stream()
            .map(version -> version.getKey() + " " + version.getValue())
            .collect(Collectors.joining(", ")));
  }

  private static String processor() throws IOException {
    Path linux = Path.of("/proc/cpuinfo");
    if (!Files.exists(linux)) {
      return System.getProperty("os.arch");
    }
    try (Stream<String> lines = Files.lines(linux)) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(System.getProperty("os.arch"));
    }
  }
}
