package org.neuroglia.spark.nwb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.neuroglia.datasets.CalciumImagingSession;
import org.neuroglia.datasets.DriftingGratingSession;
import org.neuroglia.nwb.NwbOne;
import org.neuroglia.spark.CountedFileSystem;
import org.neuroglia.spark.LocalSpark;

/** Files as tables of the catalog nwb, and of the session's catalog. */
class NwbCatalogTest {
  private static final SparkSession SPARK = LocalSpark.session();

  @TempDir static Path folder;

  private static final String SERIES =
      "/processing/brain_observatory_pipeline/Fluorescence/imaging_plane_1";

  @BeforeAll
  static void write() {
    for (int i = 0; i < 3; i++) {
      new NwbOne("file " + i, "s" + i)
          .unit("VISp", "1", 1, 2, 3 + i)
          .unit("VISp", "2", 1.5)
          .unit("CA1", "3", 0.5, 4)
          .presentation("flash", "timestamps", new double[] {i, i + 1.5})
          .presentation("flash", "data", new long[] {5, i})
          .write(folder.resolve("f" + i + ".nwb"));
    }
    DriftingGratingSession gratings =
        DriftingGratingSession.builder().units(4).repeats(1).seed(1).build();
    new CalciumImagingSession(gratings, 30).toNwb().write(folder.resolve("imaging.h5"));
  }

  @AfterEach
  void leave() {
    SPARK.sql("USE spark_catalog.default");
  }

  private static String at(String name) {
    return "nwb.`" + folder.resolve(name) + "`";
  }

  private static List<String> sql(String query) {
    return SPARK.sql(query).collectAsList().stream().map(Row::toString).toList();
  }

  private static String refusal(String query) {
    return assertThrows(AnalysisException.class, () -> SPARK.sql(query).collectAsList())
        .getMessage()
        .replaceAll("; line \\d.*", "");
  }

  @Test
  void aTableOfAFileIsRead() {
    assertEquals(
        List.of("[s1,1,ArraySeq(1.0, 2.0, 4.0)]", "[s1,2,ArraySeq(1.5)]"),
        sql(
            "SELECT session, neuron, times FROM "
                + at("f1.nwb")
                + ".units WHERE area = 'VISp' ORDER BY neuron"));
    assertEquals(
        SPARK
            .read()
            .format("nwb")
            .option("table", "flash")
            .load(folder + "/f1.nwb")
            .collectAsList(),
        SPARK.table(at("f1.nwb") + ".flash").collectAsList());
  }

  @Test
  void foldersAndGlobsAreRead() {
    assertEquals(List.of("[9]"), sql("SELECT count(*) FROM nwb.`" + folder + "`.units"));
    assertEquals(List.of("[6]"), sql("SELECT count(*) FROM " + at("f[01].nwb") + ".units"));
    assertEquals(
        List.of("[s0]", "[s1]", "[s2]"),
        sql("SELECT session FROM nwb.`" + folder + "` ORDER BY session"));
  }

  @Test
  void tracesAreReadByNameOrPath() {
    List<String> expected =
        SPARK
            .read()
            .format("nwb")
            .option("traces", "Fluorescence")
            .load(folder + "/imaging.h5")
            .selectExpr("neuron", "size(values)")
            .collectAsList()
            .stream()
            .map(Row::toString)
            .toList();
    assertEquals(4, expected.size());
    for (String table : List.of("traces.Fluorescence", "Fluorescence", "`" + SERIES + "`")) {
      assertEquals(
          expected, sql("SELECT neuron, size(values) FROM " + at("imaging.h5") + "." + table));
    }
  }

  @Test
  void filtersAndColumnsArePushedDown() {
    String files = "nwb.`" + CountedFileSystem.address(folder) + "`.units";
    SPARK.table(files);
    CountedFileSystem.since();
    var one = SPARK.table(files).where("session = 's1' AND area = 'CA1'").select("neuron");
    CountedFileSystem.since();
    assertEquals("[[3]]", one.collectAsList().toString());
    assertEquals(1, CountedFileSystem.since().files());
    String plan = one.queryExecution().executedPlan().toString();
    assertTrue(plan.contains("1 of 3 files"), plan);
    assertTrue(plan.contains("session = 's1', area = 'CA1']"), plan);
    assertFalse(plan.contains("times"), plan);
  }

