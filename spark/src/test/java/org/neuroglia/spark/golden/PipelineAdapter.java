package org.neuroglia.spark.golden;

import static org.apache.spark.sql.functions.col;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.neuroglia.golden.GoldenCase;
import org.neuroglia.golden.GoldenValue;
import org.neuroglia.spark.Events;
import org.neuroglia.spark.decoding.ClassificationEvaluator;
import org.neuroglia.spark.decoding.LinearDiscriminantAnalysis;
import org.neuroglia.spark.decoding.StandardScaler;
import org.neuroglia.spark.decoding.StandardScalerModel;
import org.neuroglia.spark.event.PeriEventSpikeSampler;
import org.neuroglia.spark.tensor.ResponseReducer;
import org.neuroglia.spark.tensor.TensorMetadata;

/** The introduction's pipeline, whole. */
final class PipelineAdapter implements GoldenAdapter {
  @Override
  public GoldenValue run(GoldenCase golden) throws Exception {
    PeriEventSpikeSampler sampler =
        new PeriEventSpikeSampler()
            .setSampleTimes(golden.doubles("sample_times"))
            .setSpikes(InputTable.of(golden, "spikes"));
    Pipeline pipeline =
        new Pipeline()
            .setStages(
                new PipelineStage[] {
                  sampler,
                  new ResponseReducer().setFunc("sum"),
                  new StandardScaler().setOutputCol("scaled"),
                  new LinearDiscriminantAnalysis().setFeaturesCol("scaled").setLabelCol("image_id")
                });
    Dataset<Row> events = Events.numbered(InputTable.of(golden, "events"), sampler);
    PipelineModel model = pipeline.fit(rows(events, golden.params().get("train")));
    Dataset<Row> all = model.transform(events);
    Dataset<Row> test = rows(all, golden.params().get("test"));
    StandardScalerModel scaler = (StandardScalerModel) model.stages()[2];
    ClassificationEvaluator accuracy = new ClassificationEvaluator().setLabelCol("image_id");

    Map<String, GoldenValue> items = new HashMap<>();
    items.put("response", response(all));
    List<Row> tested = test.orderBy("event").collectAsList();
    items.put(
        "predict", GoldenValue.array(tested.stream().map(r -> r.getAs("prediction")).toList()));
    int probability = tested.get(0).fieldIndex("probability");
    items.put("predict_proba", StandardScalerAdapter.matrix(tested, probability));
    items.put("decision_function", StandardScalerAdapter.matrix(tested, probability - 1));
    items.put("score", GoldenValue.scalar(accuracy.evaluate(test)));
    items.put(
        "train_score",
        GoldenValue.scalar(accuracy.evaluate(rows(all, golden.params().get("train")))));
    items.put("scaler_mean", GoldenValue.array(scaler.mean().toArray(), scaler.mean().size()));
    items.put("scaler_scale", GoldenValue.array(scaler.scale().toArray(), scaler.scale().size()));
    return new GoldenValue.Dict(items);
  }

  private static Dataset<Row> rows(Dataset<Row> events, JsonNode numbers) {
    List<Object> listed = new ArrayList<>();
    numbers.forEach(n -> listed.add(n.asLong()));
    return events.where(col("event").isin(listed.toArray()));
  }

  private static GoldenValue response(Dataset<Row> all) {
    List<Row> rows = all.orderBy("event").collectAsList();
    String[] neurons = TensorMetadata.of(all.schema().apply("features").metadata()).neurons();
    List<Object> data = new ArrayList<>();
    rows.forEach(row -> data.addAll(GoldenValue.boxed(((Vector) row.getAs("features")).toArray())));
    Map<String, GoldenValue.Coord> coords = new LinkedHashMap<>();
    coords.put("neuron", new GoldenValue.Coord(List.of("neuron"), List.of((Object[]) neurons)));
    for (String column : List.of("event", "time", "duration")) {
      coords.put(
          column,
          new GoldenValue.Coord(
              List.of("event"),
              GoldenValue.normalised(rows.stream().map(row -> row.getAs(column)).toList())));
    }
    return new GoldenValue.Labelled(
        List.of("event", "neuron"), List.of(rows.size(), neurons.length), data, coords);
  }
}
