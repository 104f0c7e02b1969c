package org.neuroglia.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuroglia.datasets.ChoiceTaskArchive;
import org.neuroglia.datasets.NaturalImageSession;
import org.neuroglia.spark.event.PeriEventHistogram;
import org.neuroglia.spark.lake.Ingest;
import org.neuroglia.spark.sql.NeurogliaExtensions;

/** The README's blocks, pasted and run. */
class ReadmeTest {
  private static String readme() throws Exception {
    return Files.readString(Path.of(System.getProperty("project.root", ".."), "README.md"));
  }

  private static String block(String language, int number) throws Exception {
    Matcher matcher =
        Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL).matcher(readme());
    for (int i = 0; i <= number; i++) {
      assertTrue(matcher.find(), "the README has no block " + number + " of " + language);
    }
    return matcher.group(1);
  }

  @Test
  void theIntroductionRunsAsItStands(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("session.nwb");
    NaturalImageSession.builder()
        .units(20)
        .images(4)
        .repeats(30)
        .seed(2)
        .build()
        .toNwb()
        .write(file);
    String source = block("java", 0).replace("neuroglia-demo/session.nwb", file.toString());
    assertTrue(source.contains(file.toString()), "the block reads the file that the demo makes");
    LocalSpark.session();
    String printed = run("Introduction", source, directory);
    Matcher accuracy = Pattern.compile("Decoding accuracy: (0\\.\\d\\d|1\\.00)\n").matcher(printed);
    assertTrue(accuracy.find(), printed);
    assertTrue(Double.parseDouble(accuracy.group(1)) > 0.3, printed);
  }

  @Test
  void theDecodingOfManySessionsRuns(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("session.nwb");
    NaturalImageSession.builder()
        .units(20)
        .images(4)
        .repeats(30)
        .seed(2)
        .build()
        .toNwb()
        .write(file);
    String source =
        block("java", 0)
            .replace("neuroglia-demo/session.nwb", file.toString())
            .replace("class Introduction", "class ManySessions")
            .replaceFirst("(?s)    Pipeline pipeline =.*", "")
            .replace("import org.neuroglia.spark.decoding.StandardScaler;", "")
            .replace(
                "import java.util.Locale;",
                "import org.neuroglia.spark.decoding.PopulationDecoding;");
    String sampler =
        "PeriEventSpikeSampler sampler = new PeriEventSpikeSampler()"
            + ".setSampleTimes(SampleTimes.arange(0.1, 0.35, 0.01)).setSpikes(spikes);\n";
    LocalSpark.session();
    String printed = run("ManySessions", source + sampler + block("java", 1) + "}}", directory);
    assertTrue(printed.contains("accuracy") && printed.contains("synthetic"), printed);
  }

  @Test
  void theCalciumImagingRunsAsItStands(@TempDir Path directory) throws Exception {
    String source =
        block("java", 2)
            .replace("Path.of(\"neuroglia-demo\", ", "Path.of(\"" + directory + "\", ")
            .replace("repeats(5)", "repeats(3)");
    assertTrue(source.contains(directory.toString()), "the block writes a file");
    LocalSpark.session();
    String printed = run("CalciumImaging", source, directory);
    Matcher accuracy = Pattern.compile("Decoding accuracy: (0\\.\\d\\d|1\\.00) ").matcher(printed);
    assertTrue(accuracy.find(), printed);
    assertTrue(Double.parseDouble(accuracy.group(1)) > 0.4, printed);
    for (String plane : List.of("1 and 2", "1", "2")) {
      assertTrue(printed.contains(" neurons of plane " + plane + "\n"), printed);
    }
    assertTrue(printed.contains("p = 0.005"), "no null of 200 is as good: " + printed);
  }

  /** The block that opens a lake and the block after it, as one program. */
  @Test
  void theDecodingOfALakeRuns(@TempDir Path directory) throws Exception {
    ChoiceTaskArchive archive = ChoiceTaskArchive.create(3);
    for (int i = 0; i < 2; i++) {
      archive.session(i).toNwb().write(directory.resolve("session" + i + ".nwb"));
    }
    String lake = directory.resolve("lake").toString();
    new Ingest(LocalSpark.session()).setPaths(directory.toString()).into(lake);
    String imports =
        """
        import org.apache.spark.sql.Dataset;
        import org.apache.spark.sql.Row;
        import org.apache.spark.sql.SparkSession;
        import org.neuroglia.decoding.split.NullLabels;
        import org.neuroglia.spark.decoding.PopulationDecoding;
        import org.neuroglia.spark.lake.Lake;
        public class BrainWide {
          public static void main(String[] args) {
        """;
    String opening = block("java", 4).replace("\"lake\"", "\"" + lake + "\"");
    assertTrue(opening.contains(lake), "the block opens a lake");
    String source = imports + opening + block("java", 5) + "}}";
    String printed = run("BrainWide", source, directory);
    assertTrue(printed.contains("VISp") && printed.contains("pValue"), printed);
  }

  private static String run(String name, String source, Path directory) throws Exception {
    Path java = directory.resolve(name + ".java");
    Files.writeString(java, source);
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    ByteArrayOutputStream messages = new ByteArrayOutputStream();
    int exit =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                messages,
                messages,
                "-cp",
                classPath,
                "-d",
                directory.toString(),
                java.toString());
    assertEquals(0, exit, messages.toString(StandardCharsets.UTF_8));
    PrintStream out = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    try (URLClassLoader loader = new URLClassLoader(new URL[] {directory.toUri().toURL()})) {
      PrintStream caught = new PrintStream(printed, true, StandardCharsets.UTF_8);
      System.setOut(caught);
      Method main = loader.loadClass(name).getMethod("main", String[].class);
      Exception[] failure = new Exception[1];
      // What Spark shows goes to Scala's console, which keeps the stream that it found first.
      scala.Console.withOut(
          caught,
          () -> {
            try {
              main.invoke(null, (Object) new String[0]);
            } catch (ReflectiveOperationException e) {
              failure[0] = e;
            }
            return null;
          });
      if (failure[0] != null) {
        throw failure[0];
      }
    } finally {
      System.setOut(out);
    }
    return printed.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
  }

  @Test
  void theSqlQueryCounts() throws Exception {
    var spark = LocalSpark.session();
    PeriEventHistogram.register(spark);
    spark
        .sql("SELECT 'a' AS neuron, CAST(id AS DOUBLE) * 0.06D AS time FROM range(10)")
        .createOrReplaceTempView("spikes");
    spark.sql("SELECT 7L AS event, 0D AS time").createOrReplaceTempView("events");
    var rows = spark.sql(block("sql", 1)).collectAsList();
    assertEquals(1, rows.size());
    assertEquals(List.of(2L, 2L), rows.get(0).getList(2));
  }

  @Test
  void theSqlOfAnNwbFileRuns(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("session.nwb");
    NaturalImageSession.builder().units(5).images(4).repeats(6).seed(2).build().toNwb().write(file);
    var spark = LocalSpark.session();
    String[] queries =
        block("sql", 0).replace("neuroglia-demo/session.nwb", file.toString()).split(";");
    try {
      assertTrue(spark.sql(queries[0]).count() >= 3);
      spark.sql(queries[1]);
      List<Row> psth = spark.sql(queries[2]).collectAsList();
      assertEquals(5 * 3, psth.size());
      assertTrue(psth.stream().anyMatch(row -> row.<Double>getAs("rate") > 0));
      List<Row> tensor = spark.sql(queries[3]).collectAsList();
      assertEquals(4 * 6, tensor.size());
      assertEquals(5, tensor.get(0).<Row>getAs("tensor").getList(0).size());
      assertEquals(25, tensor.get(0).<Row>getAs("tensor").getList(1).size());
    } finally {
      spark.catalog().dropTempView("images");
    }
  }

  @Test
  void theTableOfFunctionsHasThemAll() throws Exception {
    String readme = readme();
    for (String function : NeurogliaExtensions.functions()) {
      assertTrue(readme.contains("\n| `" + function + "("), function);
    }
  }
}
