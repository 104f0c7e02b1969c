package org.neuroglia.spark.parquet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.ColumnarToRowExec;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.WholeStageCodegenExec;
import org.apache.spark.sql.execution.datasources.HadoopFsRelation;
import org.apache.spark.sql.execution.datasources.LogicalRelation;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.neuroglia.spark.LocalSpark;
import scala.reflect.ClassTag$;

/** Rows are what Spark's own reader says they are, however they were written. */
@Tag("generated-code")
@Tag("only-generated-code") // Spark reads Parquet in batches only with it
class PackedParquetTest {
  private static final int ROWS = 1100;

  /** Nulls, empty lists, lists of a few and of many, with and without nulls, NaN and infinity. */
  private static final String TIMES =
      "CASE WHEN id % 7 = 0 THEN NULL WHEN id % 5 = 0 THEN array() WHEN id = 501 THEN"
          + " transform(sequence(1, 30000), x -> x * 0.25D) WHEN id = 502 THEN array(DOUBLE('NaN'),"
          + " DOUBLE('-Infinity'), -0D) ELSE transform(sequence(1, id % 40 + 1), x -> IF(x % 9 = 3"
          + " AND id % 2 = 0, NULL, id + x * 0.5D)) END AS times";

  private static final String NEURON = "IF(id % 11 = 0, NULL, INT(id)) AS neuron";
  private static final String SESSION = "IF(id % 13 = 0, NULL, 'mouse ä' || id % 3) AS session";

  private final SparkSession spark = LocalSpark.session().newSession();
  private String path;

  @BeforeEach
  void choosePath(@TempDir Path directory) {
    path = directory.resolve("spikes").toString();
  }

  private Dataset<Row> rows(String... columns) {
    return spark.range(0, ROWS, 1, 1).selectExpr(columns);
  }

  /** The same table, read by the format under test. */
  private Dataset<Row> packed(Dataset<Row> table) {
    LogicalRelation scan =
        (LogicalRelation)
            ((org.apache.spark.sql.classic.Dataset<Row>) table).queryExecution().analyzed();
    HadoopFsRelation files = (HadoopFsRelation) scan.relation();
    HadoopFsRelation packed =
        files.copy(
            files.location(),
            files.partitionSchema(),
            files.dataSchema(),
            files.bucketSpec(),
            new PackedParquet(),
            files.options(),
            files.sparkSession());
    return org.apache.spark.sql.classic.Dataset$.MODULE$.ofRows(
        (org.apache.spark.sql.classic.SparkSession) spark,
        scan.copy(packed, scan.output(), scan.catalogTable(), false, scan.stream()));
  }

  private Dataset<Row> packed() {
    return packed(spark.read().parquet(path));
  }

  private static int largestBatch(Dataset<Row> table) {
    SparkPlan plan = table.queryExecution().executedPlan();
    while (!(plan instanceof ColumnarToRowExec)) {
      plan = plan instanceof WholeStageCodegenExec stage ? stage.child() : plan.children().head();
    }
    return Collections.max(
        JavaRDD.fromRDD(
                plan.children().head().executeColumnar(),
                ClassTag$.MODULE$.<ColumnarBatch>apply(ColumnarBatch.class))
            .map(ColumnarBatch::numRows)
            .collect());
  }

  /** Spark's batches are of 4,096 rows, and those under test of 1,024 at most. */
  private static boolean isPacked(Dataset<Row> table) {
    return largestBatch(table) <= 1024;
  }

  /** Row by row in text, where a NaN is as good as another. */
  private void assertRead(Dataset<Row> packed, Dataset<Row> bySpark) {
    List<Row> rows = packed.collectAsList();
    List<Row> expected = bySpark.collectAsList();
    assertEquals(ROWS, expected.size());
    assertEquals(ROWS, rows.size());
    for (int i = 0; i < ROWS; i++) {
      assertEquals(expected.get(i).toString(), rows.get(i).toString());
    }
  }

