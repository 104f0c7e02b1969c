package org.neuroglia.spark.event;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.neuroglia.spark.spike.Trains;
import org.neuroglia.spark.tensor.NeuronAxis;
import scala.reflect.ClassTag$;

/** Lists the neurons of spikes: what a stage that counts spikes learns. */
public final class SpikeNeurons {
  private SpikeNeurons() {}

  /** The neurons of each session, in order: runs one job. */
  public static NeuronAxis of(Trains trains) {
    if (!trains.isPacked()) {
      Dataset<Row> spikes = trains.rows();
      Optional<SparkPlan> batches = SpikePlans.batches(spikes.queryExecution().executedPlan());
      if (batches.isPresent()) {
        return NeuronAxis.of(
            named(batches.get(), SpikeColumns.of(trains, spikes.schema())),
            trains.hasIntegerNeurons());
      }
    }
    return NeuronAxis.of(trains.neurons(), trains.hasIntegerNeurons(), trains.areFew());
  }

  /**
   * The names in batches of a long table, where a spike's neuron is a number of a dictionary. To
   * find what is distinct in SQL, each spike's names would be written and hashed, which takes far
   * longer than to count the spikes.
   */
  private static Map<String, Set<String>> named(SparkPlan plan, SpikeColumns columns) {
    return JavaRDD.fromRDD(
            plan.executeColumnar(), ClassTag$.MODULE$.<ColumnarBatch>apply(ColumnarBatch.class))
        .mapPartitions(batches -> List.of(named(batches, columns)).iterator())
        // Of many parts some are put together before they come here.
        .treeAggregate(new HashMap<>(), SpikeNeurons::together, SpikeNeurons::together);
  }

  private static HashMap<String, Set<String>> together(
      HashMap<String, Set<String>> all, HashMap<String, Set<String>> some) {
    some.forEach((session, names) -> of(session, all).addAll(names));
    return all;
  }

  private static HashMap<String, Set<String>> named(
      Iterator<ColumnarBatch> batches, SpikeColumns columns) {
    HashMap<String, Set<String>> names = new HashMap<>();
    LongTrains trains =
        new LongBatches(
            batches,
            columns,
            (session, neuron) -> {
              of(session, names).add(neuron);
              return LongTrains.NONE;
            });
    if (trains.next()) {
      throw new IllegalStateException("a train of a neuron that has no place");
    }
    return names;
  }

  private static Set<String> of(String session, Map<String, Set<String>> names) {
    return names.computeIfAbsent(session, s -> new HashSet<>());
  }
}
