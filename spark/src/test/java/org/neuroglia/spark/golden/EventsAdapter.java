package org.neuroglia.spark.golden;

import static org.apache.spark.sql.functions.monotonically_increasing_id;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.neuroglia.golden.GoldenCase;
import org.neuroglia.golden.GoldenValue;
import org.neuroglia.spark.Events;
import org.neuroglia.spark.event.PeriEventSpikeSampler;

/** neuroglia's {@code events_to_xr_dim}: here, the events with their numbers. */
final class EventsAdapter implements GoldenAdapter {

  /** The events of a case, with the index of the table, if it has one, as {@code event}. */
  static Dataset<Row> events(GoldenCase golden) throws Exception {
    Dataset<Row> events = InputTable.of(golden, "events");
    return events
        .withColumnRenamed("index", "event")
        .withColumn("__position", monotonically_increasing_id());
  }

  @Override
  public GoldenValue run(GoldenCase golden) throws Exception {
    Dataset<Row> numbered =
        Events.numbered(events(golden), new PeriEventSpikeSampler()).orderBy("__position");
    List<Row> rows = numbered.drop("__position").collectAsList();
    Map<String, GoldenValue> coords = new LinkedHashMap<>();
    for (String column : rows.get(0).schema().fieldNames()) {
      if (!column.equals("event")) {
        coords.put(column, column(rows, column));
      }
    }
    Map<String, GoldenValue> items = new LinkedHashMap<>();
    items.put("name", GoldenValue.scalar("event"));
    items.put("dims", GoldenValue.array(List.of("event")));
    items.put("values", column(rows, "event"));
    items.put("coords", new GoldenValue.Dict(coords));
    return new GoldenValue.Dict(items);
  }

  private static GoldenValue column(List<Row> rows, String name) {
    return GoldenValue.array(rows.stream().map(row -> row.getAs(name)).toList());
  }
}
