package org.neuroglia.spark.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkException;
import org.junit.jupiter.api.Test;
import org.neuroglia.InvalidInputException;
import picocli.CommandLine;

class FailuresTest {
  private static Run failed(Exception problem) {
    StringWriter err = new StringWriter();
    CommandLine command = Neuroglia.commandLine().setErr(new PrintWriter(err, true));
    int code = Failures.failed(problem, command, command.parseArgs("--version"));
    return new Run(code, "", err.toString());
  }

  @Test
  void wrongInputOnAnExecutorIsStillWrongInput() {
    Run run =
        failed(
            new SparkException(
                "Job aborted due to stage failure: …\nDriver stacktrace:",
                new InvalidInputException("a.nwb: times is damaged.")));
    assertEquals(2, run.code());
    assertEquals("a.nwb: times is damaged.", run.sentence());
  }

  @Test
  void fullDiskIsOneSentence() {
    Run run = failed(new RuntimeException(new IOException("No space left on device")));
    assertEquals(2, run.code());
    assertTrue(run.sentence().startsWith("The disk is full"), run.sentence());
  }

  @Test
  void sentenceAlwaysEndsAndHasNoLineBreak() {
    assertEquals("one two.", failed(new InvalidInputException("one\n  two")).sentence());
  }

  @Test
  void anythingUnforeseenNamesALogWithTheStackTrace() throws IOException {
    Run run = failed(new IllegalStateException("odd\nvery odd"));
    assertEquals(1, run.code());
    assertTrue(run.sentence().contains("IllegalStateException: odd;"), run.sentence());
    Matcher log = Pattern.compile("the log is (\\S+)").matcher(run.sentence());
    assertTrue(log.find());
    Path file = Path.of(log.group(1));
    String content = Files.readString(file);
    Files.delete(file);
    assertTrue(content.contains("at org.neuroglia.spark.cli.FailuresTest"), content);
    assertTrue(content.contains("--version"), content);
  }

  @Test
  void notEnoughMemorySaysWhatHelps() {
    Run run = failed(new RuntimeException(new OutOfMemoryError("Java heap space")));
    assertEquals(1, run.code());
    assertTrue(run.sentence().contains("--driver-memory"), run.sentence());
  }
}
