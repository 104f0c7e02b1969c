package org.neuroglia.spark.nwb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.adaptive.AdaptiveSparkPlanExec;
import org.apache.spark.sql.execution.datasources.v2.BatchScanExec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuroglia.InvalidInputException;
import org.neuroglia.datasets.ChoiceTaskSession;
import org.neuroglia.nwb.Nwb1Writer;
import org.neuroglia.nwb.NwbOne;
import org.neuroglia.nwb.SharedFiles;
import org.neuroglia.spark.CountedFileSystem;
import org.neuroglia.spark.LocalSpark;

/** What is read of files for a query with a filter, from a store that counts it. */
class PushedFiltersTest {
  @TempDir Path folder;

  @BeforeEach
  void startToCount() {
    CountedFileSystem.since();
  }

  private static DataFrameReader nwb(String table) {
    return LocalSpark.session().read().format("nwb").option("table", table);
  }

  private static String plan(Dataset<Row> rows) {
    return rows.queryExecution().executedPlan().toString();
  }

  /** Fifty files of three units each. */
  private String fifty() {
    for (int i = 0; i < 50; i++) {
      new NwbOne("file " + i, "s" + i)
          .unit("VISp", "1", 1, 2, 3 + i)
          .unit("VISp", "2", 1.5)
          .unit("CA1", "3", 0.5, 4)
          .presentation("flash", "timestamps", new double[] {i, i + 1.5})
          .presentation("flash", "data", new long[] {5, i})
          .write(folder.resolve(String.format("f%02d.nwb", i)));
    }
    return CountedFileSystem.address(folder);
  }

  private Path session(int units) {
    Path file = folder.resolve("session.nwb");
    ChoiceTaskSession.builder().units(units).trials(300).build().toNwb().write(file);
    return file;
  }

  @Test
  void aFileIsOpenedOnceForItsHeaderAndOnceForItsRows() {
    String files = fifty();
    Dataset<Row> units = nwb("units").load(files);
    assertEquals(50, CountedFileSystem.since().files());
    units.queryExecution().optimizedPlan().stats();
    assertEquals(0, CountedFileSystem.since().files());
    assertEquals(150, units.selectExpr("times").collectAsList().size());
    assertEquals(50, CountedFileSystem.since().files());
  }

  @Test
  void ofFiftySessionsOneIsOpened() {
    Dataset<Row> units = nwb("units").load(fifty());
    CountedFileSystem.since();
    Dataset<Row> one = units.where("session = 's7'");
    assertEquals(
        "[[1,ArraySeq(1.0, 2.0, 10.0)], [2,ArraySeq(1.5)], [3,ArraySeq(0.5, 4.0)]]",
        one.select("neuron", "times").sortWithinPartitions("neuron").collectAsList().toString());
    assertEquals(1, CountedFileSystem.since().files());
    assertTrue(plan(one).contains("1 of 50 files: f07.nwb, PushedFilters: ["), plan(one));
    assertTrue(plan(one).contains("session = 's7'"), plan(one));
    assertEquals(6, units.where("session IN ('s7', 's12')").count());
    assertEquals(2, CountedFileSystem.since().files());
    assertEquals(33, units.where("session LIKE 's1%'").count());
    assertEquals(11, CountedFileSystem.since().files());
    assertEquals(0, units.where("session > 's7' AND session < 's6'").count());
    assertEquals(0, CountedFileSystem.since().files());
  }

  @Test
  void sessionsAreFoundByTheirNamesAndPaths() {
    Dataset<Row> sessions = nwb("sessions").load(fifty());
    CountedFileSystem.since();
    assertEquals("file 7", sessions.where("session = 's7'").select("identifier").head().get(0));
    assertEquals(1, CountedFileSystem.since().files());
    assertEquals(1, sessions.where("path LIKE '%/f07.nwb'").select("identifier").count());
    assertEquals(1, CountedFileSystem.since().files());
    assertEquals(50, sessions.where("version = 'NWB-1.0.6'").count());
    assertFalse(plan(sessions.where("version = 'x'")).contains("PushedFilters"));
  }

  @Test
  void aColumnThatAFileLacksRulesItOut() {
    String a = file("a", new NwbOne("a", "a").presentation("flash", "timestamps", times(1, 2)));
    String b =
        file(
            "b",
            new NwbOne("b", "b")
                .presentation("flash", "timestamps", times(1, 2))
                .presentation("flash", "colour", new String[] {"red", "blue"}));
    Dataset<Row> flashes = nwb("flash").load(a, b);
    CountedFileSystem.since();
    assertEquals(1, flashes.where("colour = 'red'").count());
    assertEquals(1, CountedFileSystem.since().files());
    assertEquals("[[b,0]]", rows(flashes.where("colour = 'red'")));
    assertEquals("[[a,0], [a,1]]", rows(flashes.where("colour IS NULL")));
    assertEquals("[[b,1]]", rows(flashes.where("NOT (colour <=> 'red') AND session = 'b'")));
  }

  private String file(String name, NwbOne content) {
    return CountedFileSystem.address(content.write(folder.resolve(name + ".nwb")));
  }

  private static double[] times(double... times) {
    return times;
  }

  private static String rows(Dataset<Row> rows) {
    return rows.select("session", "event").orderBy("session", "event").collectAsList().toString();
  }

  @Test
  void ofOneUnitOnlyItsSpikesAreRead() throws Exception {
    Path file = session(100);
    Dataset<Row> units = nwb("units").load(CountedFileSystem.address(file));
    CountedFileSystem.since();
    long all = units.selectExpr("sum(size(times))").head().getLong(0);
    long bytes = CountedFileSystem.since().bytes();
    assertTrue(bytes > 8 * all, bytes + " bytes of " + all + " spikes");

    String neuron = units.select("neuron").collectAsList().get(41).getString(0);
    CountedFileSystem.since();
    Row unit = units.where("neuron = '" + neuron + "'").select("times").head();
    CountedFileSystem.Count read = CountedFileSystem.since();
    long own = 8L * unit.getList(0).size();
    assertEquals(1, read.files());
    assertTrue(read.bytes() < own + 0.05 * bytes, read + " of " + own + " and " + bytes);
  }