  @Test
  void theTablesOfFilesAreListed() {
    assertEquals(
        // A presentation is a table of events, and a series that can be read as traces.
        List.of("sessions", "units", "flash", "/stimulus/presentation/flash"),
        SPARK.sql("SHOW TABLES IN nwb.`" + folder + "`").collectAsList().stream()
            .map(row -> row.getString(1))
            .toList());
    assertEquals(
        List.of("`" + folder + "`,units,false"),
        strip(sql("SHOW TABLES IN nwb.`" + folder + "` LIKE 'u*'")));
    String imaging = "`" + folder + "/imaging.h5`";
    assertEquals(
        List.of(
            imaging + ",sessions,false",
            imaging + ",drifting_gratings,false",
            imaging + ".traces," + SERIES + ",false"),
        strip(sql("SHOW TABLES IN " + at("imaging.h5"))));
    assertEquals(
        List.of(imaging + ".traces," + SERIES + ",false"),
        strip(sql("SHOW TABLES IN " + at("imaging.h5") + ".traces")));
    assertEquals(
        List.of(imaging + ".traces"), strip(sql("SHOW NAMESPACES IN " + at("imaging.h5"))));
    assertEquals(List.of(), sql("SHOW NAMESPACES IN nwb"));
  }

  /** Local files of which the second and the third open only if both are being opened. */
  public static final class TogetherFileSystem extends RawLocalFileSystem {
    private static final CyclicBarrier TOGETHER = new CyclicBarrier(2);

    @Override
    public URI getUri() {
      return URI.create("together:///");
    }

