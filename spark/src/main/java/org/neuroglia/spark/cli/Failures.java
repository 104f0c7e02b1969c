package org.neuroglia.spark.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.SparkThrowable;
import org.neuroglia.InvalidInputException;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** What a user reads when a command fails: one sentence. */
final class Failures {
  /** Wrong input, and nothing wrong with the program. */
  static final int WRONG_INPUT = 2;

  /** Anything unforeseen. */
  static final int UNFORESEEN = 1;

  private Failures() {}

  /** Options or arguments that the command does not have, or not in this form. */
  static int wrongUsage(ParameterException problem, String[] arguments) {
    CommandLine command = problem.getCommandLine();
    String sentence =
        problem.getCause() instanceof InvalidInputException cause
            ? sentence(cause.getMessage())
            : sentence(problem.getMessage())
                + " See "
                + command.getCommandSpec().qualifiedName()
                + " --help.";
    say(command, sentence);
    return WRONG_INPUT;
  }

  /** A command that threw. */
  static int failed(Exception problem, CommandLine command, ParseResult arguments) {
    Optional<String> wrongInput = wrongInput(problem);
    if (wrongInput.isPresent()) {
      say(command, sentence(wrongInput.get()));
      return WRONG_INPUT;
    }
    say(command, unforeseen(problem, arguments.expandedArgs()));
    return UNFORESEEN;
  }

  private static Optional<String> wrongInput(Throwable problem) {
    return causes(problem).map(Failures::asWrongInput).flatMap(Optional::stream).findFirst();
  }

  /** Spark wraps what fails on an executor, often more than once. */
  private static Stream<Throwable> causes(Throwable problem) {
    return Stream.iterate(problem, cause -> cause != null, Throwable::getCause).limit(50);
  }

  private static Optional<String> asWrongInput(Throwable cause) {
    if (cause instanceof InvalidInputException) {
      return Optional.of(cause.getMessage());
    }
    String message = String.valueOf(cause.getMessage());
    if (cause instanceof IOException
        && (message.contains("No space left on device")
            || message.contains("Disk quota exceeded"))) {
      return Optional.of(
          "The disk is full: free some space where --out lies or, if that has enough, where Spark"
              + " keeps its temporary files (--conf spark.local.dir=FOLDER)");
    }
    if (cause instanceof SparkThrowable spark
        && String.valueOf(spark.getCondition()).startsWith("CAST_INVALID_INPUT")) {
      return Optional.of(
          "A value does not fit its type in --where or --units: " + Sql.message(cause));
    }
    return Optional.empty();
  }

  static String unforeseen(Throwable problem, List<String> arguments) {
    String hint =
        causes(problem).anyMatch(OutOfMemoryError.class::isInstance)
            ? "there is not enough memory (--driver-memory 8g gives more)"
            : firstLine(problem);
    String sentence = "Something unforeseen happened: " + hint;
    try {
      Path log = Files.createTempFile("neuroglia-", ".log");
      try (PrintWriter writer = new PrintWriter(Files.newBufferedWriter(log))) {
        writer.println(new Neuroglia.Version().getVersion()[0]);
        writer.println(String.join(" ", arguments));
        problem.printStackTrace(writer);
      }
      return sentence + "; the log is " + log + " (--verbose shows Spark's own).";
    } catch (IOException e) {
      return sentence + "; a log could not be written: " + e.getMessage() + ".";
    }
  }

  private static String firstLine(Throwable problem) {
    String message = problem.getMessage() == null ? "" : problem.getMessage().strip();
    String line = message.lines().findFirst().orElse("");
    return problem.getClass().getSimpleName() + (line.isEmpty() ? "" : ": " + line);
  }

  private static String sentence(String text) {
    String line = text.strip().replaceAll("\\s*\\R\\s*", " ");
    boolean ended = line.endsWith(".") || line.endsWith("?") || line.endsWith("!");
    return line + (ended ? "" : ".");
  }

  private static void say(CommandLine command, String sentence) {
    command.getErr().println("neuroglia: " + sentence);
    command.getErr().flush();
  }
}
