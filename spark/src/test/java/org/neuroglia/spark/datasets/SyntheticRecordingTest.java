package org.neuroglia.spark.datasets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuroglia.InvalidInputException;
import org.neuroglia.datasets.CalciumImagingSession;
import org.neuroglia.datasets.CalciumTraces;
import org.neuroglia.datasets.ChoiceTaskArchive;
import org.neuroglia.datasets.DriftingGratingSession;
import org.neuroglia.datasets.NaturalImageSession;
import org.neuroglia.nwb.Nwb1Writer;
import org.neuroglia.spark.LocalSpark;
import org.neuroglia.spark.StageCases;

/** Rows that are made are those that the file of the same recording would have. */
class SyntheticRecordingTest {
  @TempDir Path folder;

  private static Dataset<Row> made(String recording, String table, Map<String, String> options) {
    return SyntheticRecordings.named(recording).table(LocalSpark.session(), table, options);
  }

  private Dataset<Row> read(Map<String, String> options) {
    return LocalSpark.session().read().format("nwb").options(options).load(folder.toString());
  }

  private Path file(String name) {
    return folder.resolve(name + ".nwb");
  }

  private static void assertSame(Dataset<Row> file, Dataset<Row> made) {
    Column[] columns = Arrays.stream(made.columns()).map(functions::col).toArray(Column[]::new);
    Dataset<Row> expected = file.select(columns);
    for (int i = 0; i < columns.length; i++) {
      assertTrue(
          expected.schema().apply(i).dataType().sameType(made.schema().apply(i).dataType()),
          expected.schema() + " " + made.schema());
    }
    List<String> rows = StageCases.text(made);
    assertFalse(rows.isEmpty());
    assertEquals(StageCases.text(expected), rows);
  }

  @Test
  void sessionsOfAChoiceTask() throws Exception {
    ChoiceTaskArchive archive =
        new ChoiceTaskArchive(
            new ChoiceTaskArchive.Range(10, 20), new ChoiceTaskArchive.Range(30, 40), 5);
    for (int i = 0; i < 3; i++) {
      archive.session(i).toNwb().write(file("session" + i));
    }
    Map<String, String> options =
        Map.of(
            "sessions",
            "3",
            "seed",
            "5",
            "least_units",
            "10",
            "most_units",
            "20",
            "least_trials",
            "30",
            "most_trials",
            "40");
    assertSame(read(Map.of("table", "units")), made("choice_task", "units", options));
    assertSame(read(Map.of("table", "trials")), made("choice_task", "trials", options));
  }

  @Test
  void naturalImages() throws Exception {
    Nwb1Writer nwb =
        NaturalImageSession.builder().units(7).silentUnits(1).images(5).repeats(3).build().toNwb();
    nwb.write(file("images"));
    Map<String, String> options =
        Map.of("units", "7", "silent_units", "1", "images", "5", "repeats", "3");
    assertSame(read(Map.of("table", "units")), made("natural_images", "units", options));
    assertSame(
        read(Map.of("table", "natural_images", "columns", "time,end_time,image_id")),
        made("natural_images", "natural_images", options));
  }

  @Test
  void gratingsAndTheirCalcium() throws Exception {
    DriftingGratingSession gratings =
        DriftingGratingSession.builder()
            .units(3)
            .temporalFrequencies(1, 4)
            .repeats(2)
            .seed(2)
            .build();
    Map<String, String> options =
        Map.of("units", "3", "temporal_frequencies", "1, 4", "repeats", "2", "seed", "2");
    String columns = "time,end_time,condition,direction,temporal_frequency";
    gratings.toNwb().write(file("gratings"));
    assertSame(read(Map.of("table", "units")), made("drifting_gratings", "units", options));
    assertSame(
        read(Map.of("table", "drifting_gratings", "columns", columns)),
        made("drifting_gratings", "drifting_gratings", options));
    java.nio.file.Files.delete(file("gratings"));

    new CalciumImagingSession(gratings, 20).toNwb().write(file("calcium"));
    Map<String, String> imaging = new java.util.TreeMap<>(options);
    imaging.put("sampling_rate", "20");
    assertSame(
        read(Map.of("traces", "Fluorescence")), made("calcium_imaging", "fluorescence", imaging));
    assertSame(
        read(Map.of("table", "drifting_gratings", "columns", columns)),
        made("calcium_imaging", "drifting_gratings", imaging));
  }

  @Test
  void calciumTracesAreThoseOfNeuroglia() {
    CalciumTraces traces = CalciumTraces.make(List.of("a", "b"), 2, 20, false);
    Map<String, String> options =
        Map.of("neuron_ids", "a,b", "duration", "2", "sampling_rate", "20", "oscillation", "false");
    Row b = made("calcium_traces", "traces", options).where("neuron = 'b'").head();
    assertEquals(doubles(traces.times()), b.getList(1));
    assertEquals(doubles(traces.trace(1)), b.getList(2));
    Row spikes = made("calcium_traces", "spikes", options).where("neuron = 'b'").head();
    assertEquals(
        doubles(Arrays.stream(traces.spikes(1)).asDoubleStream().toArray()), spikes.getList(2));
    Row calcium = made("calcium_traces", "calcium", options).where("neuron = 'a'").head();
    assertEquals(doubles(traces.calcium(0)), calcium.getList(2));
    assertEquals(10, made("calcium_traces", "traces", Map.of()).count());
  }

  private static List<Double> doubles(double[] values) {
    return Arrays.stream(values).boxed().toList();
  }

  @Test
  void wrongNamesAndValuesAreRefusedBeforeAnyJob() {
    refuses("there are calcium_imaging", () -> made("eeg", "units", Map.of()));
    refuses("it has natural_images, units", () -> made("natural_images", "trials", Map.of()));
    refuses("it has units, silent_units", () -> made("natural_images", "units", of("unit", "3")));
    refuses("a whole number", () -> made("natural_images", "units", of("units", "many")));
    refuses("units 0", () -> made("natural_images", "units", of("units", "0")));
    refuses("true or false", () -> made("calcium_traces", "traces", of("oscillation", "yes")));
    refuses("a duration of", () -> made("calcium_traces", "traces", of("duration", "-1")));
    refuses("1 or more", () -> made("choice_task", "units", of("sessions", "0")));
    refuses("above 0", () -> made("calcium_imaging", "fluorescence", of("sampling_rate", "0")));
  }

  private static Map<String, String> of(String name, String value) {
    return Map.of(name, value);
  }

  private static void refuses(String part, org.junit.jupiter.api.function.Executable call) {
    String message = assertThrows(InvalidInputException.class, call).getMessage();
    assertTrue(message.contains(part), message);
  }
}
