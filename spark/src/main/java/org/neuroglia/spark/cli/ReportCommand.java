package org.neuroglia.spark.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.neuroglia.InvalidInputException;
import org.neuroglia.spark.report.DecodedTables;
import org.neuroglia.spark.report.ReportContents;
import org.neuroglia.spark.report.ReportPage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes the report of a decoding again from what the decoding wrote. */
@Command(
    name = "report",
    description = {
      "Makes report.html again in a folder that decode --out wrote.",
      "One file with charts and tables of what was decoded, which opens in a browser without a"
          + " network."
    },
    mixinStandardHelpOptions = true,
    footer = {"", "Example: ./neuroglia report decoded"})
final class ReportCommand implements Callable<Integer> {
  /** The name of the page. */
  static final String REPORT = "report.html";

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "DIR", description = "A folder that decode --out wrote.")
  private String folder;

  @Mixin private SparkOptions sparkOptions;

  @Override
  public Integer call() {
    sparkOptions.check();
    Configuration hadoop = sparkOptions.hadoopConfiguration();
    JsonNode summary = json("summary.json", hadoop).orElseThrow(() -> notDecoded("summary.json"));
    for (String table : new String[] {"results", "predictions", "confusion"}) {
      if (!exists(table, hadoop)) {
        throw notDecoded(table);
      }
    }
    Optional<JsonNode> units = json("units.json", hadoop);
    try (Progress progress = Progress.start(spec.commandLine().getErr(), "Starting Spark")) {
      SparkSession spark = sparkOptions.session("neuroglia report");
      progress.phase("Writing the report");
      ReportContents contents =
          new ReportContents(summary, DecodedTables.read(spark, folder), Optional.empty());
      byte[] page = ReportPage.html(contents.json(units));
      OutputFolder.replace(folder, REPORT, page, hadoop);
      progress.end();
      spec.commandLine()
          .getOut()
          .printf(Locale.ROOT, "%s (%.1f MB)%n", new Path(folder, REPORT), page.length / 1e6);
      spec.commandLine().getOut().flush();
    }
    return 0;
  }

  private InvalidInputException notDecoded(String missing) {
    return new InvalidInputException(
        folder + " has no " + missing + ": name a folder that ./neuroglia decode … --out wrote.");
  }

  private boolean exists(String child, Configuration hadoop) {
    Path file = new Path(folder, child);
    try {
      return file.getFileSystem(hadoop).exists(file);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private Optional<JsonNode> json(String child, Configuration hadoop) {
    if (!exists(child, hadoop)) {
      return Optional.empty();
    }
    Path file = new Path(folder, child);
    try {
      FileSystem files = file.getFileSystem(hadoop);
      try (InputStream stream = files.open(file)) {
        return Optional.of(new ObjectMapper().readTree(stream));
      }
    } catch (JsonProcessingException e) {
      throw new InvalidInputException(file + " is no JSON: " + e.getOriginalMessage() + ".", e);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static InvalidInputException unreadable(Path file, IOException cause) {
    return new InvalidInputException(file + " cannot be read: " + cause.getMessage() + ".", cause);
  }
}
