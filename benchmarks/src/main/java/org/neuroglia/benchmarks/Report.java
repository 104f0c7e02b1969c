package org.neuroglia.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The outcomes as a table. */
final class Report {
  static final String[] COLUMNS = {"what", "ours", "rival", "ratio", "target", ""};

  private Report() {}

  /** In Markdown, its columns also aligned for who reads it as it is. */
  static String table(List<Outcome> outcomes) {
    List<String[]> rows = new ArrayList<>();
    rows.add(COLUMNS);
    outcomes.forEach(outcome -> rows.add(outcome.cells()));
    int[] widths = new int[COLUMNS.length];
    for (String[] row : rows) {
      Arrays.setAll(widths, i -> Math.max(widths[i], row[i].length()));
    }
    String[] rule = new String[COLUMNS.length];
    Arrays.setAll(rule, i -> "-".repeat(Math.max(3, widths[i])));
    rows.add(1, rule);
    StringBuilder table = new StringBuilder();
    for (String[] row : rows) {
      for (int i = 0; i < row.length; i++) {
        table
            .append("| ")
            .append(row[i])
            .append(" ".repeat(widths[i] - Math.min(widths[i], row[i].length()) + 1));
      }
      table.append("|\n");
    }
    return table.toString();
  }
}
