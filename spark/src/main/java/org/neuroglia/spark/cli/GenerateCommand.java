package org.neuroglia.spark.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.neuroglia.InvalidInputException;
import org.neuroglia.datasets.ChoiceTaskArchive;
import org.neuroglia.datasets.ChoiceTaskArchive.Range;
import org.neuroglia.datasets.ChoiceTaskSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes an archive of sessions, to try what is meant for many. */
@Command(
    name = "generate",
    description =
        "Makes sessions of a choice task, which are not real data, and saves each as an NWB file.",
    mixinStandardHelpOptions = true)
final class GenerateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--sessions",
      required = true,
      paramLabel = "N",
      description = "Number of sessions.")
  private int sessions;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Folder for the files session_00000.nwb, session_00001.nwb, …")
  private Path folder;

  @Option(
      names = "--overwrite",
      description = "Replace files of these names that are in the folder of --out.")
  private boolean overwrite;

  @Option(
      names = "--units",
      paramLabel = "FROM-TO",
      defaultValue = "20-200",
      converter = Sizes.class,
      description = "Units of a session; ${DEFAULT-VALUE} by default.")
  private Range units;

  @Option(
      names = "--events",
      paramLabel = "FROM-TO",
      defaultValue = "300-900",
      converter = Sizes.class,
      description = "Trials of a session; ${DEFAULT-VALUE} by default.")
  private Range events;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "20181016",
      description = "Another number makes other sessions.")
  private long seed;

  /** How much was made. */
  private record Made(long sessions, long units, long trials, long bytes) {
    Made plus(Made other) {
      return new Made(
          sessions + other.sessions,
          units + other.units,
          trials + other.trials,
          bytes + other.bytes);
    }
  }

  @Override
  public Integer call() throws IOException {
    if (sessions < 1 || sessions > 100_000) {
      throw new InvalidInputException("--sessions " + sessions + " must be from 1 to 100,000.");
    }
    ChoiceTaskArchive archive = new ChoiceTaskArchive(units, events, seed);
    archive.session(0); // sizes that no session can have are refused before anything is written
    PrintWriter say = spec.commandLine().getOut();
    Made made;
    try (Progress progress = Progress.start(spec.commandLine().getErr(), "Looking at " + folder)) {
      prepareFolder();
      progress.phase("Making " + sessions + " sessions");
      made = saveAll(archive);
    }
    say.printf(
        Locale.ROOT,
        "Made %,d sessions, which are not real data, in %s: %,d units, %,d trials (%.1f MB).%n",
        made.sessions,
        folder,
        made.units,
        made.trials,
        made.bytes / 1e6);
    sayWhatNext(say);
    return 0;
  }

  private void prepareFolder() throws IOException {
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw new InvalidInputException("--out " + folder + " is a file; a folder is needed.");
    }
    for (int i = 0; i < sessions && !overwrite && Files.exists(folder); i++) {
      if (Files.exists(file(i))) {
        throw new InvalidInputException(
            "--out "
                + folder
                + " holds "
                + file(i).getFileName()
                + " already: name another folder, or add --overwrite.");
      }
    }
    Files.createDirectories(folder);
  }

  private Path file(int session) {
    return folder.resolve(String.format(Locale.ROOT, "session_%05d.nwb", session));
  }

  /** One file after the other on every core. */
  private Made saveAll(ChoiceTaskArchive archive) {
    ExecutorService threads =
        Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
    try {
      List<Future<Made>> saved = new ArrayList<>();
      for (int i = 0; i < sessions; i++) {
        int session = i;
        saved.add(threads.submit(() -> save(archive.session(session), file(session))));
      }
      Made sum = new Made(0, 0, 0, 0);
      for (Future<Made> one : saved) {
        sum = sum.plus(one.get());
      }
      return sum;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } finally {
      threads.shutdownNow();
    }
  }

  private Made save(ChoiceTaskSession session, Path file) throws IOException {
    session.toNwb().overwrite(overwrite).write(file);
    return new Made(1, session.units().size(), session.trials(), Files.size(file));
  }

  private void sayWhatNext(PrintWriter say) {
    String lake = folder.normalize() + "-lake";
    say.println("Try next:");
    say.println("  " + Neuroglia.typed(List.of("inspect", file(0).toString())));
    say.println("  " + Neuroglia.typed(List.of("ingest", folder.toString(), "--out", lake)));
    say.println(
        "  "
            + Neuroglia.typed(
                List.of(
                    "decode",
                    lake,
                    "--events",
                    ChoiceTaskSession.TRIALS,
                    "--label",
                    "choice",
                    "--window",
                    "0,0.6,0.1",
                    "--by",
                    "area",
                    "--out",
                    folder.normalize() + "-decoded")));
    say.flush();
  }

  /** Sizes as {@code 20-200}, or as one number. */
  static final class Sizes implements ITypeConverter<Range> {
    @Override
    public Range convert(String text) {
      String[] ends = text.strip().split("-", 2);
      try {
        int least = Integer.parseInt(ends[0].strip());
        int most = ends.length == 1 ? least : Integer.parseInt(ends[1].strip());
        return new Range(least, most);
      } catch (NumberFormatException e) {
        throw new InvalidInputException("'" + text + "' must be a number, or two as in 20-200.", e);
      }
    }
  }
}