  @Test
  void unitsOfAnAreaAreReadWithoutTheOthers() throws Exception {
    Path file = session(100);
    Dataset<Row> units = nwb("units").load(CountedFileSystem.address(file));
    CountedFileSystem.since();
    Dataset<Row> area = units.where("area = 'LP'").select("neuron", "times");
    List<Row> rows = area.collectAsList();
    long own = 8 * rows.stream().mapToLong(row -> row.getList(1).size()).sum();
    long read = CountedFileSystem.since().bytes();
    long headers = 2 * 4096L * rows.size(); // of a unit's group and of its times, a page each
    assertTrue(read < own + headers + 0.05 * Files.size(file), read + " for " + own);
    assertTrue(own < Files.size(file) / 2, own + " of " + Files.size(file));
  }

  @Test
  void ofCompressedUnitsOfNwbTwoOnlyTheChunksOfTheOneAreRead() throws Exception {
    Path file = SharedFiles.file("nwb/sub-4_ses-4_ecephys+image.nwb");
    Dataset<Row> units = nwb("units").load(CountedFileSystem.address(file));
    CountedFileSystem.since();
    units.select("times").collectAsList();
    long all = CountedFileSystem.since().bytes();
    Row first = units.select("neuron").head();
    CountedFileSystem.since();
    units.where("neuron = " + first.getLong(0)).select("times").collectAsList();
    long one = CountedFileSystem.since().bytes();
    assertTrue(one < all / 2, one + " of " + all);
  }

  @Test
  void eventsAreFoundByTheirTime() {
    Dataset<Row> flashes = nwb("flash").load(fifty());
    assertEquals(
        "[[s10,0], [s9,1]]", rows(flashes.where("time >= 10 AND time < 11 AND event >= 0")));
    String plan = plan(flashes.where("time >= 10 AND time < 11"));
    assertTrue(plan.contains("time >= 10.0") && plan.contains("time < 11.0"), plan);
  }

  @Test
  void whatTasksReadIsShownWithTheScan() {
    Dataset<Row> units = nwb("units").load(fifty()).where("session = 's7' AND neuron = '2'");
    CountedFileSystem.since();
    assertEquals(1, units.collectAsList().size());
    CountedFileSystem.Count read = CountedFileSystem.since();
    BatchScanExec scan = scan(units.queryExecution().executedPlan());
    assertEquals(read.files(), scan.metrics().apply(FilesOpenedMetric.NAME).value());
    assertEquals(read.bytes(), scan.metrics().apply(BytesReadMetric.NAME).value());
  }

  private static BatchScanExec scan(SparkPlan plan) {
    SparkPlan whole = plan instanceof AdaptiveSparkPlanExec of ? of.executedPlan() : plan;
    return (BatchScanExec) whole.collectLeaves().head();
  }

  @Test
  void tracesOfANeuronAreReadWithoutTheOthers() {
    List<String> files = new ArrayList<>();
    for (String name : List.of("a", "b")) {
      int samples = 20_000;
      List<String> rois = IntStream.range(0, 20).mapToObj(i -> "roi " + i).toList();
      double[][] values = new double[20][samples];
      for (double[] trace : values) {
        trace[0] = files.size();
      }
      Path file = folder.resolve(name + ".nwb");
      new Nwb1Writer(name)
          .sessionId(name)
          .fluorescence(
              "DfOverF", IntStream.range(0, samples).asDoubleStream().toArray(), rois, values)
          .write(file);
      files.add(CountedFileSystem.address(file));
    }
    Dataset<Row> traces =
        LocalSpark.session()
            .read()
            .format("nwb")
            .option("traces", "DfOverF")
            .load(files.toArray(String[]::new));
    CountedFileSystem.since();
    Dataset<Row> one = traces.where("session = 'b' AND neuron IN ('roi 3', 'roi 4')");
    assertEquals(
        "[[b,roi 3,1.0], [b,roi 4,1.0]]",
        one.selectExpr("session", "neuron", "values[0]").collectAsList().toString());
    CountedFileSystem.Count read = CountedFileSystem.since();
    assertEquals(1, read.files());
    assertTrue(read.bytes() < 3.5 * 8 * 20_000, read.toString());
    assertTrue(plan(one).contains("of 1 of 2 files, PushedFilters: ["), plan(one));
    assertEquals(0, traces.where("neuron = 'nobody'").count());
  }

  @Test
  void aJobReadsTheSameHeadersAsTheDriver() {
    fifty();
    List<HadoopFiles.Listed> files =
        HadoopFiles.list(
            List.of(folder.toString()), LocalSpark.session().sparkContext().hadoopConfiguration());
    List<HadoopFiles.Listed> many = new ArrayList<>();
    IntStream.range(0, 5).forEach(i -> many.addAll(files));
    FileHeaders.Reader<String> names = file -> file.file() + file.size();
    assertEquals(
        FileHeaders.readHere(many, names),
        FileHeaders.readByJob(many, names, LocalSpark.session().sparkContext()));
    FileHeaders.Reader<String> wrong =
        file -> {
          throw new InvalidInputException(file.file() + " is wrong.");
        };
    assertEquals(
        files.get(0).file() + " is wrong.",
        assertThrows(
                InvalidInputException.class,
                () -> FileHeaders.readByJob(many, wrong, LocalSpark.session().sparkContext()))
            .getMessage());
  }
}
