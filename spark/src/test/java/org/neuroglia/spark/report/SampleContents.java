package org.neuroglia.spark.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Random;

/** Contents of a report with as many sessions as are asked for, and names as bad as they come. */
final class SampleContents {
  /** Would run, or end the page's data, if it were taken for HTML. */
  static final String HOSTILE =
      "</script><script>window.hacked=1</script><img src=x onerror=window.hacked=1>{{style}}";

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private SampleContents() {}

  /** Accuracies of sessions in two areas, in three windows and between them. */
  static ObjectNode of(int sessions) {
    Random random = new Random(1);
    ObjectNode json = JSON.objectNode();
    json.put("score", "accuracy");
    ObjectNode settings = json.putObject("settings");
    settings.putArray("paths").add(HOSTILE);
    settings.put("events", HOSTILE).put("label", HOSTILE).put("by", "area");
    settings.put("permutations", 100).put("null", "shuffle").put("folds", 5);
    settings.put("command", "./neuroglia decode '" + HOSTILE + "'");
    json.put("seconds", 1.5);
    ObjectNode totals = json.putObject("totals");
    totals
        .put("sessions", sessions)
        .put("populations", 2 * sessions)
        .put("decodings", 2 * sessions)
        .put("failed", 1);
    totals.put("tested", 2 * sessions).put("significant", sessions).put("rows", 2 * sessions);
    totals.put("score", 0.7).put("beside", 0.5).put("median", 0.7).put("majorityShare", 0.6);
    ArrayNode parts = json.putArray("parts");
    parts.addObject().put("group", HOSTILE).put("decoder", "lda");
    parts.addObject().put("group", "VISp").put("decoder", "lda");
    ArrayNode windows = json.putArray("windows");
    for (int window = 0; window < 3; window++) {
      windows.addArray().add(window * 0.1).add((window + 1) * 0.1);
    }
    json.put("best", 1);
    json.putArray("sizes");
    json.putArray("sizePopulations");
    rows(json.putObject("rows"), sessions, random);
    ArrayNode means = json.putArray("means");
    ArrayNode overTime = json.putArray("overTime");
    ArrayNode generalisation = json.putArray("generalisation");
    for (int part = 0; part < 2; part++) {
      means.add(mean(0.7));
      overTime.addArray().add(mean(0.5)).add(mean(0.7)).add(mean(0.6));
      ArrayNode matrix = generalisation.addArray();
      for (int train = 0; train < 3; train++) {
        matrix.addArray().add(0.5).add(0.6).add(0.7);
      }
    }
    confusion(json.putObject("confusion"));
    units(json.putObject("units"));
    ObjectNode failures = json.putObject("failures");
    failures.putArray("reasons").addObject().put("reason", HOSTILE).put("n", 1);
    failures
        .putArray("failed")
        .addObject()
        .put("session", HOSTILE)
        .putNull("group")
        .put("decoder", "lda")
        .put("reason", HOSTILE);
    return json;
  }

  /** The same of draws of 20 and 40 neurons, of which every other session has only 20. */
  static ObjectNode ofDraws(int sessions) {
    ObjectNode json = of(sessions);
    ((ObjectNode) json.get("settings")).put("draws", 3).putArray("neurons").add(20).add(40);
    json.putArray("sizes").add(20).add(40);
    json.putArray("sizePopulations").add(2 * sessions).add(sessions / 2 * 2);
    ArrayNode neurons = ((ObjectNode) json.get("rows")).putArray("neurons");
    ArrayNode overNeurons = json.putArray("overNeurons");
    for (int row = 0; row < 2 * sessions; row++) {
      neurons.add(row / 2 % 2 == 0 ? 20 : 40);
    }
    for (int part = 0; part < 2; part++) {
      overNeurons.addArray().add(mean(0.6)).add(mean(0.7));
    }
    return json;
  }

  private static void rows(ObjectNode rows, int sessions, Random random) {
    ArrayNode names = rows.putArray("names");
    for (int i = 0; i < sessions; i++) {
      names.add(i == 0 ? HOSTILE : "mouse " + i);
    }
    List<String> columns =
        List.of(
            "session",
            "part",
            "score",
            "beside",
            "events",
            "neurons",
            "classes",
            "p",
            "low",
            "high",
            "majorityShare");
    columns.forEach(rows::putArray);
    for (int i = 0; i < 2 * sessions; i++) {
      double[] values = {
        i / 2,
        i % 2,
        0.5 + 0.4 * random.nextDouble(),
        0.5,
        300 + i,
        40,
        2,
        i % 3 / 20.0,
        0.45,
        0.55,
        0.6
      };
      for (int column = 0; column < values.length; column++) {
        ((ArrayNode) rows.get(columns.get(column))).add(Rounded.significant(values[column]));
      }
    }
    rows.putObject("warnings").put("0", HOSTILE);
  }

  private static ObjectNode mean(double value) {
    ObjectNode mean = JSON.objectNode().put("n", 100).put("mean", value);
    return mean.put("sd", 0.1).put("sem", 0.01).put("low", 0.49).put("high", 0.51).put("p", 0.01);
  }

  private static void confusion(ObjectNode confusion) {
    confusion.put("number", 2).putArray("classes").add(HOSTILE).add("right");
    ArrayNode pooled = confusion.putArray("pooled");
    for (int part = 0; part < 2; part++) {
      ArrayNode cells = pooled.addObject().put("part", part).putArray("cells");
      for (int cell : new int[] {0, 0, 70, 0, 1, 30, 1, 0, 20, 1, 1, 80}) {
        cells.add(cell);
      }
    }
  }

  private static void units(ObjectNode units) {
    units.put("measure", "oneWay").put("start", 0.1).put("stop", 0.2).put("ranked", 80);
    units.putArray("edges").add(0).add(0.1).add(0.2).add(0.3);
    units.putArray("sessions").addObject().put("session", HOSTILE).put("group", "VISp");
    ObjectNode unit = units.putArray("units").addObject();
    unit.put("session", HOSTILE).put("neuron", HOSTILE).put("group", HOSTILE);
    unit.put("f", 12.5).put("between", 1).put("within", 98).put("omegaSquared", 0.2);
    ArrayNode conditions = unit.putArray("conditions");
    for (String label : List.of(HOSTILE, "right")) {
      ObjectNode condition = conditions.addObject().put("label", label).put("events", 50);
      condition.putArray("rate").add(5).add(20).add(8);
      condition.putArray("standardError").add(1).add(2).add(1);
      condition.putArray("trials").addArray().add(0.01).add(0.15).add(0.22);
    }
  }
}