    @Override
    public FSDataInputStream open(org.apache.hadoop.fs.Path file, int bufferSize)
        throws IOException {
      try {
        if (!file.getName().equals("f0.nwb")) {
          TOGETHER.await(20, TimeUnit.SECONDS);
        }
      } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
        throw new IOException(file + " is opened alone", e);
      }
      return super.open(file, bufferSize);
    }
  }

  private static boolean isTraces(String folder, String name) {
    Configuration hadoop = SPARK.sparkContext().hadoopConfiguration();
    List<String> files = List.of(folder + "/f0.nwb", folder + "/f1.nwb", folder + "/f2.nwb");
    return FileContents.isTraces(HadoopFiles.list(files, hadoop), name, hadoop);
  }

  @Test
  void theFirstFileTellsWhatANameIsAndElseTheOthersDoTogether() {
    SPARK
        .sparkContext()
        .hadoopConfiguration()
        .set("fs.together.impl", TogetherFileSystem.class.getName());
    assertFalse(isTraces("together://" + folder, "running"));
    CountedFileSystem.since();
    assertFalse(isTraces(CountedFileSystem.address(folder), "units"));
    assertTrue(isTraces(CountedFileSystem.address(folder), "/stimulus/presentation/flash/data"));
    assertEquals(Set.of("f0.nwb"), CountedFileSystem.since().names());
  }

  private static List<String> strip(List<String> rows) {
    return rows.stream().map(row -> row.substring(1, row.length() - 1)).toList();
  }

  @Test
  void aTableIsDescribed() {
    assertEquals(
        List.of(
            "[session,string,null]",
            "[neuron,string,null]",
            "[times,array<double>,null]",
            "[area,string,null]"),
        sql("DESCRIBE " + at("f1.nwb") + ".units"));
  }

  @Test
  void aFileIsUsedAsADatabaseIs() {
    SPARK.sql("USE " + at("f2.nwb"));
    assertEquals(List.of("[3]"), sql("SELECT count(*) FROM units"));
    assertTrue(sql("SHOW TABLES").toString().contains(",units,false]"));
    assertEquals(
        List.of("[1,2]", "[2,1]", "[3,0]"),
        sql("SELECT neuron, spike_count(times, 1, 3) FROM units ORDER BY neuron"));
  }

  @Test
  void whatIsNotThereIsNamed() {
    assertEquals(
        folder
            + "/f1.nwb: there is no table trials; it has units, flash, and any table by its path"
            + " in the file.",
        refusal("SELECT * FROM " + at("f1.nwb") + ".trials"));
    assertEquals(
        folder + "/imaging.h5: there are no traces running; it has " + SERIES + ".",
        refusal("SELECT * FROM " + at("imaging.h5") + ".traces.running"));
    assertEquals(
        "There is no file /nowhere.nwb.", refusal("SELECT * FROM nwb.`/nowhere.nwb`.units"));
    assertEquals("There is no file /nowhere.", refusal("SHOW TABLES IN nwb.`/nowhere`"));
    assertEquals(
        "There is no file units. A table is named nwb.`path`.table, the path in backquotes.",
        refusal("SELECT * FROM nwb.units"));
    assertTrue(
        refusal("SELECT * FROM " + at("f1.nwb") + ".a.units").contains("has too many parts"));
    assertTrue(refusal("SHOW TABLES IN nwb").contains("SHOW TABLES IN nwb.`path`"));
    assertTrue(SPARK.catalog().tableExists(at("f1.nwb") + ".units"));
    assertFalse(SPARK.catalog().tableExists(at("f1.nwb") + ".trials"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DROP TABLE %s.units",
        "CREATE TABLE %s.new (a int)",
        "CREATE TABLE %s.new AS SELECT 1 AS a",
        "ALTER TABLE %s.units DROP COLUMN area",
        "ALTER TABLE %s.units RENAME TO other",
        "CREATE NAMESPACE nwb.other",
        "DROP NAMESPACE %s"
      })
  void nothingIsChanged(String query) {
    assertEquals(
        "The catalog nwb only reads NWB files; it changes nothing.",
        refusal(String.format(query, at("f1.nwb"))));
    assertTrue(Files.exists(folder.resolve("f1.nwb")));
  }

  @Test
  void rowsAreNeitherInsertedNorDeleted() {
    for (String query : List.of("INSERT INTO %s.units TABLE %<s.units", "DELETE FROM %s.units")) {
      assertTrue(refusal(String.format(query, at("f1.nwb"))).contains("does not support"));
    }
  }

  @Test
  void optionsAreTheCatalogs() {
    SPARK.conf().set("spark.sql.catalog.by_path", NwbCatalog.class.getName());
    SPARK.conf().set("spark.sql.catalog.by_path.session", "path");
    assertEquals(
        List.of("[" + folder + "/f1.nwb]"),
        sql("SELECT DISTINCT session FROM by_path.`" + folder + "/f1.nwb`.units"));
    SPARK.conf().set("spark.sql.catalog.odd", NwbCatalog.class.getName());
    SPARK.conf().set("spark.sql.catalog.odd.colour", "red");
    assertEquals(
        "The catalog odd has no option colour; there are session, neuronType, missing.",
        refusal("SELECT * FROM odd.`" + folder + "/f1.nwb`.units"));
    assertTrue(
        refusal("SELECT * FROM " + at("f1.nwb") + ".units WITH (session = 'path')")
            .contains("takes no options"));
  }

  @Test
  void aViewHasOptions() {
    SPARK.sql(
        "CREATE OR REPLACE TEMPORARY VIEW flashes USING nwb OPTIONS (path '"
            + folder
            + "', table 'flash', session 'path')");
    assertEquals(
        List.of("[" + folder + "/f1.nwb,1.0]", "[" + folder + "/f1.nwb,2.5]"),
        sql("SELECT session, time FROM flashes WHERE session LIKE '%f1.nwb' ORDER BY time"));
    assertEquals(
        "There is no file /nowhere.",
        refusal("CREATE TEMPORARY VIEW none USING nwb OPTIONS (path '/nowhere', table 'units')"));
    assertEquals(
        "The source nwb needs a path: load(\"session.nwb\"), a glob or a folder.",
        refusal("CREATE TEMPORARY VIEW none USING nwb OPTIONS (table 'units')"));
  }

  @Test
  void aTableOfTheSessionCatalogReadsFilesAndLeavesThem() {
    String options =
        " USING nwb OPTIONS (path '" + CountedFileSystem.address(folder) + "', table 'units')";
    SPARK.sql("CREATE TABLE my_units" + options);
    try {
      assertEquals(
          SPARK.table("nwb.`" + folder + "`.units").schema(), SPARK.table("my_units").schema());
      assertEquals(
          sql("SELECT * FROM nwb.`" + folder + "`.units ORDER BY session, neuron"),
          sql("SELECT * FROM my_units ORDER BY session, neuron"));
      var one = SPARK.table("my_units").where("session = 's1' AND area = 'CA1'").select("neuron");
      CountedFileSystem.since();
      assertEquals("[[3]]", one.collectAsList().toString());
      assertEquals(1, CountedFileSystem.since().files());
      assertEquals(List.of("[9]"), sql("SELECT count(*) FROM my_units"));
      assertEquals(4, sql("DESCRIBE my_units").size());
    } finally {
      SPARK.sql("DROP TABLE my_units");
    }
    assertTrue(Files.exists(folder.resolve("f1.nwb")));
    assertThrows(
        Exception.class,
        () -> SPARK.sql("CREATE TABLE my_units (neuron STRING)" + options),
        "columns are the file's");
  }
}
