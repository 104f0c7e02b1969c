package org.neuroglia.spark.event;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sequence;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import java.util.Arrays;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructType;
import org.neuroglia.event.PeriEventSpikeSampler;
import org.neuroglia.event.TimeSlices;
import org.neuroglia.spark.Encoding;
import org.neuroglia.spark.Schemas;
import org.neuroglia.spark.Sessions;
import org.neuroglia.spark.spike.Trains;
import org.neuroglia.spark.tensor.NeuronAxis;
import org.neuroglia.tensor.SparseCounts;
import scala.Tuple2;
import scala.Tuple3;
import scala.Tuple4;

/**
 * How events and spikes meet. Nothing runs until the result is used.
 *
 * <p>Every event belongs to the slice of time that holds it, its home. First, tasks count the
 * spikes near some events into compact parts ({@link SparseCounts}), a part per session and home.
 * Then the events and the parts of a home are brought together, and each event gets its row. Counts
 * are integers and parts are merged in any order, so that the result does not depend on partitions.
 *
 * <p>The two plans differ in the first step:
 *
 * <ul>
 *   <li><b>broadcast</b>: each task knows all event times of its sessions, ascending, and counts
 *       the trains that it reads, with two pointers. Spikes are never moved.
 *   <li><b>shuffle</b>: each spike goes to its slice, and each event to every slice that its window
 *       meets. For events too many to be known everywhere.
 * </ul>
 */
final class Sampling {
  /** Event times of at most this size, by the optimizer's estimate, are broadcast. */
  private static final long MOST_BROADCAST_BYTES = 64L << 20;

  private static final Encoder<Tuple2<String, Long>> HOME =
      Encoders.tuple(Encoders.STRING(), Encoders.LONG());
  private static final Encoder<Tuple3<String, Long, byte[]>> PART =
      Encoders.tuple(Encoders.STRING(), Encoders.LONG(), Encoders.BINARY());

  private final PeriEventSpikeSamplerParams<?> params;
  private final PeriEventSpikeSampler sampler;
  private final NeuronAxis neurons;
  private final Trains trains;
  private final Dataset<Row> events;
  private final TimeSlices slices;

  Sampling(
      PeriEventSpikeSamplerParams<?> params,
      PeriEventSpikeSampler sampler,
      NeuronAxis neurons,
      Trains trains,
      Dataset<Row> events) {
    this.params = params;
    this.sampler = sampler;
    this.neurons = neurons;
    this.trains = trains;
    this.events = events;
    this.slices = TimeSlices.forWindow(sampler.last() - sampler.first());
  }

  /** The events' columns and the tensor. */
  Dataset<Row> tensor() {
    Dataset<Row> times = times();
    Dataset<Tuple3<String, Long, byte[]>> parts =
        isBroadcast(times) ? countWhereSpikesAre(times) : countInSlices(times);

    Column[] own =
        Arrays.stream(events.columns()).map(c -> col(Schemas.quoted(c))).toArray(Column[]::new);
    Dataset<Row> atHome =
        events.select(
            key(Sessions.column(events.schema(), params.getSessionCol())).as("_1"),
            key(slice(Events.time(params))).as("_2"),
            Events.time(params).as("_3"),
            struct(own).as("_4"));
    StructType schema =
        events
            .schema()
            .add(
                params.getOutputCol(),
                org.apache.spark.ml.linalg.SQLDataTypes.MatrixType(),
                false,
                metadata(sampler, neurons));
    Dataset<Row> rows =
        atHome
            .groupBy("_1", "_2")
            .as(HOME, Encoders.row(atHome.schema()))
            .cogroup(
                parts.toDF("_1", "_2", "_3").groupBy("_1", "_2").as(HOME, PART),
                new TensorOfHome(neurons.widths(), sampler.bins(), params.getFillna()),
                Encoders.row(schema));
    return Schemas.described(rows, schema);
  }

  /** What the tensor's column says of its axes; a bin is named by its first edge. */
  static Metadata metadata(PeriEventSpikeSampler sampler, NeuronAxis neurons) {
    double[] edges = sampler.sampleTimes();
    return neurons.metadata(Arrays.copyOf(edges, sampler.bins())).toMetadata();
  }

  /** Columns session and time of the events that have a time. */
  private Dataset<Row> times() {
    return events
        .select(
            Sessions.column(events.schema(), params.getSessionCol()).as("session"),
            Events.time(params).as("time"))
        .where("session IS NOT NULL AND time IS NOT NULL");
  }

  private boolean isBroadcast(Dataset<Row> times) {
    return switch (params.getPlan()) {
      case "broadcast" -> true;
      case "shuffle" -> false;
      default -> estimatedBytes(times) <= MOST_BROADCAST_BYTES;
    };
  }

  private static double estimatedBytes(Dataset<Row> dataset) {
    return ((org.apache.spark.sql.classic.Dataset<Row>) dataset)
        .queryExecution()
        .optimizedPlan()
        .stats()
        .sizeInBytes()
        .toDouble();
  }

  /** As a key to group by: both sides of a cogroup must agree that it may be null. */
  private static Column key(Column column) {
    return when(column.isNotNull(), column);
  }

  private Column slice(Column time) {
    return floor(time.divide(lit(slices.seconds()))).cast(DataTypes.LongType);
  }

  private Dataset<Tuple3<String, Long, byte[]>> countWhereSpikesAre(Dataset<Row> times) {
    Dataset<Row> perSession =
        times.groupBy("session").agg(sort_array(collect_set("time")).as("events"));
    return trains
        .packed()
        .join(broadcast(perSession), "session")
        .select(
            col("session").as("_1"),
            col("neuron").as("_2"),
            col("times").as("_3"),
            col("events").as("_4"))
        .as(
            Encoders.tuple(
                Encoders.STRING(), Encoders.STRING(), Encoding.doubles(), Encoding.doubles()))
        .mapPartitions(new CountTrains(sampler, neurons, slices), PART);
  }

  private Dataset<Tuple3<String, Long, byte[]>> countInSlices(Dataset<Row> times) {
    Column time = col("time");
    Dataset<Row> eventsInSlices =
        times
            .distinct()
            .select(
                key(col("session")).as("_1"),
                explode(
                        sequence(
                            slice(time.plus(sampler.first())), slice(time.plus(sampler.last()))))
                    .as("slice"),
                slice(time).as("_3"),
                time.as("_4"))
            .select(col("_1"), key(col("slice")).as("_2"), col("_3"), col("_4"));
    Encoder<Tuple4<String, Long, Integer, double[]>> piece =
        Encoders.tuple(Encoders.STRING(), Encoders.LONG(), Encoders.INT(), Encoding.doubles());
    Dataset<Row> spikesInSlices =
        trains
            .packed()
            .toDF("_1", "_2", "_3")
            .as(Encoders.tuple(Encoders.STRING(), Encoders.STRING(), Encoding.doubles()))
            .mapPartitions(new SliceTrains(neurons, slices), piece)
            .toDF("_1", "_2", "_3", "_4");
    return eventsInSlices
        .groupBy("_1", "_2")
        .as(
            HOME,
            Encoders.tuple(Encoders.STRING(), Encoders.LONG(), Encoders.LONG(), Encoders.DOUBLE()))
        .cogroup(spikesInSlices.groupBy("_1", "_2").as(HOME, piece), new CountSlice(sampler), PART);
  }
}