  private static Stream<Map<String, String>> waysToWrite() {
    Map<String, String> smallPages = Map.of("parquet.page.size", "256");
    Map<String, String> second = Map.of("parquet.writer.version", "v2");
    return Stream.of(
        Map.of(),
        Map.of("compression", "zstd"),
        Map.of("compression", "gzip"),
        Map.of("compression", "uncompressed"),
        Map.of("parquet.enable.dictionary", "false"),
        smallPages,
        Map.of("parquet.page.size", "256", "parquet.enable.dictionary", "false"),
        second,
        Map.of("parquet.writer.version", "v2", "compression", "uncompressed"),
        Map.of("parquet.writer.version", "v2", "parquet.enable.dictionary", "false"),
        Map.of("parquet.enable.dictionary", "false", "parquet.enable.bytestreamsplit", "true"),
        Map.of(
            "parquet.block.size", "4096",
            "parquet.block.size.row.check.min", "10",
            "parquet.page.size", "512"));
  }

  @ParameterizedTest
  @MethodSource("waysToWrite")
  void rowsAreThoseOfSpark(Map<String, String> options) {
    rows(SESSION, NEURON, TIMES).write().options(options).parquet(path);
    assertTrue(isPacked(packed()));
    assertRead(packed(), spark.read().parquet(path));
  }

  @Test
  void neuronsMayBeLongOrText() {
    rows("id AS neuron", "'n' || id AS name", TIMES).write().parquet(path);
    assertTrue(isPacked(packed()));
    assertRead(packed(), spark.read().parquet(path));
  }

  @Test
  void theListAloneMayBeAskedFor() {
    rows(SESSION, NEURON, TIMES).write().parquet(path);
    assertTrue(isPacked(packed().select("times")));
    assertRead(packed().select("times"), spark.read().parquet(path).select("times"));
  }

  @Test
  void thereMayBeSeveralLists() {
    rows(TIMES, NEURON, "array(id * 1D) AS amplitudes").write().parquet(path);
    assertTrue(isPacked(packed()));
    assertRead(packed(), spark.read().parquet(path));
  }

  @Test
  void listsOfValuesThatAreNeverNullAreRead() {
    rows(NEURON, "array(id * 1D, id * 2D) AS times").write().parquet(path);
    assertTrue(isPacked(packed()));
    assertRead(packed(), spark.read().parquet(path));
  }

  @Test
  void foldersGiveColumns() {
    rows("id % 3 AS session", "INT(id) AS neuron", TIMES)
        .repartition(1)
        .write()
        .partitionBy("session")
        .parquet(path);
    Dataset<Row> bySpark = spark.read().parquet(path);
    assertTrue(isPacked(packed(bySpark)));
    assertRead(packed(bySpark).orderBy("neuron"), bySpark.orderBy("neuron"));
  }

  @Test
  void aFileIsReadInParts() {
    rows(SESSION, "id AS neuron", TIMES)
        .write()
        .option("parquet.block.size", "4096")
        .option("parquet.block.size.row.check.min", "10")
        .parquet(path);
    spark.conf().set("spark.sql.files.maxPartitionBytes", "10000");
    Dataset<Row> bySpark = spark.read().parquet(path);
    assertTrue(packed(bySpark).rdd().getNumPartitions() > 3);
    assertRead(packed(bySpark).orderBy("neuron"), bySpark.orderBy("neuron"));
  }

  @Test
  void columnsMayComeInAnotherOrderThanInTheFile() {
    rows(TIMES, NEURON, SESSION).write().parquet(path);
    DataFrameReader reader = spark.read().schema("session STRING, times ARRAY<DOUBLE>, neuron INT");
    assertTrue(isPacked(packed(reader.parquet(path))));
    assertRead(packed(reader.parquet(path)), reader.parquet(path));
  }

  private static Stream<String> otherSchemas() {
    return Stream.of(
        "session STRING, neuron INT, times ARRAY<DOUBLE>, depth DOUBLE", // missing
        "Session STRING, NEURON INT, times ARRAY<DOUBLE>", // in other case
        "session STRING, neuron LONG, times ARRAY<DOUBLE>"); // wider
  }

  @ParameterizedTest
  @MethodSource("otherSchemas")
  void whatIsStoredOtherwiseIsLeftToSpark(String schema) {
    rows(SESSION, NEURON, TIMES).write().parquet(path);
    DataFrameReader reader = spark.read().schema(schema);
    assertEquals(ROWS, largestBatch(packed(reader.parquet(path))));
    assertRead(packed(reader.parquet(path)), reader.parquet(path));
  }

  @Test
  void placesOfRowsAreLeftToSpark() {
    rows(NEURON, TIMES).write().parquet(path);
    String[] columns = {"neuron", "times", "_metadata.row_index"};
    assertEquals(ROWS, largestBatch(packed().selectExpr(columns)));
    assertRead(packed().selectExpr(columns), spark.read().parquet(path).selectExpr(columns));
  }

