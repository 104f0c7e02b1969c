package org.neuroglia.spark.nwb;

import static org.apache.spark.sql.functions.collect_set;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.fs.FileSystem;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.neuroglia.InvalidInputException;
import org.neuroglia.nwb.NwbOne;
import org.neuroglia.nwb.SharedFiles;
import org.neuroglia.spark.LocalSpark;

class NwbDataSourceTest {
  @TempDir Path folder;

  private static DataFrameReader nwb(String table) {
    return LocalSpark.session().read().format("nwb").option("table", table);
  }

  private static String message(Runnable load) {
    return assertThrows(InvalidInputException.class, load::run).getMessage();
  }

  private Path file(String name, NwbOne content) {
    return content.write(folder.resolve(name));
  }

  private static NwbOne session(String id) {
    return new NwbOne("file " + id, id)
        .unit("V1", "10", 1, 2, 3)
        .unit("V1", "9")
        .presentation("images", "timestamps", new double[][] {{1, 2, 7}, {3, 5, 8}});
  }

  @Test
  void unitsArePackedTrains() {
    Path file = file("a.nwb", session("a"));
    Dataset<Row> units = nwb("units").load(file.toString());
    assertEquals(
        "struct<session:string,neuron:string,times:array<double>,area:string>",
        units.schema().simpleString());
    List<Row> rows = units.collectAsList();
    assertEquals("[a,10,ArraySeq(1.0, 2.0, 3.0),V1]", rows.get(0).toString());
    assertEquals("[a,9,ArraySeq(),V1]", rows.get(1).toString());
    assertEquals(2, units.count());
  }

  /** A task needs to know how to reach files; a plan that is only looked at sends nothing. */
  @Test
  void planningSendsNothing() {
    Path file = file("a.nwb", session("a"));
    Dataset<Row> units = nwb("units").load(file.toString()).where("area = 'V1'");
    long before = broadcasts();
    assertTrue(
        ((org.apache.spark.sql.classic.Dataset<Row>) units)
            .queryExecution()
            .executedPlan()
            .toString()
            .contains("BatchScan"));
    assertEquals(before + 1, broadcasts());
  }

  /** The number of a broadcast; they are numbered as they are made. */
  private static long broadcasts() {
    Broadcast<Integer> next =
        JavaSparkContext.fromSparkContext(LocalSpark.session().sparkContext()).broadcast(1);
    next.destroy();
    return next.id();
  }

  @Test
  void presentationsHaveEventTimeAndDuration() {
    Path file = file("a.nwb", session("a"));
    Dataset<Row> images =
        nwb("images").option("columns", "time,end_time,image_id").load(file.toString());
    assertEquals(
        "struct<session:string,event:bigint,time:double,duration:double,end_time:double,image_id:double>",
        images.schema().simpleString());
    assertEquals("[a,1,3.0,2.0,5.0,8.0]", images.collectAsList().get(1).toString());
    assertEquals(1, images.where("event = 1").collectAsList().get(0).getLong(1));
    assertTrue(message(() -> nwb("images").load(file.toString())).contains("option columns"));
  }

  @Test
  void sessionsNameTheFilesAndTheirTables() {
    Path file = file("a.nwb", session("a"));
    Row row =
        nwb("sessions")
            .load(file.toString())
            .select("session", "path", "version", "identifier", "units", "tables", "table_rows")
            .head();
    assertEquals("a", row.getString(0));
    assertTrue(row.getString(1).endsWith("a.nwb"));
    assertEquals("NWB-1.0.6", row.getString(2));
    assertEquals("file a", row.getString(3));
    assertEquals(2, row.getLong(4));
    assertEquals(List.of("units", "images"), row.getList(5));
    assertEquals(List.of(2L, 2L), row.getList(6));
  }

