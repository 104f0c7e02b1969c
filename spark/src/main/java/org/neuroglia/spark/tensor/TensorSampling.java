package org.neuroglia.spark.tensor;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.flatten;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.isnan;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.when;

import java.util.Arrays;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.neuroglia.event.TimeSlices;
import org.neuroglia.spark.RecordingColumns;
import org.neuroglia.spark.Schemas;
import org.neuroglia.spark.Sessions;
import org.neuroglia.spark.plan.Attributes;
import org.neuroglia.spark.plan.Encoding;
import scala.Tuple2;
import scala.Tuple4;
import scala.Tuple5;

/**
 * How events meet the whole trains or traces of neurons. Nothing runs until the result is used.
 *
 * <p>Each neuron is sampled once, where it lies, at all events of its session, which come to it in
 * a join on the session: a broadcast where they are few. The numbers then go to the events of a
 * slice of time, their home, and each event gets its row. A number depends on one neuron and one
 * event alone, so the result does not depend on partitions.
 *
 * <p>For counts of spikes, which are sparse and add up, {@link
 * org.neuroglia.spark.event.PeriEventSpikeSampler} has a shorter way.
 */
public final class TensorSampling {
  private static final long MOST_BROADCAST_BYTES = 64L << 20;
  private static final double LONGEST_SLICE = 16;
  private static final double SHORTEST_SLICE = 1.0 / 16;

  /** As many as follow each other on a screen. */
  private static final double EVENTS_PER_SECOND = 60;

  /** 64 MB of them. */
  private static final double MOST_NUMBERS = 8e6;

  private static final Encoder<Tuple2<String, Long>> HOME =
      Encoders.tuple(Encoders.STRING(), Encoders.LONG());
  private static final Encoder<Tuple5<String, String, double[], double[], double[]>> NEURON =
      Encoders.tuple(
          Encoders.STRING(),
          Encoders.STRING(),
          Encoding.doubles(),
          Encoding.doubles(),
          Encoding.doubles());
  private static final Encoder<Tuple4<String, Long, int[], double[]>> PART =
      Encoders.tuple(Encoders.STRING(), Encoders.LONG(), Encoding.ints(), Encoding.doubles());

  private TensorSampling() {}

  /** The home of an event; those without a time share one. */
  static long home(TimeSlices slices, double event) {
    return Double.isNaN(event) ? Long.MIN_VALUE : slices.of(event);
  }

  /**
   * The field that is added to the events.
   *
   * @param name of the column
   */
  public static StructField field(NeuronSampler sampler, NeuronAxis neurons, String name) {
    TensorMetadata axes = neurons.metadata(sampler.sampleTimes());
    Metadata metadata = sampler.vector() ? axes.toFeatures(name) : axes.toMetadata();
    return new StructField(
        name,
        sampler.vector() ? SQLDataTypes.VectorType() : SQLDataTypes.MatrixType(),
        false,
        metadata);
  }

  /**
   * @param neurons columns session, neuron, times and values: a row per neuron, whole
   * @param events with every column that shall be kept
   * @param columns names of the events' session
   * @param time of an event, as a double; null where it has none
   * @param duration of an event, as a double
   * @param output the field that is added
   * @return the events with the output
   */
  public static Dataset<Row> sample(
      NeuronSampler sampler,
      NeuronAxis axis,
      Dataset<Row> neurons,
      Dataset<Row> events,
      RecordingColumns<?> columns,
      Column time,
      Column duration,
      StructField output) {
    Column[] own =
        Arrays.stream(events.columns()).map(c -> col(Schemas.quoted(c))).toArray(Column[]::new);
    TimeSlices slices = slices(sampler, axis);
    Column start = orNaN(time);
    Column length = when(isnan(start), lit(Double.NaN)).otherwise(orNaN(duration.cast("double")));
    Dataset<Row> atHome =
        events.select(
            key(Sessions.column(events.schema(), columns.getSessionCol())).as("_1"),
            key(when(isnan(start), lit(Long.MIN_VALUE))
                    .otherwise(floor(start.divide(lit(slices.seconds()))).cast("long")))
                .as("_2"),
            start.as("_3"),
            length.as("_4"),
            struct(own).as("_5"));
    Dataset<Row> parts = parts(sampler, axis, slices, neurons, atHome);
    StructType schema = events.schema().add(output);
    Dataset<Row> rows =
        atHome
            .groupBy("_1", "_2")
            .as(HOME, Encoders.row(atHome.schema()))
            .cogroup(
                parts.groupBy("_1", "_2").as(HOME, PART),
                new RowsOfHome(sampler, axis.widths()),
                Encoders.row(schema));
    return Schemas.described(rows, schema);
  }

  /** -0.0 made 0.0, and one NaN for null and all NaN, so that equal events are one. */
  private static Column orNaN(Column seconds) {
    return when(seconds.isNull().or(isnan(seconds)), lit(Double.NaN))
        .otherwise(seconds.plus(lit(0.0)));
  }

  /** Slices in which the numbers of many events fit into memory; depends on nothing else. */
  private static TimeSlices slices(NeuronSampler sampler, NeuronAxis axis) {
    int widest = axis.widths().values().stream().mapToInt(Integer::intValue).max().orElse(0);
    double perEvent = (double) widest * sampler.perEvent();
    double seconds = LONGEST_SLICE;
    while (seconds > SHORTEST_SLICE && perEvent * EVENTS_PER_SECOND * seconds > MOST_NUMBERS) {
      seconds /= 2;
    }
    return new TimeSlices(seconds);
  }

  private static Dataset<Row> parts(
      NeuronSampler sampler,
      NeuronAxis axis,
      TimeSlices slices,
      Dataset<Row> neurons,
      Dataset<Row> atHome) {
    Dataset<Row> times = atHome.select(col("_1").as("session"), col("_3"), col("_4"));
    Column pairs =
        flatten(
            transform(
                sort_array(collect_set(struct("_3", "_4"))),
                pair -> array(pair.getField("_3"), pair.getField("_4"))));
    Dataset<Row> perSession =
        times.where("session IS NOT NULL").groupBy("session").agg(pairs.as("_5"));
    boolean few = Attributes.estimatedBytes(times) <= MOST_BROADCAST_BYTES;
    return neurons
        .join(few ? broadcast(perSession) : perSession, "session")
        .select(
            col("session").as("_1"),
            col("neuron").as("_2"),
            col("times").as("_3"),
            col("values").as("_4"),
            col("_5"))
        .as(NEURON)
        .mapPartitions(new NeuronParts(sampler, axis, slices), PART)
        .toDF("_1", "_2", "_3", "_4");
  }

  /** As a key to group by: both sides of a cogroup must agree that it may be null. */
  private static Column key(Column column) {
    return when(column.isNotNull(), column);
  }
}
