package org.neuroglia.spark.lake;

import static org.apache.spark.sql.functions.col;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuroglia.InvalidInputException;
import org.neuroglia.nwb.NwbOne;
import org.neuroglia.nwb.SharedFiles;
import org.neuroglia.spark.LocalSpark;

class IngestTest {
  @TempDir Path folder;
  private Archive archive;
  private String path;

  @BeforeEach
  void anArchive() throws Exception {
    archive = new Archive(folder.resolve("archive"));
    path = folder.resolve("lake").toString();
  }

  private Lake lake() {
    return Lake.open(LocalSpark.session(), path);
  }

  private static List<String> sessions(Lake lake) {
    return lake.sessions().orderBy("session").collectAsList().stream()
        .map(row -> row.<String>getAs("session"))
        .toList();
  }

  /** Files of the lake with their sizes. */
  private Map<String, Long> files() throws IOException {
    Map<String, Long> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(Path.of(path))) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        files.put(file.toString(), Files.size(file));
      }
    }
    return files;
  }

  @Test
  void tablesHaveWhatTheSourceReads() throws Exception {
    archive.add("a", 0);
    archive.add("b", 0.1);
    Ingest.Report report = archive.ingest().into(path);
    assertEquals(2, report.added());
    Lake lake = lake();
    assertEquals(Archive.texts(archive.read("units")), Archive.texts(lake.units()));
    assertEquals(Archive.texts(archive.read("images")), Archive.texts(lake.events("images")));
    Dataset<Row> source = archive.read("sessions");
    Dataset<Row> sessions =
        lake.sessions()
            .select(
                Arrays.stream(source.columns())
                    .map(org.apache.spark.sql.functions::col)
                    .toArray(org.apache.spark.sql.Column[]::new));
    assertEquals(Archive.texts(source), Archive.texts(sessions));
    Row counts = lake.sessions().where("session = 'a'").head();
    assertEquals(5, counts.<Long>getAs("spikes"));
    assertEquals(Map.of("images", 2L), counts.getJavaMap(counts.fieldIndex("events")));
    assertEquals(lake.versions(), counts.getJavaMap(counts.fieldIndex(SessionsSchema.VERSIONS)));
    assertEquals(List.of("images"), lake.eventTables());
    assertEquals(0, lake.failures().count());
  }

  @Test
  void nothingNewRewritesNothing() throws Exception {
    archive.add("a", 0);
    Files.writeString(archive.file("broken"), "no HDF5, but a few words of text");
    archive.ingest().into(path);
    Map<String, Long> before = files();
    Ingest.Report again = archive.ingest().into(path);
    assertEquals(before, files());
    assertEquals(0, again.added() + again.replaced());
    assertEquals(1, again.unchanged());
    assertEquals(1, again.failures().size());
  }

  @Test
  void changedFilesReplaceTheirSessions() throws Exception {
    archive.add("a", 0);
    archive.add("b", 0);
    archive.add("c", 0);
    archive.ingest().into(path);
    Lake before = lake();
    List<String> unitsBefore = Archive.texts(before.units());
    archive.change("b", 0.5);
    archive.add("d", 0);
    Ingest.Report report = archive.ingest().into(path);
    assertEquals(List.of(1, 1, 2), List.of(report.added(), report.replaced(), report.unchanged()));
    assertEquals(List.of("a", "b", "c", "d"), sessions(lake()));
    assertEquals(Archive.texts(archive.read("units")), Archive.texts(lake().units()));
    assertEquals(Archive.texts(archive.read("images")), Archive.texts(lake().events("images")));
    assertEquals(unitsBefore, Archive.texts(before.units()), "a reader of before");
    assertEquals(List.of("a", "b", "c"), sessions(before));
    assertEquals(
        Archive.texts(archive.read("units")),
        Archive.texts(
            LocalSpark.session().read().format("delta").load(path + "/" + TableKeys.UNITS)),
        "other programs read the same");
  }

  @Test
  void aFileThatMovedReplacesItself() throws Exception {
    archive.add("a", 0);
    archive.ingest().into(path);
    Files.move(archive.file("a"), archive.file("moved"));
    Ingest.Report report = archive.ingest().into(path);
    assertEquals(1, report.replaced());
    assertEquals(List.of("a"), sessions(lake()));
    assertEquals(3, lake().units().count());
  }

  @Test
  void filesThatCannotBeReadAreNamedAndTheOthersGoOn() throws Exception {
    for (int i = 0; i < 5; i++) {
      archive.add("s" + i, i);
    }
    byte[] whole = Files.readAllBytes(archive.file("s3"));
    Files.write(archive.file("s3"), Arrays.copyOf(whole, whole.length * 3 / 4));
    Files.writeString(archive.file("text"), "no HDF5, but a few words of text");
    Ingest.Report report = archive.ingest().into(path);
    assertEquals(4, report.added());
    assertEquals(List.of("s0", "s1", "s2", "s4"), sessions(lake()));
    assertEquals(12, lake().units().count());
    List<Row> failures = lake().failures().orderBy("path").collectAsList();
    assertEquals(2, failures.size());
    assertTrue(failures.get(0).<String>getAs("path").endsWith("s3.nwb"));
    assertTrue(failures.get(1).<String>getAs("reason").contains("text.nwb"));
    assertTrue(failures.get(1).<String>getAs("reason").contains("not an HDF5 file"));

    Files.write(archive.file("s3"), whole);
    Files.delete(archive.file("text"));
    assertEquals(1, archive.ingest().into(path).added());
    assertEquals(0, lake().failures().count());
    assertEquals(Archive.texts(archive.read("units")), Archive.texts(lake().units()));
  }

  @Test
  void aCorruptFileLeavesItsSessionAsItWas() throws Exception {
    archive.add("a", 0);
    archive.add("b", 0);
    archive.ingest().into(path);
    List<String> units = Archive.texts(lake().units());
    Files.writeString(archive.file("a"), "overwritten");
    assertEquals(1, archive.ingest().into(path).failures().size());
    assertEquals(units, Archive.texts(lake().units()));
    assertEquals(1, lake().failures().count());
  }

  @Test
  void failFastTakesNothing() throws Exception {
    archive.add("a", 0);
    Files.writeString(archive.file("broken"), "no HDF5, but a few words of text");
    Ingest ingest = archive.ingest().setFailFast(true);
    String message =
        assertThrows(InvalidInputException.class, () -> ingest.into(path)).getMessage();
    assertTrue(message.contains("broken.nwb"), message);
    assertFalse(Files.exists(Path.of(path)));
  }

  @Test
  void twoFilesOfOneSessionAreAnError() throws Exception {
    archive.add("a", 0);
    archive.add("copy", Archive.session("a", 0));
    String message =
        assertThrows(InvalidInputException.class, () -> archive.ingest().into(path)).getMessage();
    assertTrue(
        message.contains("a.nwb and ") && message.contains("copy.nwb have the same session a;"),
        message);
    assertEquals(2, archive.ingest().setSession("path").into(path).added());
    archive.add("third", Archive.session("b", 0));
    assertEquals(1, archive.ingest().setSession("path").into(path).added());
  }

  @Test
  void aSecondFileOfASessionOfTheLakeIsAnError() throws Exception {
    archive.add("a", 0);
    archive.ingest().into(path);
    archive.add("copy", Archive.session("a", 1));
    List<String> units = Archive.texts(lake().units());
    assertThrows(InvalidInputException.class, () -> archive.ingest().into(path));
    assertEquals(units, Archive.texts(lake().units()));
  }

  @Test
  void columnsThatDifferAreMerged() throws Exception {
    archive.add("a", images("a", "image", new long[] {1, 2}));
    archive.add("b", images("b", "Image", new double[] {0.5, 2}));
    archive.add("c", images("c", "contrast", new String[] {"low", "high"}));
    Ingest.Report report = archive.ingest().into(path);
    assertEquals(List.of(), report.conflicts());
    assertEquals(
        "struct<session:string,event:bigint,time:double,image:double,contrast:string>",
        lake().events("images").schema().simpleString());
    assertEquals(
        "[[a,0,1.0,1.0,null], [a,1,2.0,2.0,null], [b,0,1.0,0.5,null], [b,1,2.0,2.0,null],"
            + " [c,0,1.0,null,low], [c,1,2.0,null,high]]",
        lake().events("images").orderBy("session", "event").collectAsList().toString());
  }

  @Test
  void aConflictBecomesTextAndIsReported() throws Exception {
    archive.add("a", images("a", "image", new long[] {1, 2}));
    archive.add("b", images("b", "image", new String[] {"cat", "dog"}));
    Ingest.Report report = archive.ingest().into(path);
    assertEquals(1, report.conflicts().size());
    String conflict = report.conflicts().get(0);
    assertTrue(
        conflict.startsWith("Column image of events/images is bigint in ")
            && conflict.contains("a.nwb and string in ")
            && conflict.contains("b.nwb"),
        conflict);
    assertEquals(
        "[[1], [2], [cat], [dog]]",
        lake()
            .events("images")
            .orderBy("session", "event")
            .select("image")
            .collectAsList()
            .toString());
    assertTrue(
        lake()
            .events("images")
            .schema()
            .apply("image")
            .getComment()
            .get()
            .contains("files differ"));
  }

  @Test
  void aLakeGetsColumnsAndWiderTypes() throws Exception {
    archive.add("a", images("a", "image", new long[] {1, 2}));
    archive.ingest().into(path);
    Lake first = lake();
    archive.add("b", images("b", "image", new double[] {0.5, 1.5}));
    archive.ingest().into(path);
    assertEquals(
        "[[1.0], [2.0], [0.5], [1.5]]",
        lake()
            .events("images")
            .orderBy("session", "event")
            .select("image")
            .collectAsList()
            .toString());
    archive.add("c", images("c", "contrast", new long[] {3, 4}));
    archive.ingest().into(path);
    assertEquals(
        "[[1.0,null], [2.0,null], [0.5,null], [1.5,null], [null,3], [null,4]]",
        lake()
            .events("images")
            .orderBy("session", "event")
            .select("image", "contrast")
            .collectAsList()
            .toString());
    archive.add("d", images("d", "image", new String[] {"cat", "dog"}));
    assertEquals(1, archive.ingest().into(path).conflicts().size());
    assertEquals(
        "[[1.0], [2.0], [0.5], [1.5], [null], [null], [cat], [dog]]",
        lake()
            .events("images")
            .orderBy("session", "event")
            .select("image")
            .collectAsList()
            .toString());
    archive.add("e", images("e", "image", new long[] {9, 10}));
    assertEquals(List.of(), archive.ingest().into(path).conflicts(), "it was told before");
    assertEquals(
        "[[1], [2]]",
        first.events("images").orderBy("event").select("image").collectAsList().toString());
  }

  private static NwbOne images(String id, String column, Object values) {
    return new NwbOne("identifier " + id, id)
        .presentation("images", "timestamps", new double[] {1, 2})
        .presentation("images", column, values);
  }

  @Test
  void oddNamesStayAsTheyAre() throws Exception {
    String odd = "<script>alert('1')</script> \"Wörld\" 100%";
    String table = "spontaneous activity; \u4e2d & co";
    NwbOne content =
        new NwbOne("x", odd)
            .unit("V1 (left), 2=b", "unit #1", 1, 2)
            .presentation(table, "timestamps", new double[] {1, 2})
            .presentation(table, "what it is = {1,2}", new long[] {3, 4});
    archive.add("file with blanks \u00e4", content);
    archive.ingest().into(path);
    assertEquals(List.of(odd), sessions(lake()));
    assertEquals(List.of(table), lake().eventTables());
    assertEquals(Archive.texts(archive.read(table)), Archive.texts(lake().events(table)));
    assertEquals(Archive.texts(archive.read("units")), Archive.texts(lake().units()));
    assertEquals(1, lake().units().where(col("session").equalTo(odd)).count());
    archive.change("b", 0);
    archive.ingest().into(path);
    assertEquals(2, lake().sessions().count());
  }

  @Test
  void tablesWithoutColumnNamesCanBeNamed() throws Exception {
    NwbOne content =
        new NwbOne("x", "x")
            .presentation("images", "timestamps", new double[][] {{1, 2, 7}, {3, 5, 8}});
    archive.add("x", content);
    archive.ingest().into(path);
    assertEquals(
        "[session, event, time, column_2, column_3]",
        Arrays.toString(lake().events("images").columns()));
    String other = folder.resolve("other").toString();
    archive.ingest().setColumns("images", "time", "end_time", "image_id").into(other);
    assertEquals(
        "[[x,0,1.0,1.0,2.0,7.0], [x,1,3.0,2.0,5.0,8.0]]",
        Lake.open(LocalSpark.session(), other)
            .events("images")
            .orderBy("event")
            .collectAsList()
            .toString());
  }

  @Test
  void seriesAreTakenWhenTheyAreAskedFor() throws Exception {
    archive.add("a", running("a"));
    archive.ingest().into(path);
    assertEquals(List.of(), lake().traceSeries());
    assertEquals(1, archive.ingest().setSeries("running").into(path).replaced());
    archive.add("b", running("b"));
    assertEquals(1, archive.ingest().into(path).added(), "the lake knows its series");
    Dataset<Row> traces =
        LocalSpark.session().read().format("nwb").option("traces", "running").load(archive.path());
    assertEquals(Archive.texts(traces), Archive.texts(lake().traces("running")));
    assertEquals(
        traces.schema().apply("values").metadata(),
        lake().traces("running").schema().apply("values").metadata());
    Ingest mistyped = archive.ingest().setSeries("runing");
    String message =
        assertThrows(InvalidInputException.class, () -> mistyped.into(path)).getMessage();
    assertTrue(message.contains("series runing"), message);
  }

  private static NwbOne running(String id) {
    return new NwbOne("identifier " + id, id)
        .presentation("running", "timestamps", new double[] {1, 2, 4})
        .presentation("running", "data", new double[] {0.1, 0.2, 0.3});
  }

  @Test
  void whatIsNotThereIsSaidInOneSentence() throws Exception {
    SparkSession spark = LocalSpark.session();
    String nothing = folder.resolve("nothing").toString();
    assertTrue(
        assertThrows(InvalidInputException.class, () -> Lake.open(spark, nothing))
            .getMessage()
            .startsWith("There is no lake in " + nothing));
    archive.add("a", 0);
    Files.createDirectories(Path.of(path));
    Files.writeString(Path.of(path, "thesis.txt"), "mine");
    assertTrue(
        assertThrows(InvalidInputException.class, () -> archive.ingest().into(path))
            .getMessage()
            .contains("is not a lake, and holds thesis.txt"));
    Files.delete(Path.of(path, "thesis.txt"));
    archive.ingest().into(path);
    assertTrue(
        assertThrows(InvalidInputException.class, () -> lake().events("trials"))
            .getMessage()
            .endsWith("has no table of events trials; it has images."));
  }

  @Test
  void aPlainCopyHasTheSameRows() throws Exception {
    archive.add("a", images("a", "image", new long[] {1, 2}));
    archive.add("b", images("b", "image", new double[] {0.5, 2}));
    archive.add("c", 0);
    archive.ingest().copyTo(path);
    SparkSession spark = LocalSpark.session();
    Dataset<Row> images = spark.read().parquet(path + "/events/images");
    assertEquals(Archive.texts(archive.read("images")), Archive.texts(images));
    assertEquals(3, spark.read().parquet(path + "/sessions").count());
    assertEquals(0, spark.read().parquet(path + "/failures").count());
  }

  @Test
  void filesOfManyWritersAreTakenTogether() throws Exception {
    Path shared = SharedFiles.file("nwb/pynwb_4");
    archive.add("a", 0); // whose neurons are texts where those of NWB 2 are numbers
    Ingest ingest =
        new Ingest(LocalSpark.session())
            .setPaths(shared.toString(), archive.path())
            .setSession("path");
    Ingest.Report report = ingest.into(path);
    assertTrue(
        report.conflicts().stream().anyMatch(text -> text.startsWith("Column neuron of units is")),
        report.conflicts().toString());
    // Their filters are not read, which the source says too.
    assertEquals(
        List.of("layout_blosc.nwb", "layout_zstd.nwb"),
        report.failures().stream()
            .map(failure -> Path.of(failure.path()).getFileName().toString())
            .toList());
    String[] files =
        lake().sessions().select("path").collectAsList().stream()
            .map(row -> row.getString(0))
            .toArray(String[]::new);
    Dataset<Row> lake = lake().units().select("session", "neuron", "times");
    Dataset<Row> source =
        LocalSpark.session()
            .read()
            .format("nwb")
            .option("table", "units")
            .option("session", "path")
            .option("neuronType", "string")
            .option("missing", "skip")
            .load(files)
            .select("session", "neuron", "times");
    assertEquals(Archive.texts(source), Archive.texts(lake));
  }
}
