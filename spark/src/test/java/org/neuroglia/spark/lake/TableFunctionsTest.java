package org.neuroglia.spark.lake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuroglia.spark.LocalSpark;
import org.neuroglia.spark.sql.TableFunctions;

/** Lakes in SQL, which is how Python has them on Spark Connect. */
class TableFunctionsTest {
  @TempDir static Path folder;
  private static Archive archive;
  private static String path;

  @BeforeAll
  static void ingest() throws Exception {
    TableFunctions.register(LocalSpark.session());
    archive = new Archive(folder.resolve("archive"));
    archive.add("a", 0);
    archive.add("b", 0.1);
    path = folder.resolve("lake").toString();
    archive.ingest().into(path);
  }

  /** Spark binds no parameters in the arguments of such functions. */
  private static Dataset<Row> sql(String query, Object... arguments) {
    String text = query;
    for (Object argument : arguments) {
      String literal = argument instanceof String ? "'" + argument + "'" : argument.toString();
      text = text.replaceFirst("\\?", literal);
    }
    return LocalSpark.session().sql(text);
  }

  @Test
  void tablesAreThoseOfTheLake() {
    Lake lake = Lake.open(LocalSpark.session(), path);
    Map<String, Dataset<Row>> tables =
        Map.of(
            "sessions", lake.sessions(),
            "units", lake.units(),
            "events/images", lake.events("images"),
            "failures", lake.failures());
    tables.forEach(
        (name, rows) -> {
          Dataset<Row> ours = sql("SELECT * FROM lake_table(?, ?)", path, name);
          assertEquals(rows.schema(), ours.schema());
          assertEquals(Archive.texts(rows), Archive.texts(ours));
        });
  }

  @Test
  void aVersionIsAMomentOfAllTables() throws Exception {
    Archive own = new Archive(folder.resolve("growing"));
    own.add("a", 0);
    String growing = folder.resolve("growing lake").toString();
    own.ingest().into(growing);
    Lake before = Lake.open(LocalSpark.session(), growing);
    List<String> units = Archive.texts(before.units());
    own.add("b", 0.2);
    own.ingest().into(growing);
    List<String> then =
        Archive.texts(sql("SELECT * FROM lake_table(?, 'units', ?)", growing, before.version()));
    assertEquals(units, then);
    List<String> now = Archive.texts(sql("SELECT * FROM lake_table(?, 'units')", growing));
    assertEquals(2 * units.size(), now.size());
    assertEquals(
        before.version(),
        sql(
                "SELECT version FROM lake_tables(?, ?) WHERE table = 'sessions'",
                growing,
                before.version())
            .head()
            .getLong(0));
    refuses("has no version 99", "SELECT * FROM lake_table(?, 'units', 99)", growing);
    refuses("is a number", "SELECT * FROM lake_table(?, 'units', 'last')", growing);
  }

  @Test
  void tablesAreListedWithWhatTheyTakeUp() {
    List<Row> rows = sql("SELECT * FROM lake_tables(?) ORDER BY table", path).collectAsList();
    assertEquals(
        List.of("events/images", "sessions", "units"),
        rows.stream().map(row -> row.getString(0)).toList());
    rows.forEach(row -> assertTrue(row.getLong(3) > 0 && row.getInt(2) > 0, row.toString()));
  }

  @Test
  void aFilterOnTheSessionReachesTheFiles() {
    String plan =
        sql("SELECT neuron FROM lake_table(?, 'units') WHERE session = 'a'", path)
            .queryExecution()
            .executedPlan()
            .toString();
    assertTrue(plan.contains("session"), plan);
    assertTrue(plan.contains("EqualTo(session,a)"), plan);
  }

  @Test
  void joinsOfALakeWithItselfAreResolved() {
    assertEquals(
        6,
        sql(("SELECT u.neuron FROM lake_table(:p, 'units') u JOIN lake_table(:p, 'units') v"
                    + " ON u.session = v.session AND u.neuron = v.neuron")
                .replace(":p", "'" + path + "'"))
            .count());
  }

  @Test
  void wrongCallsAreRefusedInASentence() {
    refuses(
        "has no table nowhere; it has events/images",
        "SELECT * FROM lake_table(?, 'nowhere')",
        path);
    refuses(
        "has no table of events trials; it has images",
        "SELECT * FROM lake_table(?, 'events/trials')",
        path);
    refuses("There is no lake in", "SELECT * FROM lake_tables(?)", path + "-not");
    refuses(
        "lake_table takes 2 or 3 arguments, lake_table(path, table[, version]), but was given 1",
        "SELECT * FROM lake_table(?)",
        path);
    refuses(
        "lake_table: table is array('units'); it must be a text, a number or a map of texts, known",
        "SELECT * FROM lake_table(?, array('units'))",
        path);
  }

  @Test
  void optionsAreOfAnyTypeButNull() {
    assertEquals(
        2,
        sql("SELECT DISTINCT session FROM synthetic('choice_task', 'units', map('sessions', 2))")
            .count());
    refuses(
        "sessions is NULL",
        "SELECT * FROM synthetic('choice_task', 'units', map('sessions', NULL))");
  }

  @Test
  void theyAreDescribed() {
    for (String name : TableFunctions.names()) {
      String text = Archive.texts(sql("DESCRIBE FUNCTION EXTENDED " + name)).toString();
      assertTrue(text.contains("Returns") && text.contains("SELECT"), text);
    }
  }

  private static void refuses(String part, String query, Object... arguments) {
    AnalysisException e = assertThrows(AnalysisException.class, () -> sql(query, arguments));
    assertNull(e.getCause(), "the shell would show its trace");
    assertTrue(e.getMessage().contains(part), e.getMessage());
  }

  /** Sessions of the same start have them where the extension was given. */
  @Test
  void extensionsInjectThem() {
    var extensions = new org.apache.spark.sql.SparkSessionExtensions();
    TableFunctions.inject(extensions);
    var registry =
        extensions.registerTableFunctions(
            org.apache.spark.sql.catalyst.analysis.TableFunctionRegistry$.MODULE$
                .builtin()
                .clone());
    TableFunctions.names()
        .forEach(
            name ->
                assertTrue(
                    registry.functionExists(
                        new org.apache.spark.sql.catalyst.FunctionIdentifier(name))));
    assertTrue(SparkSession.active() != null);
  }
}
