package org.neuroglia.spark.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.neuroglia.spark.LocalSpark;

class GenerateCommandTest {
  @TempDir Path folder;

  private static Run generate(Path out, String... more) {
    String[] small = {"generate", "--units", "5-9", "--events", "20-30", "--out", out.toString()};
    return Run.of(Stream.of(small, more).flatMap(java.util.Arrays::stream).toArray(String[]::new));
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void sessionsAreNamedAndSaidToBeMadeUp() throws IOException {
    Path out = folder.resolve("archive");
    Run run = generate(out, "--sessions", "3");
    assertEquals("", run.err());
    assertEquals(0, run.code());
    assertEquals(
        List.of("session_00000.nwb", "session_00001.nwb", "session_00002.nwb"), names(out));
    assertTrue(run.out().startsWith("Made 3 sessions, which are not real data, in "), run.out());
    assertTrue(run.out().contains("./neuroglia ingest " + out + " --out " + out + "-lake"));
    assertTrue(run.out().contains("--events trials --label choice --window 0,0.6,0.1"), run.out());
  }

  @Test
  void aSessionIsTheSameHoweverManyOthersThereAre() throws IOException {
    assertEquals(0, generate(folder.resolve("a"), "--sessions", "2").code());
    assertEquals(0, generate(folder.resolve("b"), "--sessions", "5").code());
    assertEquals(0, generate(folder.resolve("c"), "--sessions", "2", "--seed", "1").code());
    for (String name : names(folder.resolve("a"))) {
      byte[] bytes = Files.readAllBytes(folder.resolve("a").resolve(name));
      assertArrayEquals(bytes, Files.readAllBytes(folder.resolve("b").resolve(name)));
      assertTrue(
          !java.util.Arrays.equals(bytes, Files.readAllBytes(folder.resolve("c").resolve(name))));
    }
  }

  @Test
  void filesThatAreThereAreKeptUnlessOverwriteIsAsked() throws IOException {
    assertEquals(0, generate(folder, "--sessions", "1").code());
    Run again = generate(folder, "--sessions", "2");
    assertEquals(2, again.code());
    assertEquals(
        "--out "
            + folder
            + " holds session_00000.nwb already: name another folder, or add"
            + " --overwrite.",
        again.sentence());
    assertEquals(List.of("session_00000.nwb"), names(folder));
    assertEquals(0, generate(folder, "--sessions", "2", "--overwrite").code());
    assertEquals(2, names(folder).size());
  }

  @Test
  void theSessionsAreOneTableWithNamedColumns() {
    assertEquals(0, generate(folder, "--sessions", "3").code());
    var trials =
        LocalSpark.session().read().format("nwb").option("table", "trials").load(folder.toString());
    assertEquals(
        "struct<session:string,event:bigint,time:double,duration:double,choice:double,"
            + "block:double,probability_right:double,image_id:double,wheel_speed:double>",
        trials.schema().simpleString());
    assertEquals(3, trials.select("session").distinct().count());
  }

  @ParameterizedTest
  @CsvSource({"0, 5-9, --sessions 0", "1, 9-5, 9-5", "1, x, 20-200", "1, 1-4, units"})
  void wrongSizesAreOneSentence(String sessions, String units, String said) {
    Run run =
        Run.of("generate", "--sessions", sessions, "--units", units, "--out", folder + "/new");
    assertEquals(2, run.code());
    assertTrue(run.sentence().contains(said), run.sentence());
    assertTrue(Files.notExists(folder.resolve("new")));
  }
}
