package org.neuroglia.spark.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuroglia.TestsMustRun;

/** The launcher in a checkout of its own, with a Java, a Maven and a Spark that only say so. */
class LauncherTest {
  @TempDir Path folder;
  private Path root;
  private Path programs;

  @BeforeEach
  void makeCheckout() throws IOException {
    TestsMustRun.require(
        Files.isExecutable(Path.of("/bin/bash")),
        "there is no /bin/bash, which the launcher needs");
    root = Files.createDirectories(folder.resolve("my checkout"));
    programs = Files.createDirectories(folder.resolve("bin"));
    Files.copy(Path.of(System.getProperty("project.root"), "neuroglia"), root.resolve("neuroglia"));
    for (String module : List.of("core", "spark")) {
      Files.createDirectories(root.resolve(module + "/src/main"));
      Files.writeString(root.resolve(module + "/pom.xml"), "");
    }
    Files.writeString(root.resolve("pom.xml"), "");
    program("java", java("17.0.1"));
    program(
        "mvn",
        """
        echo "MVN in $PWD: $*" >&2
        mkdir -p spark/target
        touch spark/target/neuroglia-spark-1.jar
        echo -n "/x/neuroglia-core-1.jar:/x/jhdf.jar" > spark/target/class-path.txt
        echo -n "/y/spark.jar" > spark/target/spark-class-path.txt
        """);
  }

  /**
   * Prints its arguments, one in a line; makes the lists and archives that it is asked for. Launch
   * is run by the Java of this test, unless the version is too old for our classes.
   */
  private static String java(String version) {
    return """
        if [[ "$1" == -version ]]; then
          echo 'openjdk version "%1$s" 2021-10-19' >&2
          exit
        fi
        for ((i = 1; i <= $#; i++)); do
          if [[ "${!i}" == org.neuroglia.spark.cli.Launch ]]; then
            if [[ "%1$s" == 11* ]]; then
              echo "java.lang.UnsupportedClassVersionError" >&2
              exit 1
            fi
            exec "%2$s/bin/java" -cp "%3$s" "${@:i}"
          fi
        done
        for argument in "$@"; do
          case "$argument" in
            -XX:ArchiveClassesAtExit=* | -XX:DumpLoadedClassList=*) echo x > "${argument#*=}" ;;
            -Xshare:dump) dump=yes ;;
            -XX:SharedArchiveFile=*) archive="${argument#*=}" ;;
          esac
          echo "$argument"
        done
        if [[ -n "${dump:-}" ]]; then
          echo x > "$archive"
        fi
        """
        .formatted(version, System.getProperty("java.home"), classes());
  }