  @Test
  void pathsAreFilesGlobsAndFolders() throws Exception {
    file("a.nwb", session("a"));
    Files.createDirectory(folder.resolve("below"));
    file("below/b.nwb", session("b"));
    file("c[1].nwb", session("c"));
    Files.writeString(folder.resolve("notes.txt"), "none");
    assertEquals(3, nwb("sessions").load(folder.toString()).count());
    assertEquals(2, nwb("sessions").load(folder + "/*.nwb").count());
    assertEquals(1, nwb("sessions").load(folder + "/c[1].nwb").count());
    assertEquals(
        2, nwb("sessions").load(folder + "/a.nwb", folder.resolve("below").toString()).count());
    assertEquals(1, nwb("sessions").load(folder + "/a.nwb", "file:" + folder + "/a.nwb").count());
  }

  @Test
  void wrongPathsAndTablesAreNamedWhenLoading() throws Exception {
    Path file = file("a.nwb", session("a"));
    Path text = Files.writeString(folder.resolve("text.nwb"), "no HDF5, but a few words of text");
    String missing = folder + "/missing.nwb";
    assertEquals("There is no file " + missing + ".", message(() -> nwb("units").load(missing)));
    assertTrue(message(() -> nwb("units").load(text.toString())).contains("not an HDF5 file"));
    assertTrue(
        message(() -> nwb("trials").load(file.toString()))
            .contains("no table trials; it has units, images"));
    assertTrue(message(() -> nwb("units").load(folder + "/*.h5")).contains("no file"));
    assertTrue(
        message(() -> nwb("units").option("session", "name").load(file.toString()))
            .contains("accepted are auto, session_id, identifier, path"));
  }

  @Test
  void twoFilesOfOneSessionAreRefusedUnlessNamedOtherwise() {
    String a = file("a.nwb", session("1")).toString();
    String b = file("b.nwb", new NwbOne("other", "1").unit("V1", "1", 4)).toString();
    String message = message(() -> nwb("units").load(a, b));
    assertTrue(message.contains(a) && message.contains(b), message);
    assertTrue(message.contains("option session"), message);
    List<Row> rows =
        nwb("units")
            .option("session", "identifier")
            .load(a, b)
            .select("session")
            .distinct()
            .orderBy("session")
            .collectAsList();
    assertEquals("[[file 1], [other]]", rows.toString());
    assertEquals(
        a, nwb("units").option("session", "path").load(a, b).select("session").head().getString(0));
  }

  @Test
  void sessionWithoutIdIsTheIdentifierThenTheFile() {
    String a = file("a.nwb", new NwbOne("me", "").unit("V1", "1", 4)).toString();
    String b = file("b.nwb", new NwbOne(" ", "").unit("V1", "1", 4)).toString();
    assertEquals("me", nwb("sessions").load(a).head().getString(0));
    assertEquals("b.nwb", nwb("sessions").load(b).head().getString(0));
  }

  @Test
  void columnsOfFilesAreMergedByName() {
    String a =
        file(
                "a.nwb",
                session("a")
                    .presentation("flash", "timestamps", new double[] {1, 2})
                    .presentation("flash", "data", new long[] {5, 6})
                    .presentation("flash", "Colour", new String[] {"red", "blue"}))
            .toString();
    String b =
        file(
                "b.nwb",
                session("b")
                    .presentation("flash", "timestamps", new double[] {3})
                    .presentation("flash", "data", new double[] {0.5})
                    .presentation("flash", "contrast", new float[] {1}))
            .toString();
    Dataset<Row> flashes = nwb("flash").load(a, b).orderBy("session", "event");
    assertEquals(
        "struct<session:string,event:bigint,time:double,Colour:string,data:double,contrast:double>",
        flashes.schema().simpleString());
    assertEquals(
        "[[a,0,1.0,red,5.0,null], [a,1,2.0,blue,6.0,null], [b,0,3.0,null,0.5,1.0]]",
        flashes.collectAsList().toString());
  }

