package org.neuroglia.spark.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.neuroglia.golden.GoldenCase;
import org.neuroglia.golden.GoldenValue;
import org.neuroglia.spark.Events;
import org.neuroglia.spark.decoding.KNeighborsClassifier;
import org.neuroglia.spark.decoding.KNeighborsClassifierModel;
import org.neuroglia.spark.event.PeriEventSpikeSampler;

final class KNeighborsClassifierAdapter extends DecoderAdapter<KNeighborsClassifierModel> {
  @Override
  KNeighborsClassifier stage(GoldenCase golden) {
    return new KNeighborsClassifier()
        .setNNeighbors(golden.params().path("n_neighbors").asInt(5))
        .setWeights(golden.params().path("weights").asText("uniform"))
        .setP(golden.params().path("p").asDouble(2))
        .setNeighborsCol("neighbors")
        .setDistancesCol("distances");
  }

  /** Numbered, so that neighbours are named by their rows. */
  @Override
  Dataset<Row> train(GoldenCase golden) throws Exception {
    return Events.numbered(super.train(golden), new PeriEventSpikeSampler());
  }

  @Override
  void add(Map<String, GoldenValue> items, KNeighborsClassifierModel model, List<Row> rows) {
    items.put("indices", lists(rows, "neighbors", model.getNNeighbors()));
    items.put("distances", lists(rows, "distances", model.getNNeighbors()));
  }

  private static GoldenValue lists(List<Row> rows, String column, int width) {
    List<Object> all = new ArrayList<>();
    rows.forEach(row -> all.addAll(row.getList(row.fieldIndex(column))));
    return new GoldenValue.Array(List.of(rows.size(), width), GoldenValue.normalised(all));
  }

  /** Equal to scikit-learn wherever no distance is shared by a neighbour and a row left out. */
  @Override
  public String better(GoldenCase golden) throws Exception {
    List<Row> rows =
        stage(golden)
            .setNNeighbors(6)
            .fit(train(golden))
            .transform(LabelledRows.of(golden, "test"))
            .collectAsList();
    GoldenValue.Dict ours = (GoldenValue.Dict) run(golden);
    GoldenValue.Dict theirs = (GoldenValue.Dict) golden.expectedValue();
    int told = 0;
    for (int event = 0; event < rows.size(); event++) {
      List<Double> distances = rows.get(event).getList(rows.get(event).fieldIndex("distances"));
      List<Long> neighbors = rows.get(event).getList(rows.get(event).fieldIndex("neighbors"));
      for (int i = 1; i < 6; i++) {
        boolean farther = distances.get(i) > distances.get(i - 1);
        assertTrue(farther || neighbors.get(i) > neighbors.get(i - 1));
      }
      if (distances.get(5) > distances.get(4)) {
        assertEquals(probability(theirs, event), probability(ours, event));
        told++;
      }
    }
    assertTrue(told > 0 && told < rows.size(), () -> "ties in none or all");
    return "of equally near events the earlier are taken";
  }

  private static List<Object> probability(GoldenValue.Dict items, int event) {
    GoldenValue.Array all = (GoldenValue.Array) items.items().get("predict_proba");
    int classes = all.shape().get(1);
    return all.data().subList(event * classes, (event + 1) * classes);
  }
}
