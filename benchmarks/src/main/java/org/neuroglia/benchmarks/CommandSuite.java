package org.neuroglia.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.commons.io.FileUtils;
import org.neuroglia.datasets.NaturalImageSession;

/** A whole command from the shell, beside one that only starts Spark. */
final class CommandSuite implements Suite {
  @Override
  public String name() {
    return "command";
  }

  @Override
  public boolean has(Size size) {
    return size == Size.SMALL;
  }

  @Override
  public List<Outcome> run(Bench bench) throws Exception {
    Path file = Files.createDirectories(bench.data()).resolve("session.nwb");
    NaturalImageSession session = NaturalImageSession.create();
    session.toNwb().overwrite(true).write(file);
    Launcher launcher = new Launcher(bench.root());
    Object[] decode = {
      "decode",
      file,
      "--events",
      NaturalImageSession.PRESENTATIONS,
      "--columns",
      "time,end_time,image_id",
      "--label",
      "image_id",
      "--window",
      "0.1,0.35,0.01"
    };
    check(launcher, decode, bench.data().resolve("decoded"), session.events());
    Map<String, Double> seconds =
        new InTurn()
            .addWork("decode", () -> launcher.run(decode))
            .addWork("empty", () -> launcher.run("empty-job"))
            .medians();
    return List.of(
        Outcome.of(
            String.format(
                "./neuroglia decode, whole command, %d units, %,d events",
                session.units().size(), session.events()),
            seconds.get("decode"),
            "./neuroglia empty-job",
            seconds.get("empty"),
            1.6));
  }

  private static void check(Launcher launcher, Object[] decode, Path out, int events)
      throws Exception {
    FileUtils.deleteDirectory(out.toFile());
    List<Object> keeping = new ArrayList<>(Arrays.asList(decode));
    keeping.addAll(List.of("--out", out));
    launcher.run(keeping.toArray());
    JsonNode summary = new ObjectMapper().readTree(out.resolve("summary.json").toFile());
    WrongResultException.unlessEqual("events decoded", events, summary.findValue("events").asInt());
    WrongResultException.unlessEqual(
        "accuracy above chance", true, summary.findValue("accuracy").asDouble() > 0.1);
  }
}