  @Test
  void columnsOfDifferentKindsAreRefused() {
    String a =
        file(
                "a.nwb",
                session("a")
                    .presentation("flash", "timestamps", new double[] {1, 2})
                    .presentation("flash", "data", new long[] {5, 6}))
            .toString();
    String b =
        file(
                "b.nwb",
                session("b")
                    .presentation("flash", "timestamps", new double[] {3})
                    .presentation("flash", "data", new String[] {"on"}))
            .toString();
    String message = message(() -> nwb("flash").load(a, b));
    assertTrue(message.contains("Column data is bigint in " + a + " and string in " + b), message);
  }

  @Test
  void aTableThatOnlySomeFilesHaveIsAskedAbout() {
    String a = file("a.nwb", session("a")).toString();
    String b = file("b.nwb", new NwbOne("b", "b").unit("V1", "1", 4)).toString();
    DataFrameReader images = nwb("images").option("columns", "time,end_time,image_id");
    assertTrue(message(() -> images.load(a, b)).contains("no table images"));
    assertEquals(2, images.option("missing", "skip").load(a, b).count());
  }

  @Test
  void neuronsOfBothVersionsNeedStrings() {
    String one = file("a.nwb", session("a")).toString();
    String two = SharedFiles.file("nwb/pynwb_4/large_ids.nwb").toString();
    String message = message(() -> nwb("units").load(one, two));
    assertTrue(message.contains("neuron is string in") && message.contains("neuronType"), message);
    Dataset<Row> units = nwb("units").option("neuronType", "string").load(one, two);
    assertEquals(1, units.where("neuron = '950910352'").count());
    assertEquals(8, units.count());
  }

  /** Twice the headers of 69 units in one file, a few pages in the other. */
  @ParameterizedTest
  @CsvSource({"session_x1.nwb, 69, 0.2", "nwb/sub-4_ses-4_ecephys+image.nwb, 35, 0.2"})
  void askingForIdsDoesNotReadSpikes(String name, int units, double part) throws Exception {
    Path file = SharedFiles.file(name);
    long ids = bytesRead(() -> assertEquals(units, ids(file).collectAsList().size()));
    long spikes =
        bytesRead(
            () ->
                nwb("units").load(file.toString()).selectExpr("sum(size(times))").collectAsList());
    assertTrue(ids < Files.size(file) * part, "read " + ids + " of " + Files.size(file));
    assertTrue(spikes > Files.size(file) * 0.8, "read " + spikes + " of " + Files.size(file));
    assertTrue(ids(file).queryExecution().executedPlan().toString().contains("nwb units [neuron]"));
  }

  private static Dataset<Row> ids(Path file) {
    return nwb("units").load(file.toString()).select("neuron");
  }

  private static long bytesRead(Runnable query) {
    long before = bytesRead();
    query.run();
    return bytesRead() - before;
  }

  private static long bytesRead() {
    long bytes = 0;
    for (var all = FileSystem.getGlobalStorageStatistics().iterator(); all.hasNext(); ) {
      bytes += all.next().getLong("bytesRead");
    }
    return bytes;
  }

  @Test
  void largeTablesAreSplitForAllCores() {
    String file = SharedFiles.file("session_x1.nwb").toString();
    Dataset<Row> times = nwb("units").load(file).select("neuron", "times");
    assertEquals(2, times.rdd().getNumPartitions());
    assertEquals(1, nwb("units").load(file).select("neuron").rdd().getNumPartitions());
    long spikes = times.selectExpr("sum(size(times))").head().getLong(0);
    double[][] core;
    try (var open = org.neuroglia.nwb.NwbFile.open(Path.of(file))) {
      var values = open.table("units").column("times").read();
      assertEquals(values.doubles().length, spikes);
      core = new double[values.rows()][];
      java.util.Arrays.setAll(core, values::doubles);
    }
    List<Row> rows = times.collectAsList();
    for (int i = 0; i < core.length; i++) {
      double[] row = rows.get(i).<Double>getList(1).stream().mapToDouble(t -> t).toArray();
      assertArrayEquals(core[i], row);
    }
  }

