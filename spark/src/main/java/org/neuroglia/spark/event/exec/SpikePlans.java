package org.neuroglia.spark.event.exec;

import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.execution.ColumnarToRowExec;
import org.apache.spark.sql.execution.InputAdapter;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.WholeStageCodegenExec;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.neuroglia.spark.tensor.NeuronAxis;
import scala.reflect.ClassTag$;

/** Reads the trains of a plan of spikes, from batches of columns where it has them. */
public final class SpikePlans {
  private SpikePlans() {}

  /** What a task makes of its trains. */
  @FunctionalInterface
  interface TaskFunction extends Serializable {
    /**
     * @param first whether this is the first of the tasks, of which there is at least one
     */
    Iterator<Parcel> parcels(TrainSource trains, boolean first, SpikeSampling sampling);
  }

  /** Rows of what each task makes of its trains. */
  static RDD<InternalRow> parcels(
      SparkPlan spikes, SpikeColumns columns, SpikeSampling sampling, TaskFunction function) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spikes.sparkContext());
    Broadcast<SpikeSampling> what = context.broadcast(sampling);
    Optional<SparkPlan> batches = batches(spikes);
    if (batches.isPresent()) {
      return atLeastOneTask(context, columnar(batches.get()))
          .mapPartitionsWithIndex(
              (index, part) ->
                  Parcel.rows(
                      function.parcels(
                          trainsOfBatches(part, columns, what.value().neurons()),
                          index == 0,
                          what.value())),
              false)
          .rdd();
    }
    return atLeastOneTask(
            context,
            JavaRDD.fromRDD(
                spikes.execute(), ClassTag$.MODULE$.<InternalRow>apply(InternalRow.class)))
        .mapPartitionsWithIndex(
            (index, part) ->
                Parcel.rows(
                    function.parcels(
                        trainsOfRows(part, columns, what.value().neurons()),
                        index == 0,
                        what.value())),
            false)
        .rdd();
  }

  private static <T> JavaRDD<T> atLeastOneTask(JavaSparkContext context, JavaRDD<T> rdd) {
    return rdd.getNumPartitions() > 0 ? rdd : context.parallelize(List.<T>of(), 1);
  }

  /** What a plan gives as batches of columns. */
  static JavaRDD<ColumnarBatch> columnar(SparkPlan plan) {
    return JavaRDD.fromRDD(
        plan.executeColumnar(), ClassTag$.MODULE$.<ColumnarBatch>apply(ColumnarBatch.class));
  }

  /** The plan below, if nothing but the making of rows from its batches is between. */
  public static Optional<SparkPlan> batches(SparkPlan plan) {
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
        : new LongTrains.OfRows(rows, columns, neurons::indexOf);
  }

  private static TrainSource trainsOfBatches(
      Iterator<ColumnarBatch> batches, SpikeColumns columns, NeuronAxis neurons) {
    return columns.packed()
        ? PackedTrains.ofBatches(batches, columns, neurons)
        : new LongBatches(batches, columns, neurons::indexOf);
  }
}
