package org.neuroglia.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The tables of {@code docs/spark-internals.md} list each internal class of Spark that is used. */
class SparkInternalsTest {
  private static final String ROOM = "org.neuroglia.spark";

  private static final Pattern INTERNAL =
      Pattern.compile(
          "org\\.apache\\.spark\\."
              + "(sql\\.(catalyst|execution|internal|classic|delta)\\..*|unsafe\\..*"
              + "|sql\\.expressions\\.SparkUserDefinedFunction"
              + "|sql\\.types\\.(AbstractDataType|ObjectType)"
              + "|ml\\.util\\.DefaultParams(Reader|Writer)"
              + "|SparkRuntimeException)");

  private static final Pattern HEADING = Pattern.compile("#+ .*?`(org\\.apache\\.spark[\\w.]*)`");
  private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");

  @Test
  void theTablesListWhatIsUsedAndWhere() throws IOException {
    assertEquals(shown(used()), shown(listed()), "docs/spark-internals.md, beside the sources");
  }

  @Test
  void eachRowSaysWhyAndWhatBreaks() throws IOException {
    for (Row row : rows()) {
      assertEquals(4, row.cells().size(), row.toString());
      row.cells().forEach(cell -> assertTrue(!cell.isBlank(), row.toString()));
    }
  }

  /**
   * A row of a table.
   *
   * @param of the package that the heading names
   */
  private record Row(String of, List<String> cells) {}

  private static List<Row> rows() throws IOException {
    List<Row> rows = new ArrayList<>();
    String of = "";
    for (String line : Files.readAllLines(MainSource.root().resolve("docs/spark-internals.md"))) {
      Matcher heading = HEADING.matcher(line);
      if (line.startsWith("#")) {
        of = heading.find() ? heading.group(1) : "";
      } else if (line.startsWith("| `") && !of.isEmpty()) {
        rows.add(new Row(of, List.of(line.substring(1).split("\\|"))));
      }
    }
    return rows;
  }

  /** Rooms by the internal class that their sources name. */
  private static Map<String, Set<String>> used() {
    Map<String, Set<String>> used = new TreeMap<>();
    for (MainSource source : MainSource.of("spark")) {
      String room = source.room().equals(ROOM) ? "." : source.room().substring(ROOM.length() + 1);
      for (String name : source.classes()) {
        if (INTERNAL.matcher(name).matches()) {
          used.computeIfAbsent(name, n -> new TreeSet<>()).add(room);
        }
      }
    }
    return used;
  }

  /** The same by the document: a row has classes, and the rooms where they are used. */
  private static Map<String, Set<String>> listed() throws IOException {
    Map<String, Set<String>> listed = new TreeMap<>();
    for (Row row : rows()) {
      Set<String> rooms = quoted(row.cells().get(1));
      quoted(row.cells().get(0)).forEach(name -> listed.put(row.of() + "." + name, rooms));
    }
    return listed;
  }

  private static Set<String> quoted(String cell) {
    Set<String> quoted = new TreeSet<>();
    QUOTED.matcher(cell).results().map((MatchResult r) -> r.group(1)).forEach(quoted::add);
    return quoted;
  }

  /** A line each, which is easy to compare. */
  private static String shown(Map<String, Set<String>> rooms) {
    StringBuilder text = new StringBuilder();
    rooms.forEach((name, in) -> text.append(name).append(' ').append(in).append('\n'));
    return text.toString();
  }
}