  @Test
  void everyColumnTypeArrives() {
    String file = SharedFiles.file("nwb/pynwb_4/ecephys.nwb").toString();
    Dataset<Row> units = nwb("units").load(file);
    assertEquals(
        "struct<session:string,neuron:bigint,times:array<double>,quality:string,snr:double,"
            + "is_good:boolean,tags_of_unit:array<string>,obs_intervals:array<array<double>>,"
            + "electrodes:array<bigint>,waveform_mean:array<double>>",
        units.schema().simpleString());
    Row row = units.where("neuron = 114").head();
    assertEquals("ecephys-session", row.getString(0));
    assertEquals("good", row.getString(3));
    assertFalse(row.getBoolean(5));
    assertEquals("ArraySeq(a, a)", row.get(6).toString());
    assertEquals("ArraySeq(ArraySeq(0.0, 40.0), ArraySeq(45.0, 60.0))", row.get(7).toString());
    assertEquals("ArraySeq(2, 3)", row.get(8).toString());
    Dataset<Row> electrodes = nwb("/general/extracellular_ephys/electrodes").load(file);
    assertEquals(
        "/general/extracellular_ephys/shank0", electrodes.select("group").head().getString(0));
    assertEquals(30, nwb("trials").load(file).count());
  }

  @Test
  void smallTablesAreKnownToBeSmall() {
    String file = SharedFiles.file("nwb/pynwb_4/ecephys.nwb").toString();
    var statistics = nwb("trials").load(file).queryExecution().optimizedPlan().stats();
    assertTrue(statistics.sizeInBytes().toLong() < 10_000, statistics.toString());
    assertEquals(30, statistics.rowCount().get().toLong());
  }

  @Test
  void streamsMayReturnAFewBytesPerRead() {
    Path file = SharedFiles.file("nwb/pynwb_4/layout_gzip_shuffle.nwb");
    LocalSpark.session()
        .sparkContext()
        .hadoopConfiguration()
        .set("fs.slow.impl", SlowFileSystem.class.getName());
    assertEquals(
        nwb("units").load(file.toString()).collectAsList(),
        nwb("units").load("slow://" + file.toAbsolutePath().normalize()).collectAsList());
  }

  @Test
  void filtersAreReadWithTheLibrariesOfSpark() {
    String folder = SharedFiles.file("nwb/pynwb_4").toString();
    Dataset<Row> layouts =
        nwb("units").load(folder + "/layout_{bitshuffle,lz4,lzf,gzip_shuffle,big_endian}.nwb");
    assertEquals(
        1,
        layouts
            .groupBy("neuron")
            .agg(collect_set("times").as("all"))
            .selectExpr("max(size(all))")
            .head()
            .getInt(0));
    assertEquals(30, layouts.count());
    String zstd = folder + "/layout_zstd.nwb";
    Exception error = assertThrows(Exception.class, () -> nwb("units").load(zstd).collectAsList());
    Throwable cause = error;
    while (cause.getCause() != null && !(cause instanceof InvalidInputException)) {
      cause = cause.getCause();
    }
    assertTrue(cause.getMessage().contains("spike_times cannot be read: it is compressed"));
  }

  @Test
  void everyFileOfTheSharedFolderHasItsSession() {
    List<Path> files = SharedFiles.below("nwb");
    String[] good =
        files.stream()
            .map(Path::toString)
            .filter(file -> !file.endsWith("empty.nwb")) // HDF5, but not NWB
            .toArray(String[]::new);
    Dataset<Row> sessions = nwb("sessions").option("session", "path").load(good);
    assertEquals(good.length, sessions.where("size(tables) = size(table_rows)").count());
    String folder = SharedFiles.file("nwb").toString();
    assertTrue(message(() -> nwb("sessions").load(folder)).contains("no nwb_version"));
  }
}
