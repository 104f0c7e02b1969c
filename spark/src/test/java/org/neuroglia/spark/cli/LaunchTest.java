package org.neuroglia.spark.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuroglia.spark.cli.Launch.Program;
import picocli.CommandLine;

class LaunchTest {
  private static final List<String> FULL = List.of();
  private static final List<String> QUICK = List.of("-XX:TieredStopAtLevel=1");
  private static final List<String> SMALL =
      List.of("-XX:TieredStopAtLevel=1", "-Dneuroglia.smallInput=true");

  @TempDir Path folder;

  private static List<String> options(Object... arguments) {
    return launch(false, arguments).options();
  }

  private static Launch launch(boolean sparkHome, Object... arguments) {
    List<String> strings = new ArrayList<>();
    for (Object argument : arguments) {
      strings.add(argument.toString());
    }
    return new Launch(strings, sparkHome);
  }

  /** A file of so many bytes, none of which takes room on the disk. */
  private Path file(String name, long bytes) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(bytes);
    }
    return file;
  }

  @Test
  void commandsWithoutInputAreSmall() {
    assertEquals(SMALL, options());
    assertEquals(SMALL, options("demo"));
    assertEquals(SMALL, options("empty-job"));
    assertEquals(SMALL, options("decode", "--help"));
    assertEquals(SMALL, options("decode", "no-such.nwb", ""));
  }

  @Test
  void filesAreSmallTogetherOrNot() throws IOException {
    Path a = file("a.nwb", Launch.SMALL_BYTES / 2);
    Path b = file("b.nwb", Launch.SMALL_BYTES / 2 - 1);
    Path c = file("c.nwb", 1);
    assertEquals(SMALL, options("decode", a, b));
    assertEquals(FULL, options("decode", a, b, c));
    assertEquals(FULL, options("sample", a, "--events", "trials", b, c));
    assertEquals(FULL, options("inspect", a, b, c));
  }

  @Test
  void foldersCountAllFilesBelow() throws IOException {
    file("archive/mouse/a.nwb", Launch.SMALL_BYTES - 1);
    assertEquals(SMALL, options("decode", folder.resolve("archive")));
    file("archive/rat/b.nwb", 1);
    assertEquals(FULL, options("decode", folder.resolve("archive")));
  }

  @Test
  void foldersOfManyFilesAreNotMeasured() throws IOException {
    for (int i = 0; i < Launch.MANY_FILES; i++) {
      file("lake/" + i + ".parquet", 1);
      file("other/" + i + ".parquet", 1);
    }
    assertEquals(SMALL, options("decode", folder.resolve("lake"), folder.resolve("other")));
    file("lake/sessions/one-more.parquet", 1);
    assertEquals(FULL, options("decode", folder.resolve("lake")));
  }

  @Test
  void linksCountAsWhatTheyLeadTo() throws IOException {
    Path large = file("data/large.nwb", Launch.SMALL_BYTES);
    Path links = Files.createDirectories(folder.resolve("links"));
    Files.createSymbolicLink(links.resolve("a.nwb"), large);
    assertEquals(FULL, options("decode", links.resolve("a.nwb")));
    assertEquals(FULL, options("decode", links));
    Path link = Files.createSymbolicLink(folder.resolve("link"), large.getParent());
    assertEquals(FULL, options("decode", link));
  }

  @Test
  void linksThatLeadNowhereOrInCirclesCountNothing() throws IOException {
    Path circle = Files.createDirectories(folder.resolve("circle"));
    Files.createSymbolicLink(circle.resolve("again"), circle);
    Files.createSymbolicLink(circle.resolve("nowhere"), folder.resolve("nowhere"));
    assertEquals(SMALL, options("decode", circle));
    file("circle/z.nwb", Launch.SMALL_BYTES);
    assertEquals(FULL, options("decode", circle));
  }

  @Test
  void globsAndOtherFileSystemsAreOfUnknownSize() {
    for (String unknown : List.of("*.nwb", "mouse?.nwb", "{a,b}.nwb", "s3a://bucket/a.nwb")) {
      assertEquals(FULL, options("decode", unknown), unknown);
    }
    assertEquals(FULL, options("empty-job", "--master", "spark://host:7077"));
  }

  @Test
  void whereResultsGoIsNoInput() throws IOException {
    file("decoded/large.parquet", Launch.SMALL_BYTES);
    assertEquals(SMALL, options("demo", "--out", folder.resolve("decoded")));
    assertEquals(SMALL, options("demo", "--out", "what?"));
    assertEquals(FULL, options("demo", "--out", "s3a://bucket/decoded"));
  }

  @Test
  void copyingIsNotCompiledForWhateverItsSize() throws IOException {
    for (long bytes : new long[] {1, Launch.SMALL_BYTES}) {
      Path file = file("a.nwb", bytes);
      assertEquals(QUICK, options("ingest", file, "--out", "lake"));
      assertEquals(QUICK, options("report", file.getParent()));
    }
    assertEquals(QUICK, options("ingest", "s3a://bucket/*.nwb"));
  }

  @Test
  void inspectOfALakeIsNotCompiledForWhateverItsSize() throws IOException {
    file("lake/trains/a.parquet", Launch.SMALL_BYTES);
    Path lake = folder.resolve("lake");
    assertEquals(FULL, options("inspect", lake));
    Files.createDirectories(lake.resolve("sessions/_delta_log"));
    assertEquals(QUICK, options("inspect", lake));
    assertEquals(FULL, options("decode", lake));
  }

  @Test
  void computingThatDependsOnNoInputIsCompiledFor() {
    assertEquals(FULL, options("generate", "--sessions", "2"));
    assertEquals(FULL, options("java", "Mine.java"));
  }

  @Test
  void sizeOfMemoryIsGivenToJavaIfItIsOne() {
    assertEquals(List.of("-Xmx8g"), options("generate", "--driver-memory", "8g"));
    assertEquals(List.of("-Xmx900M"), options("generate", "--driver-memory=900M"));
    for (String wrong : List.of("lots", "", "0g", "8", "8gb", "-1g", "8g ")) {
      assertEquals(FULL, options("generate", "--driver-memory", wrong), wrong);
      assertEquals(FULL, options("generate", "--driver-memory=" + wrong), wrong);
    }
    assertEquals(FULL, options("generate", "--driver-memory"));
    assertEquals(FULL, options("generate", "driver-memory=8g"));
  }

  @Test
  void optionsOfSparkAreThoseThatTheProgramReads() {
    for (String typed :
        List.of(
            "",
            "--master local[2] --driver-memory 8g",
            "--conf spark.a=b --conf=spark.c=d=e --master=spark://host:7077",
            "--driver-memory=900m --conf spark.a= --conf=spark.b=--master")) {
      String[] arguments = typed.isEmpty() ? new String[0] : typed.split(" ");
      SparkOptions read = CommandLine.populateCommand(new SparkOptions(), arguments);
      List<String> command = new ArrayList<>(List.of("decode"));
      command.addAll(List.of(arguments));
      assertEquals(pairs(read.arguments()), pairs(new Launch(command, true).options()), typed);
    }
  }

  /** Options with their values, in the order of the alphabet. */
  private static List<String> pairs(List<String> options) {
    List<String> pairs = new ArrayList<>();
    for (int i = 0; i < options.size(); i += 2) {
      pairs.add(options.get(i) + " " + options.get(i + 1));
    }
    return pairs.stream().sorted().toList();
  }

  @Test
  void valuesThatSparkLacksAreLeftToTheProgramToRefuse() {
    assertEquals(
        List.of("--conf", "a", "--master", ""),
        launch(true, "decode", "--conf", "a", "--driver-memory", "lots", "--master").options());
  }

  @Test
  void commandsWithSparkOptionsGoThroughSparkSubmitButForInspect() {
    Map<String, CommandLine> commands = Neuroglia.commandLine().getSubcommands();
    assertTrue(commands.containsKey("decode"));
    commands.forEach(
        (name, command) -> {
          boolean spark = command.getCommandSpec().findOption("--master") != null;
          assertEquals(
              spark && !name.equals("inspect") ? Program.SPARK_SUBMIT : Program.NEUROGLIA,
              launch(true, name).program(),
              name);
          assertEquals(Program.NEUROGLIA, launch(false, name).program(), name);
        });
    assertFalse(commands.containsKey("java"), "the launcher's own");
    assertEquals(Program.JAVA, launch(true, "java", "Mine.java").program());
    assertEquals(Program.NEUROGLIA, launch(true).program());
    assertEquals(Program.NEUROGLIA, launch(true, "--help").program());
  }
}
