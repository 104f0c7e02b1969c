package org.neuroglia.spark.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.neuroglia.InvalidInputException;
import org.neuroglia.datasets.NaturalImageSession;
import org.neuroglia.nwb.Nwb1Writer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes a session and decodes it as a user would. */
@Command(
    name = "demo",
    description =
        "Makes a session of natural images, saves it as NWB, and decodes which image was shown.",
    mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
  private static final String DEFAULT_FOLDER = "neuroglia-demo";

  @Spec private CommandSpec spec;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Folder for the session and its decoding; by default " + DEFAULT_FOLDER + ".")
  private String out;

  @Option(names = "--overwrite", description = "Write into the folder of --out even if it exists.")
  private boolean overwrite;

  @Option(
      names = "--units",
      paramLabel = "N",
      defaultValue = "69",
      description = "Number of units; ${DEFAULT-VALUE} by default.")
  private int units;

  @Option(
      names = "--images",
      paramLabel = "N",
      defaultValue = "119",
      description = "Number of images; ${DEFAULT-VALUE} by default.")
  private int images;

  @Option(
      names = "--repeats",
      paramLabel = "N",
      defaultValue = "50",
      description = "How often each image is shown; ${DEFAULT-VALUE} by default.")
  private int repeats;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "20181016",
      description = "Another number makes another session.")
  private long seed;

  @Mixin private SparkOptions sparkOptions;

  @Override
  public Integer call() throws IOException {
    sparkOptions.check();
    Path folder = Path.of(out == null ? DEFAULT_FOLDER : out);
    // The default folder is the demo's own: the second demo should not fail.
    if (out != null && !overwrite && Files.exists(folder)) {
      throw new InvalidInputException(
          "--out " + out + " exists already: name another folder, or add --overwrite.");
    }
    Path file = folder.resolve("session.nwb");
    PrintWriter say = spec.commandLine().getOut();
    save(file);
    say.printf(
        Locale.ROOT,
        "Made a session, which is not real data: %,d units while %,d images were shown %,d times.%n",
        units,
        images,
        repeats);
    say.printf(Locale.ROOT, "Saved it as NWB: %s (%.1f MB).%n%n", file, Files.size(file) / 1e6);
    say.println("Which image was shown? Decoding it from the spike counts 0.1 to 0.35 s later:");
    List<String> decode =
        List.of(
            "decode",
            file.toString(),
            "--events",
            NaturalImageSession.PRESENTATIONS,
            "--columns",
            "time,end_time,image_id",
            "--label",
            "image_id",
            "--window",
            "0.1,0.35,0.01",
            "--out",
            folder.resolve("decoding").toString());
    say.println();
    say.println("  " + Neuroglia.typed(decode));
    say.println();
    say.flush();

    List<String> arguments = new ArrayList<>(decode);
    arguments.add("--overwrite");
    arguments.addAll(sparkOptions.arguments());
    CommandLine program =
        Neuroglia.commandLine()
            .setOut(spec.commandLine().getOut())
            .setErr(spec.commandLine().getErr());
    int code = program.execute(arguments.toArray(String[]::new));
    if (code == 0) {
      sayWhatNext(say, file, folder);
    }
    return code;
  }

  private void save(Path file) throws IOException {
    NaturalImageSession.Builder session =
        NaturalImageSession.builder().units(units).images(images).repeats(repeats).seed(seed);
    try (Progress progress = Progress.start(spec.commandLine().getErr(), "Making a session")) {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Nwb1Writer nwb = session.build().toNwb().overwrite(true);
      progress.phase("Writing " + file);
      nwb.write(file);
    }
  }

  private static void sayWhatNext(PrintWriter say, Path file, Path folder) {
    say.println();
    say.println("What the decoder said of each image is in " + folder.resolve("decoding") + ";");
    say.println("open " + folder.resolve("decoding").resolve("report.html") + " in a browser.");
    say.println("Try next:");
    say.println("  " + Neuroglia.typed(List.of("inspect", file.toString())));
    say.println("  the same decoding with --window 0,0.05,0.01, before the neurons know the image");
    say.println(
        "  " + Neuroglia.typed(List.of("inspect", "YOUR.nwb")) + ", then decode its own events");
    say.flush();
  }
}
