package org.neuroglia.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A Python process that does its work again whenever asked; see {@code rivals/serve.py}. */
final class Rival implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String script;
  private final Process process;
  private final Writer orders;
  private final BufferedReader answers;

  private Rival(String script, Process process) throws IOException {
    this.script = script;
    this.process = process;
    this.orders = process.outputWriter(StandardCharsets.UTF_8);
    this.answers = process.inputReader(StandardCharsets.UTF_8);
    answer();
  }

  /** Starts a script of {@code benchmarks/rivals} and waits until it is warm. */
  static Rival start(Python python, String script, Object... arguments) throws IOException {
    return new Rival(script, python.process(script, arguments).start());
  }

  /** Seconds of one more run. */
  double run() throws IOException {
    return ask("run").get("seconds").asDouble();
  }

  /** What the last run resulted in. */
  JsonNode check() throws IOException {
    return ask("check").get("check");
  }

  private JsonNode ask(String order) throws IOException {
    orders.write(order + "\n");
    orders.flush();
    return answer();
  }

  private JsonNode answer() throws IOException {
    String line = answers.readLine();
    if (line == null) {
      throw new IOException("the rival " + script + " ended; its output tells why");
    }
    return JSON.readTree(line);
  }

  /** Ends the process, which ends what it started once it is told no more. */
  @Override
  public void close() throws IOException {
    orders.close();
    process.onExit().completeOnTimeout(null, 10, TimeUnit.SECONDS).join();
    process.destroyForcibly();
  }

  /**
   * The environment of the rivals.
   *
   * @param program python of the virtual environment
   * @param rivals folder of the scripts
   */
  record Python(Path program, Path rivals) {
    ProcessBuilder process(String script, Object... arguments) {
      List<String> command =
          new ArrayList<>(List.of(program.toString(), rivals.resolve(script).toString()));
      for (Object argument : arguments) {
        command.add(argument.toString());
      }
      ProcessBuilder builder =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
      // Two threads of BLAS, tuned by itself to the machine that it runs on.
      builder.environment().keySet().removeIf(name -> name.startsWith("OPENBLAS_"));
      builder.environment().put("OPENBLAS_NUM_THREADS", "2");
      return builder;
    }

    /** Runs a script to its end. */
    String output(String script, Object... arguments) throws IOException, InterruptedException {
      Process process = process(script, arguments).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IOException(script + " failed; its output tells why");
      }
      return output;
    }
  }
}
