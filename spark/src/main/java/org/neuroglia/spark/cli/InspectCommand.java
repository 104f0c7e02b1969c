package org.neuroglia.spark.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.neuroglia.InvalidInputException;
import org.neuroglia.nwb.NwbFile;
import org.neuroglia.nwb.NwbSession;
import org.neuroglia.spark.lake.Lake;
import org.neuroglia.spark.nwb.HadoopFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says what NWB files hold, without a Spark job, and so starts fast; or what a lake holds. */
@Command(
    name = "inspect",
    description = {
      "Shows what NWB files hold: session, units and their rates, tables and columns, traces.",
      "Of a lake: sessions, units, spikes, areas, tables and their sizes, failures."
    },
    mixinStandardHelpOptions = true)
final class InspectCommand implements Callable<Integer> {
  private static final int NEURONS_SHOWN = 10;

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "1..*",
      paramLabel = "PATH",
      description = "NWB files, folders (all *.nwb below), globs, or a lake.")
  private List<String> paths;

  @Option(names = "--json", description = "Print JSON, with all neurons.")
  private boolean json;

  @Mixin private SparkOptions sparkOptions;

  @Override
  public Integer call() throws JsonProcessingException {
    sparkOptions.check();
    Configuration hadoop = sparkOptions.hadoopConfiguration();
    PrintWriter out = spec.commandLine().getOut();
    if (paths.stream().anyMatch(path -> Lake.isLake(path, hadoop))) {
      return inspectLake(out);
    }
    List<String> problems = new ArrayList<>();
    List<Inspection> inspections = new ArrayList<>();
    try (Progress progress = Progress.start(spec.commandLine().getErr(), "Reading")) {
      for (String path : HadoopFiles.resolve(paths, hadoop)) {
        progress.phase("Reading " + HadoopFiles.shown(path));
        try (NwbFile file = HadoopFiles.open(path, hadoop)) {
          Inspection inspection = Inspection.of(file, HadoopFiles.shown(path));
          inspections.add(inspection);
          if (!json) {
            progress.hide();
            print(inspection, out);
          }
        } catch (InvalidInputException e) {
          problems.add(e.getMessage());
        }
      }
    }
    if (json) {
      out.println(
          new ObjectMapper()
              .enable(SerializationFeature.INDENT_OUTPUT)
              .writeValueAsString(inspections));
    }
    out.flush();
    return report(problems, inspections.size());
  }

  private int inspectLake(PrintWriter out) throws JsonProcessingException {
    if (paths.size() > 1) {
      throw new InvalidInputException("A lake is inspected by itself; name only one path.");
    }
    try (Progress progress = Progress.start(spec.commandLine().getErr(), "Starting Spark")) {
      SparkSession spark =
          sparkOptions.session("neuroglia inspect", SparkOptions.interpreted(Lake.settings()));
      progress.phase("Reading " + paths.get(0));
      LakeInspection inspection = LakeInspection.of(Lake.open(spark, paths.get(0)), paths.get(0));
      progress.end();
      if (json) {
        out.println(
            new ObjectMapper()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .writeValueAsString(inspection));
      } else {
        inspection.print(out);
      }
      out.flush();
      return 0;
    }
  }

  private int report(List<String> problems, int read) {
    if (problems.isEmpty()) {
      return 0;
    }
    if (problems.size() == 1) {
      throw new InvalidInputException(problems.get(0));
    }
    problems.forEach(problem -> spec.commandLine().getErr().println("not read: " + problem));
    throw new InvalidInputException(
        problems.size() + " of " + (problems.size() + read) + " files could not be read.");
  }

  private static void print(Inspection file, PrintWriter out) {
    out.println(file.path());
    line(out, "version", file.version());
    NwbSession session = file.session();
    line(out, "session id", session.sessionId());
    line(out, "identifier", session.identifier());
    line(out, "start time", session.startTime());
    line(out, "description", session.description());
    line(out, "experiment", session.experimentDescription());
    line(out, "experimenter", session.experimenter());
    line(out, "lab", joined(", ", session.lab(), session.institution()));
    line(out, "subject", subject(session.subject()));
    for (Inspection.Table table : file.tables()) {
      print(table, out);
    }
    if (file.tables().isEmpty()) {
      out.println("  no tables");
    }
    file.series().forEach(series -> print(series, out));
    file.notRead().forEach(note -> line(out, "not read", note));
    out.println();
    out.flush();
  }

  private static void print(Inspection.Table table, PrintWriter out) {
    String rows =
        table.rows() == null ? "" : String.format(Locale.ROOT, ", %,d rows", table.rows());
    out.println("  " + table.name() + ": " + table.kind() + rows + " (" + table.path() + ")");
    if (table.problem() != null) {
      line(out, "  not read", table.problem());
      return;
    }
    line(
        out,
        "  columns",
        table.columns().stream()
            .map(column -> column.name() + " " + column.type())
            .collect(Collectors.joining(", ")));
    if (table.units() != null) {
      print(table.units(), out);
    }
    table.notes().forEach(note -> line(out, "  note", note));
  }

  private static void print(Inspection.Series series, PrintWriter out) {
    StringBuilder about =
        new StringBuilder(
            String.format(Locale.ROOT, "%,d x %,d samples", series.neurons(), series.samples()));
    if (series.rate() != null) {
      about.append(String.format(Locale.ROOT, " at %.2f Hz", series.rate()));
    }
    if (series.first() != null && series.last() != null) {
      about.append(
          String.format(Locale.ROOT, " from %.3f to %.3f s", series.first(), series.last()));
    }
    if (series.unit() != null) {
      about.append(", in ").append(series.unit());
    }
    out.println("  " + series.name() + ": traces, " + about + " (" + series.path() + ")");
    series.notes().forEach(note -> line(out, "  note", note));
    if (series.problem() != null) {
      line(out, "  not read", series.problem());
    }
  }

  private static void print(Inspection.Units units, PrintWriter out) {
    String span =
        units.first() == null
            ? ""
            : String.format(Locale.ROOT, " from %.3f to %.3f s", units.first(), units.last());
    line(
        out,
        "  spikes",
        String.format(Locale.ROOT, "%,d of %,d neurons%s", units.spikes(), units.count(), span));
    if (units.silent() + units.nanDropped() + units.unsorted() > 0) {
      line(
          out,
          "  beware",
          String.format(
              Locale.ROOT,
              "%,d silent neurons, %,d NaN dropped, %,d unsorted neurons sorted",
              units.silent(),
              units.nanDropped(),
              units.unsorted()));
    }
    List<Inspection.Neuron> neurons = units.neurons();
    for (Inspection.Neuron neuron : neurons.subList(0, Math.min(NEURONS_SHOWN, neurons.size()))) {
      String rate =
          neuron.rate() == null ? "" : String.format(Locale.ROOT, " %9.2f Hz", neuron.rate());
      out.printf(
          Locale.ROOT,
          "      neuron %-8s %,10d spikes%s%n",
          neuron.neuron(),
          neuron.spikes(),
          rate);
    }
    if (neurons.size() > NEURONS_SHOWN) {
      out.printf(
          Locale.ROOT,
          "      … and %,d more neurons (--json has all)%n",
          neurons.size() - NEURONS_SHOWN);
    }
  }

  private static String subject(NwbSession.Subject subject) {
    return joined(
        ", ",
        subject.subjectId(),
        subject.species(),
        subject.strain(),
        subject.genotype(),
        subject.sex(),
        subject.age(),
        subject.dateOfBirth(),
        subject.weight(),
        subject.description());
  }

  private static String joined(String separator, String... texts) {
    return java.util.Arrays.stream(texts)
        .filter(text -> !text.isBlank())
        .collect(Collectors.joining(separator));
  }

  /** One field; nothing where the file says nothing. */
  private static void line(PrintWriter out, String name, String value) {
    if (!value.isBlank()) {
      out.printf("  %-13s %s%n", name, value.strip().replaceAll("\\s*\\R\\s*", " "));
    }
  }
}