  @Test
  void namesOfFilesAreGiven() {
    rows(NEURON, TIMES).write().parquet(path);
    String[] columns = {"neuron", "times", "_metadata.file_name"};
    assertTrue(isPacked(packed().selectExpr(columns)));
    assertRead(packed().selectExpr(columns), spark.read().parquet(path).selectExpr(columns));
  }

  private static Stream<String> otherTypes() {
    return Stream.of("ARRAY<FLOAT>", "ARRAY<ARRAY<DOUBLE>>", "STRUCT<a: ARRAY<DOUBLE>>");
  }

  @ParameterizedTest
  @MethodSource("otherTypes")
  void otherTypesAreLeftToSpark(String type) {
    String value = type.startsWith("ARRAY<A") ? "array(array(id))" : "array(id)";
    String times = type.startsWith("S") ? "named_struct('a', array(id))" : value;
    rows(NEURON, "CAST(" + times + " AS " + type + ") AS times").write().parquet(path);
    assertEquals(ROWS, largestBatch(packed()));
    assertRead(packed(), spark.read().parquet(path));
  }

  @Test
  void olderListsAreLeftToSpark() {
    spark.conf().set("spark.sql.parquet.writeLegacyFormat", "true");
    rows(NEURON, "array(id * 1D, id * 2D) AS times").write().parquet(path);
    assertEquals(ROWS, largestBatch(packed()));
    assertRead(packed(), spark.read().parquet(path));
  }

  @Test
  void filteredRowsAreLeftToSpark() {
    rows(NEURON, TIMES).write().parquet(path);
    List<Row> expected = spark.read().parquet(path).where("neuron > 1000").collectAsList();
    Dataset<Row> filtered = packed().where("neuron > 1000");
    assertEquals(ROWS, largestBatch(filtered));
    assertEquals(expected.size(), filtered.collectAsList().size());
    assertEquals(99 - 9, expected.size()); // every eleventh has no neuron
  }

  @Test
  void vectorsOutsideTheHeapAreLeftToSpark() {
    rows(NEURON, TIMES).write().parquet(path);
    spark.conf().set("spark.sql.columnVector.offheap.enabled", "true");
    assertEquals(ROWS, largestBatch(packed()));
    assertRead(packed(), spark.read().parquet(path));
  }

  @Test
  void rowByRowIsLeftToSpark() {
    rows(NEURON, TIMES).write().parquet(path);
    spark.conf().set("spark.sql.parquet.enableVectorizedReader", "false");
    assertRead(packed(), spark.read().parquet(path));
  }

  @Test
  void aTableWithoutRowsHasNone() {
    rows(NEURON, TIMES).where("neuron < 0").write().parquet(path);
    assertEquals(List.of(), packed().collectAsList());
  }

  @Test
  void missingFilesAreIgnoredWhereTheUserSaysSo() throws IOException {
    rows(NEURON, TIMES).write().parquet(path);
    Dataset<Row> before = packed();
    Dataset<Row> ignoring = packed(spark.read().option("ignoreMissingFiles", true).parquet(path));
    deleteFiles();
    assertThrows(SparkException.class, before::collectAsList);
    assertEquals(List.of(), ignoring.collectAsList());
  }

  @Test
  void aDamagedFileIsAnErrorUnlessTheUserSaysSo() throws IOException {
    rows(NEURON, TIMES).write().option("compression", "uncompressed").parquet(path);
    Dataset<Row> strict = packed();
    Dataset<Row> ignoring = packed(spark.read().option("ignoreCorruptFiles", true).parquet(path));
    for (Path file : files(".parquet")) {
      byte[] bytes = Files.readAllBytes(file);
      java.util.Arrays.fill(bytes, 4, bytes.length / 2, (byte) -1);
      Files.write(file, bytes);
    }
    for (Path checksum : files(".crc")) {
      Files.delete(checksum);
    }
    assertThrows(SparkException.class, strict::collectAsList);
    assertTrue(ignoring.collectAsList().size() < ROWS);
  }

  private List<Path> files(String end) throws IOException {
    try (Stream<Path> all = Files.list(Path.of(path))) {
      return all.filter(file -> file.toString().endsWith(end)).toList();
    }
  }

  private void deleteFiles() throws IOException {
    for (Path file : files(".parquet")) {
      Files.delete(file);
    }
  }
}