  /** Where the compiled class Launch lies. */
  private static Path classes() {
    try {
      return Path.of(Launch.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private void program(String name, String script) throws IOException {
    Path file = programs.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/bin/bash\n" + script);
    assertTrue(file.toFile().setExecutable(true));
  }

  private Run run(Map<String, String> environment, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("/bin/bash", root + "/neuroglia"));
    command.addAll(List.of(arguments));
    Path err = folder.resolve("err");
    ProcessBuilder process = new ProcessBuilder(command).redirectError(err.toFile());
    process.directory(folder.toFile());
    process.environment().remove("SPARK_HOME");
    process.environment().remove("JAVA_HOME");
    process.environment().put("PATH", programs + ":" + System.getenv("PATH"));
    process.environment().putAll(environment);
    Process running = process.start();
    String out = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Run(running.waitFor(), out, Files.readString(err));
  }

  @Test
  void firstRunBuildsAndSaysSo() throws Exception {
    Run first = run(Map.of(), "demo");
    assertEquals(0, first.code(), first.err());
    assertTrue(first.err().contains("first run; building"), first.err());
    assertTrue(first.err().contains("MVN in " + root.toRealPath()), first.err());
    assertEquals("demo", first.lastLine());
    Run second = run(Map.of(), "demo");
    assertEquals("", second.err());
  }

  @Test
  void changedSourcesAreBuiltAgain() throws Exception {
    run(Map.of(), "demo");
    Path source = root.resolve("core/src/main/New.java");
    Files.writeString(source, "");
    assertTrue(source.toFile().setLastModified(System.currentTimeMillis() + 5000));
    assertTrue(run(Map.of(), "demo").err().contains("the sources have changed"));
  }

  @Test
  void onlyCoreAndSparkAreBuiltAndLookedAt() throws Exception {
    Path other = Files.createDirectories(root.resolve("benchmarks/src/main"));
    assertTrue(run(Map.of(), "demo").err().contains("-pl spark -am package"));
    Path source = other.resolve("New.java");
    Files.writeString(source, "");
    assertTrue(source.toFile().setLastModified(System.currentTimeMillis() + 5000));
    assertEquals("", run(Map.of(), "demo").err());
  }

  @Test
  void dependenciesStayArchivedWhenOursAreBuiltAgain() throws Exception {
    assertTrue(run(Map.of(), "demo").err().contains("preparing a fast start, once"));
    List<Path> first = archives(run(Map.of(), "demo"));
    assertEquals(2, first.size(), "one of the dependencies and one of ours");
    FileTime made = Files.getLastModifiedTime(first.get(0));
    Path jar = root.resolve("spark/target/neuroglia-spark-1.jar");
    Files.setLastModifiedTime(
        jar, FileTime.fromMillis(Files.getLastModifiedTime(first.get(1)).toMillis() + 10));
    assertTrue(run(Map.of(), "demo").err().contains("preparing a fast start after a build"));
    assertEquals(first, archives(run(Map.of(), "demo")));
    assertEquals(made, Files.getLastModifiedTime(first.get(0)));
    assertEquals(1, Files.getLastModifiedTime(first.get(1)).compareTo(made));
  }

  /** What Java is told to take classes from. */
  private static List<Path> archives(Run run) {
    String option = "-XX:SharedArchiveFile=";
    return run.outLines().stream()
        .filter(line -> line.startsWith(option))
        .flatMap(line -> Stream.of(line.substring(option.length()).split(":")))
        .map(Path::of)
        .toList();
  }

  @Test
  void javaThatMakesNoArchiveWorksWithoutAndIsNotAskedTwice() throws Exception {
    program("java", java("17.0.1").replace("echo x >", "true >"));
    Run first = run(Map.of(), "demo");
    assertEquals(0, first.code(), first.err());
    assertEquals("demo", first.lastLine());
    assertEquals("", run(Map.of(), "demo").err());
  }

  @Test
  void smallInputIsSaidAndLargeOrManyFilesAreNot() throws Exception {
    String small = "-Dneuroglia.smallInput=true";
    Path file = Files.writeString(folder.resolve("small.nwb"), "x");
    assertTrue(run(Map.of(), "decode", file.toString()).outLines().contains(small));
    Path lake = Files.createDirectories(folder.resolve("lake/sessions"));
    Files.writeString(lake.resolve("a.parquet"), "x");
    assertTrue(run(Map.of(), "decode", folder + "/lake").outLines().contains(small));
    assertFalse(run(Map.of(), "decode", folder + "/*.nwb").outLines().contains(small));
    assertFalse(run(Map.of(), "decode", "s3a://bucket/a.nwb").outLines().contains(small));
    assertFalse(run(Map.of(), "java", "Mine.java").outLines().contains(small));
    Files.write(file, new byte[60_000_000]);
    assertFalse(run(Map.of(), "decode", file.toString()).outLines().contains(small));
    for (int i = 0; i < 500; i++) {
      Files.createFile(lake.resolve(i + ".parquet"));
    }
    assertFalse(run(Map.of(), "decode", folder + "/lake").outLines().contains(small));
    Files.move(file, Files.createDirectories(folder.resolve("one")).resolve("large.nwb"));
    assertFalse(run(Map.of(), "decode", folder + "/one").outLines().contains(small));
    Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("one"));
    assertFalse(run(Map.of(), "decode", link.toString()).outLines().contains(small));
    assertFalse(run(Map.of(), "decode", link + "/large.nwb").outLines().contains(small));
  }

  @Test
  void argumentsArriveAsTheyAre() throws Exception {
    Run run = run(Map.of(), "decode", "a b.nwb", "--where", "x = 'y z'", "--window", "-1,2,3");
    List<String> lines = run.outLines();
    assertEquals(
        List.of("decode", "a b.nwb", "--where", "x = 'y z'", "--window", "-1,2,3"),
        lines.subList(lines.size() - 6, lines.size()));
    assertTrue(lines.contains("org.neuroglia.spark.cli.Neuroglia"));
    assertTrue(
        run.out().contains("/y/spark.jar:/x/jhdf.jar:" + root.toRealPath() + "/spark/target/"),
        "dependencies first, so that their archive stays valid: " + run.out());
  }

  @Test
  void driverMemoryIsTheMemoryOfJava() throws Exception {
    assertTrue(run(Map.of(), "decode", "--driver-memory", "3g").outLines().contains("-Xmx3g"));
    assertTrue(run(Map.of(), "decode", "--driver-memory=900m").outLines().contains("-Xmx900m"));
    Run lots = run(Map.of(), "decode", "--driver-memory", "lots");
    assertFalse(lots.out().contains("-Xmx"), "left to the program, which says what is wrong");
    assertEquals("lots", lots.lastLine());
  }

  @Test
  void sparkHomeRunsThroughSparkSubmit() throws Exception {
    program("my spark/bin/spark-submit", "printf '%s\\n' \"$@\"");
    Map<String, String> home = Map.of("SPARK_HOME", programs + "/my spark");
    Run run = run(home, "decode", "f", "--master", "local[3]", "--conf", "spark.a=b c");
    List<String> lines = run.outLines();
    assertEquals(List.of("--master", "local[3]", "--conf", "spark.a=b c"), lines.subList(0, 4));
    assertTrue(run.out().contains("--jars\n/x/neuroglia-core-1.jar,/x/jhdf.jar\n"), run.out());
    assertEquals("spark.a=b c", run.lastLine());
    List<String> strange = run(home, "decode", "--conf=spark.a=b\nc", "--conf", "").outLines();
    assertEquals(List.of("--conf", "spark.a=b", "c", "--conf", ""), strange.subList(0, 5));
    Run inspect = run(home, "inspect", "f");
    assertTrue(inspect.outLines().contains("org.neuroglia.spark.cli.Neuroglia"), inspect.out());
    Run wrong = run(Map.of("SPARK_HOME", folder.toString()), "decode");
    assertEquals(1, wrong.code());
    assertTrue(wrong.sentence().contains("has no bin/spark-submit"), wrong.sentence());
  }

  @Test
  void oldOrMissingJavaIsNamed() throws Exception {
    program("java", java("11.0.2"));
    Run old = run(Map.of(), "demo");
    assertEquals(1, old.code());
    assertTrue(old.sentence().startsWith("Java 17 or newer is needed"), old.sentence());
    assertTrue(old.sentence().contains("version 11"), old.sentence());
    Run none = run(Map.of("JAVA_HOME", "/no/such"), "demo");
    assertEquals(1, none.code());
    assertTrue(none.sentence().contains("/no/such/bin/java"), none.sentence());
  }

  @Test
  void javaThatBecameOlderAfterTheBuildIsNamed() throws Exception {
    run(Map.of(), "demo");
    program("java", java("11.0.2"));
    Run old = run(Map.of(), "demo");
    assertEquals(1, old.code());
    assertTrue(old.sentence().startsWith("Java 17 or newer is needed"), old.sentence());
    assertTrue(old.sentence().contains("version 11"), old.sentence());
  }

  @Test
  void otherJavaGetsAnArchiveOfItsOwn() throws Exception {
    List<Path> first = archives(run(Map.of(), "demo"));
    String renamed = "\"${@:i}\" | sed 's/ Server VM / Other VM /'; exit";
    program("java", java("21.0.1").replace("\"${@:i}\"", renamed));
    Run other = run(Map.of(), "demo");
    assertTrue(other.err().contains("preparing a fast start, once"), other.err());
    assertFalse(archives(other).contains(first.get(0)), other.out());
  }

  @Test
  void failedStartIsSaid() throws Exception {
    run(Map.of(), "demo");
    program("java", java("17.0.1").replace("exec \"", "echo 'no memory' >&2; exit 1; \""));
    Run run = run(Map.of(), "demo");
    assertEquals(1, run.code());
    assertTrue(run.err().contains("no memory"), run.err());
    assertTrue(run.err().contains("neuroglia: the start failed"), run.err());
  }

  @Test
  void optionsOfJavaInTheEnvironmentAreForTheProgramAlone() throws Exception {
    Map<String, String> printing =
        Map.of(
            "JAVA_TOOL_OPTIONS", "-XX:+PrintFlagsFinal",
            "JDK_JAVA_OPTIONS", "-XX:+PrintFlagsFinal",
            "NEUROGLIA_JAVA_OPTS", "-Da=b -Dc=d");
    Run run = run(printing, "decode", "--driver-memory", "3g");
    assertEquals(0, run.code(), run.err());
    List<String> lines = run.outLines();
    int memory = lines.indexOf("-Xmx3g");
    assertEquals(List.of("-Da=b", "-Dc=d"), lines.subList(memory + 1, memory + 3));
  }

  @Test
  void programOfTheUserRunsInPlaceOfOurs() throws Exception {
    List<String> lines = run(Map.of(), "java", "Mine.java", "a b").outLines();
    assertEquals(List.of("Mine.java", "a b"), lines.subList(lines.size() - 2, lines.size()));
    assertFalse(lines.contains("org.neuroglia.spark.cli.Neuroglia"));
  }

  @Test
  void failedBuildIsSaid() throws Exception {
    program("mvn", "echo '[ERROR] no network' >&2; exit 1");
    Run run = run(Map.of(), "demo");
    assertEquals(1, run.code());
    assertTrue(run.err().contains("[ERROR] no network"), run.err());
    assertTrue(run.err().contains("neuroglia: the build failed"), run.err());
  }
}
