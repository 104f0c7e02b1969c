package org.neuroglia.spark.cli;

import static org.apache.spark.sql.functions.col;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.neuroglia.spark.Schemas;
import org.neuroglia.spark.lake.Lake;
import org.neuroglia.spark.nwb.HadoopFiles;

/**
 * What a lake holds.
 *
 * @param areaColumn column of the units that names areas; null where there is none
 * @param areas units of each area
 */
record LakeInspection(
    String path,
    long version,
    long sessions,
    long units,
    long spikes,
    String areaColumn,
    Map<String, Long> areas,
    List<Table> events,
    List<Table> traces,
    List<Lake.Stored> stored,
    List<Failure> failures) {

  private static final int SHOWN = 20;

  /** Columns of units that name the area, in the files of various labs. */
  private static final List<String> AREA_COLUMNS =
      List.of(
          "area",
          "brain_area",
          "brain_region",
          "region",
          "ecephys_structure_acronym",
          "acronym",
          "location");

  /**
   * A table of events, or a series.
   *
   * @param sessions that have it
   * @param rows of a table of events; traces of a series
   */
  record Table(String name, long sessions, long rows) {
    Table and(long more) {
      return new Table(name, sessions + 1, rows + more);
    }
  }

  record Failure(String path, String reason) {}

  static LakeInspection of(Lake lake, String path) {
    Map<String, Table> events = new TreeMap<>();
    lake.eventTables().forEach(name -> events.put(name, new Table(name, 0, 0)));
    Map<String, Table> traces = new TreeMap<>();
    lake.traceSeries().forEach(name -> traces.put(name, new Table(name, 0, 0)));
    long units = 0;
    long spikes = 0;
    List<Row> sessions =
        lake.sessions().select("units", "spikes", "events", "traces").collectAsList();
    for (Row session : sessions) {
      units += session.getLong(0);
      spikes += session.getLong(1);
      session
          .<String, Long>getJavaMap(2)
          .forEach((name, rows) -> events.computeIfPresent(name, (n, table) -> table.and(rows)));
      for (Row series : session.<Row>getList(3)) {
        traces.computeIfPresent(
            series.getAs("series"), (n, table) -> table.and(series.<Integer>getAs("neurons")));
      }
    }
    Optional<String> area = lake.hasUnits() ? areaColumn(lake.units()) : Optional.empty();
    return new LakeInspection(
        path,
        lake.version(),
        sessions.size(),
        units,
        spikes,
        area.orElse(null),
        area.map(column -> areas(lake.units(), column)).orElse(Map.of()),
        List.copyOf(events.values()),
        List.copyOf(traces.values()),
        lake.stored(),
        lake.failures().select("path", "reason").orderBy("path").collectAsList().stream()
            .map(row -> new Failure(HadoopFiles.shown(row.getString(0)), row.getString(1)))
            .toList());
  }

  private static Optional<String> areaColumn(Dataset<Row> units) {
    List<String> columns = Arrays.asList(units.columns());
    return AREA_COLUMNS.stream().filter(columns::contains).findFirst();
  }

  private static Map<String, Long> areas(Dataset<Row> units, String column) {
    Map<String, Long> areas = new LinkedHashMap<>();
    for (Row row :
        units
            .groupBy(col(Schemas.quoted(column)).cast("string"))
            .count()
            .orderBy(col("count").desc(), col(Schemas.quoted(column)))
            .collectAsList()) {
      areas.put(row.isNullAt(0) ? "(none)" : row.getString(0), row.getLong(1));
    }
    return areas;
  }

  void print(PrintWriter out) {
    out.println(path + ": a lake, version " + version);
    out.printf(Locale.ROOT, "  %,d sessions, %,d units, %,d spikes%n", sessions, units, spikes);
    if (!areas.isEmpty()) {
      List<String> some = new ArrayList<>();
      areas.forEach((area, count) -> some.add(String.format(Locale.ROOT, "%s %,d", area, count)));
      String more = some.size() > SHOWN ? ", and " + (some.size() - SHOWN) + " more" : "";
      out.println(
          "  units by "
              + areaColumn
              + ": "
              + String.join(", ", some.subList(0, Math.min(SHOWN, some.size())))
              + more);
    }
    events.forEach(table -> print(table, "events", "rows", out));
    traces.forEach(table -> print(table, "traces", "neurons", out));
    for (Lake.Stored table : stored) {
      out.printf(
          Locale.ROOT,
          "  %s: %s in %,d %s%n",
          table.table(),
          IngestCommand.bytes(table.bytes()),
          table.files(),
          table.files() == 1 ? "file" : "files");
    }
    IngestCommand.print(
        failures.stream().map(Failure::reason).toList(), failures.size() + " not read", out);
  }

  private static void print(Table table, String kind, String rows, PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "  %s %s: %,d %s of %,d %s%n",
        kind,
        table.name(),
        table.rows(),
        rows,
        table.sessions(),
        table.sessions() == 1 ? "session" : "sessions");
  }
}
