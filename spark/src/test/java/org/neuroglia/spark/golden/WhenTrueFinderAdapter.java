package org.neuroglia.spark.golden;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.neuroglia.golden.GoldenCase;
import org.neuroglia.golden.GoldenValue;
import org.neuroglia.spark.trace.WhenTrueFinder;

/** The rows in neuroglia's order: by sample, then by column. A DataFrame has none of its own. */
final class WhenTrueFinderAdapter implements GoldenAdapter {
  @Override
  public GoldenValue.Table run(GoldenCase golden) throws Exception {
    Dataset<Row> traces = TraceTables.rows(golden);
    List<Object> labels = TraceTables.labels(golden);
    List<Double> samples = traces.first().getList(1);
    List<Row> found = new ArrayList<>(new WhenTrueFinder().transform(traces).collectAsList());
    found.sort(
        Comparator.<Row>comparingInt(row -> samples.indexOf(row.<Double>getAs("time")))
            .thenComparingInt(row -> labels.indexOf(row.getAs("neuron"))));
    Map<String, List<Object>> columns = new LinkedHashMap<>();
    for (String column : List.of("time", "neuron")) {
      columns.put(
          column, GoldenValue.normalised(found.stream().map(row -> row.getAs(column)).toList()));
    }
    return new GoldenValue.Table(found.size(), columns);
  }

  @Override
  public String better(GoldenCase golden) throws Exception {
    if (golden.name().equals("named_index")) {
      assertTrue(run(golden).rows() > 0);
      return "times have a column of their own, whatever it is called";
    }
    return GoldenAdapter.super.better(golden);
  }
}
