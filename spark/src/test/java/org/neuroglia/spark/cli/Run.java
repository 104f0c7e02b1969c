package org.neuroglia.spark.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.neuroglia.spark.LocalSpark;

/** One run of the program inside the tests' Spark session. */
record Run(int code, String out, String err) {

  static Run of(String... arguments) {
    LocalSpark.session();
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    try {
      int code =
          Neuroglia.commandLine()
              .setOut(new PrintWriter(out, true))
              .setErr(new PrintWriter(err, true))
              .execute(arguments);
      return new Run(code, out.toString(), err.toString());
    } finally {
      // A command that has its plans interpreted must not leave other tests' plans so.
      SparkOptions.interpreted(Map.of()).keySet().forEach(LocalSpark.session().conf()::unset);
    }
  }

  List<String> outLines() {
    return out.lines().toList();
  }

  String lastLine() {
    return outLines().get(outLines().size() - 1);
  }

  /** The one line that a failure prints, without the program's name. */
  String sentence() {
    String[] lines = err.strip().split("\n");
    if (lines.length != 1 || !lines[0].startsWith("neuroglia: ")) {
      throw new AssertionError("not one sentence: " + err);
    }
    return lines[0].substring("neuroglia: ".length());
  }
}
