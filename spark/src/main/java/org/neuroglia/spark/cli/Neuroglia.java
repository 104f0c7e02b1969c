package org.neuroglia.spark.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.spark.package$;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The program {@code neuroglia}; its commands are the classes that end in Command. */
@Command(
    name = "neuroglia",
    description = "Decodes what neurons respond to, from NWB files.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    versionProvider = Neuroglia.Version.class,
    subcommands = {
      DemoCommand.class,
      InspectCommand.class,
      IngestCommand.class,
      DecodeCommand.class,
      ReportCommand.class,
      SampleCommand.class,
      GenerateCommand.class,
      EmptyJobCommand.class
    },
    footer = {"", "Start with: ./neuroglia demo", "Help on a command: ./neuroglia decode --help"})
public final class Neuroglia implements Runnable {
  static {
    // Spark's own configuration logs to the console; ours is silent until --verbose.
    if (System.getProperty("log4j2.configurationFile") == null) {
      System.setProperty(
          "log4j2.configurationFile", "classpath:org/neuroglia/spark/cli/log4j2-silent.xml");
    }
  }

  /** Loggers are weakly held: without a reference the level would be forgotten. */
  private static final List<Logger> QUIET =
      List.of(Logger.getLogger("dev.ludovic.netlib"), Logger.getLogger("org.apache.parquet"));

  @Spec private CommandSpec spec;

  /** Runs the program and exits with its code: 0 done, 2 wrong input, 1 anything else. */
  public static void main(String[] args) {
    int code;
    try {
      code = commandLine().execute(args);
    } catch (Throwable error) { // picocli hands on exceptions only: not enough memory, for one
      System.err.println(Failures.unforeseen(error, List.of(args)));
      code = CommandLine.ExitCode.SOFTWARE;
    }
    System.exit(code);
  }

  /** The program, ready to execute; its output can be redirected. */
  static CommandLine commandLine() {
    QUIET.forEach(logger -> logger.setLevel(Level.SEVERE));
    return new CommandLine(new Neuroglia())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpAutoWidth(true)
        .setParameterExceptionHandler(Failures::wrongUsage)
        .setExecutionExceptionHandler(Failures::failed);
  }

  /** Without a command there is nothing to do but to say what there is. */
  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    spec.commandLine().usage(out);
    out.flush();
  }

  /** A command as one would type it. */
  static String typed(List<String> arguments) {
    StringBuilder line = new StringBuilder("./neuroglia");
    for (String argument : arguments) {
      boolean plain = argument.matches("[\\w./,=:@%+-]+");
      line.append(' ').append(plain ? argument : "'" + argument.replace("'", "'\\''") + "'");
    }
    return line.toString();
  }

  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String own = Neuroglia.class.getPackage().getImplementationVersion();
      return new String[] {
        "neuroglia "
            + (own == null ? "(not packaged)" : own)
            + ", Spark "
            + package$.MODULE$.SPARK_VERSION()
            + ", Java "
            + Runtime.version()
      };
    }
  }
}
