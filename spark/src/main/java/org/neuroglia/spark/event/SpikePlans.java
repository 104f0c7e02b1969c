package org.neuroglia.spark.event;

import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.execution.ColumnarToRowExec;
import org.apache.spark.sql.execution.InputAdapter;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.WholeStageCodegenExec;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.neuroglia.spark.plan.Attributes;
import org.neuroglia.spark.tensor.NeuronAxis;
import scala.collection.immutable.Seq;
import scala.reflect.ClassTag$;

/** Reads the trains of a plan of spikes, from batches of columns where it has them. */
final class SpikePlans {
  private SpikePlans() {}

  /** What a task makes of its trains. */
  @FunctionalInterface
  interface TaskFunction extends Serializable {
    /**
     * @param first whether this is the first of the tasks, of which there is at least one
     */
    Iterator<Parcel> parcels(TrainSource trains, boolean first);
  }

  /** Rows of what each task makes of its trains. */
  static RDD<InternalRow> parcels(
      SparkPlan spikes, Seq<Attribute> attributes, NeuronAxis axis, TaskFunction function) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spikes.sparkContext());
    Broadcast<NeuronAxis> neurons = context.broadcast(axis);
    Optional<SparkPlan> batches = batches(spikes);
    SpikeColumns columns = columns(batches.orElse(spikes), attributes);
    if (batches.isPresent()) {
      return JavaRDD.fromRDD(
              batches.get().executeColumnar(),
              ClassTag$.MODULE$.<ColumnarBatch>apply(ColumnarBatch.class))
          .mapPartitionsWithIndex(
              (index, part) ->
                  Parcel.rows(
                      function.parcels(
                          trainsOfBatches(part, columns, neurons.value()), index == 0)),
              false)
          .rdd();
    }
    JavaRDD<InternalRow> rows =
        JavaRDD.fromRDD(spikes.execute(), ClassTag$.MODULE$.<InternalRow>apply(InternalRow.class));
    if (rows.getNumPartitions() == 0) {
      rows = context.parallelize(List.of(), 1);
    }
    return rows.mapPartitionsWithIndex(
            (index, part) ->
                Parcel.rows(
                    function.parcels(trainsOfRows(part, columns, neurons.value()), index == 0)),
            false)
        .rdd();
  }

  private static SpikeColumns columns(SparkPlan spikes, Seq<Attribute> attributes) {
    Attribute neuron = attributes.apply(0);
    Attribute time = attributes.apply(1);
    return new SpikeColumns(
        attributes.size() > 2 ? Attributes.position(spikes, attributes.apply(2)) : -1,
        Attributes.position(spikes, neuron),
        neuron.dataType(),
        Attributes.position(spikes, time),
        time.dataType() instanceof ArrayType);
  }

  /** The plan below, if nothing but the making of rows from its batches is between. */
  private static Optional<SparkPlan> batches(SparkPlan plan) {
    SparkPlan below = plan;
    boolean makesRows = false;
    while (true) {
      if (below instanceof WholeStageCodegenExec stage) {
        below = stage.child();
      } else if (below instanceof InputAdapter adapter) {
        below = adapter.child();
      } else if (below instanceof ColumnarToRowExec rows) {
        below = rows.child();
        makesRows = true;
      } else {
        return makesRows && below.supportsColumnar() ? Optional.of(below) : Optional.empty();
      }
    }
  }

  private static TrainSource trainsOfRows(
      Iterator<InternalRow> rows, SpikeColumns columns, NeuronAxis neurons) {
    return columns.packed()
        ? new PackedTrains(rows, columns, neurons)
        : new LongTrains.OfRows(rows, columns, neurons);
  }

  private static TrainSource trainsOfBatches(
      Iterator<ColumnarBatch> batches, SpikeColumns columns, NeuronAxis neurons) {
    return columns.packed()
        ? PackedTrains.ofBatches(batches, columns, neurons)
        : new LongBatches(batches, columns, neurons);
  }
}
