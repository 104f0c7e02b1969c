package org.neuroglia.spark.decoding;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.isnan;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import java.util.List;
import org.apache.spark.ml.param.Param;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.KeyValueGroupedDataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.neuroglia.InvalidInputException;
import org.neuroglia.decoding.split.NullLabels;
import org.neuroglia.event.WindowCounts;
import org.neuroglia.spark.Schemas;
import org.neuroglia.spark.Sessions;
import org.neuroglia.spark.decoding.session.CountsAroundEvents;
import org.neuroglia.spark.decoding.session.DecodedRows;
import org.neuroglia.spark.decoding.session.DecodingSettings;
import org.neuroglia.spark.decoding.session.DonorLabels;
import org.neuroglia.spark.decoding.session.Label;
import org.neuroglia.spark.decoding.session.PseudoPopulationDecoder;
import org.neuroglia.spark.decoding.session.PseudoSession;
import org.neuroglia.spark.decoding.session.SessionByDecoders;
import org.neuroglia.spark.decoding.session.SessionTrials;
import org.neuroglia.spark.plan.Attributes;

/**
 * The query that decodes: trains are counted where they lie, around the events of their sessions,
 * and counts and events of a session come together in a task.
 */
final class DecodingPlan {
  /** Events of at most this size, by the optimizer's estimate, are broadcast. */
  private static final double MOST_BROADCAST_BYTES = 64L << 20;

  private final PopulationDecodingParams<?> params;
  private final DecodingSettings settings;

  DecodingPlan(PopulationDecodingParams<?> params, DecodingSettings settings) {
    this.params = params;
    this.settings = settings;
  }

  /** A row per session, group, decoder, draw and window; {@link DecodedRows#schema}. */
  Dataset<Row> decode(Dataset<Row> trains, Dataset<Row> events) {
    requireTrains(trains.schema());
    DataType label = requireEvents(events.schema());
    Sessions.requireBoth(
        Schemas.has(events.schema(), params.getSessionCol()),
        "the trains",
        Schemas.has(trains.schema(), params.getSessionCol()),
        params.getSessionCol());
    Dataset<Row> trials = trials(events);
    Dataset<Row> counted = counted(trains, trials, settings.counts());
    if (settings.nulls().kind() == NullLabels.Kind.OTHER_SESSION) {
      trials = trials.unionByName(donors(labelled(trials)));
    }
    if (settings.pseudo().resamples() > 0) {
      trials = trials.unionByName(DonorLabels.classesOfAll(labelled(trials)));
      return pseudoPopulation(bySession(counted), bySession(trials), label);
    }
    return bySession(counted)
        .cogroupSorted(
            bySession(trials),
            new Column[] {col("neuron")},
            new Column[] {col("donor").isNull(), col("event")},
            new SessionByDecoders(settings, label instanceof StringType),
            Encoders.row(DecodedRows.schema(label)));
  }

  private Dataset<Row> donors(Dataset<Row> labelled) {
    return settings.regression().isWanted()
        ? DonorLabels.rowsOfValues(labelled, settings.nulls().number(), settings.nulls().seed())
        : DonorLabels.rows(labelled, settings.nulls().number(), settings.nulls().seed());
  }

  private Dataset<Row> pseudoPopulation(
      KeyValueGroupedDataset<String, Row> counted,
      KeyValueGroupedDataset<String, Row> trials,
      DataType label) {
    boolean text = label instanceof StringType;
    Dataset<Row> parts =
        counted.cogroupSorted(
            trials,
            new Column[] {col("neuron")},
            new Column[] {col("donor").isNull(), col("event")},
            new PseudoSession(settings, text),
            Encoders.row(PseudoSession.schema(label)));
    return parts
        .groupBy("resample", "group", "window")
        .as(
            Encoders.tuple(Encoders.INT(), Encoders.STRING(), Encoders.INT()),
            Encoders.row(parts.schema()))
        .flatMapSortedGroups(
            new Column[] {col("session")},
            new PseudoPopulationDecoder(settings, text),
            Encoders.row(DecodedRows.schema(label)));
  }

  private KeyValueGroupedDataset<String, Row> bySession(Dataset<Row> rows) {
    int partitions = (int) params.getOrDefault(params.partitions());
    Dataset<Row> placed = partitions > 0 ? rows.repartition(partitions, col("session")) : rows;
    return placed.groupBy("session").as(Encoders.STRING(), Encoders.row(rows.schema()));
  }

  private void requireTrains(StructType schema) {
    StructField neuron = Schemas.require(schema, params.getNeuronCol(), "the trains");
    if (!(neuron.dataType() instanceof StringType || Schemas.isInteger(neuron.dataType()))) {
      throw new InvalidInputException(
          String.format(
              "column \"%s\" of the trains is a %s; neurons are strings or integers",
              neuron.name(), neuron.dataType().simpleString()));
    }
    StructField times = Schemas.require(schema, params.getTimesCol(), "the trains");
    if (!(times.dataType() instanceof ArrayType array
        && array.elementType() instanceof NumericType)) {
      throw new InvalidInputException(
          String.format(
              "column \"%s\" of the trains is a %s; an array of seconds is needed, and SpikePacker"
                  + " makes it of a table of spikes",
              times.name(), times.dataType().simpleString()));
    }
    if (!given(params.by()).isEmpty()) {
      Schemas.require(schema, given(params.by()), "the trains");
    }
  }

  /**
   * The type of the labels that come out.
   *
   * @throws InvalidInputException if a column is missing or of another type
   */
  DataType requireEvents(StructType schema) {
    StructField event = Schemas.require(schema, params.getEventCol(), "the events");
    if (!Schemas.isInteger(event.dataType())) {
      throw new InvalidInputException(
          String.format(
              "column \"%s\" is a %s; events have integer numbers",
              event.name(), event.dataType().simpleString()));
    }
    Schemas.requireNumber(schema, params.getTimeCol(), "the events");
    Schemas.require(schema, given(params.labelCol()), "the events");
    for (Param<String> column : List.of(params.splitCol(), params.stratumCol())) {
      if (!given(column).isEmpty()) {
        Schemas.require(schema, given(column), "the events");
      }
    }
    DataType label = Label.type(schema, given(params.labelCol()));
    if (settings.regression().isWanted() && label instanceof StringType) {
      throw new InvalidInputException(
          "column \"" + given(params.labelCol()) + "\" is text; a regression predicts numbers");
    }
    return label;
  }

  private String given(Param<String> column) {
    return params.getOrDefault(column);
  }

  /** The events as {@link SessionTrials} takes them. */
  private Dataset<Row> trials(Dataset<Row> events) {
    DataType column =
        events
            .schema()
            .apply(Schemas.require(events.schema(), given(params.labelCol()), "").name())
            .dataType();
    DataType label = settings.regression().isWanted() ? DataTypes.DoubleType : column;
    return events.select(
        coalesce(Sessions.column(events.schema(), params.getSessionCol()), lit(Sessions.ONLY))
            .as("session"),
        named(params.getEventCol()).cast(DataTypes.LongType).as("event"),
        named(params.getTimeCol()).cast(DataTypes.DoubleType).as("time"),
        named(given(params.labelCol())).cast(label).as("label"),
        text(given(params.splitCol())).as("split"),
        text(given(params.stratumCol())).as("stratum"),
        lit(null).cast(DonorLabels.type(label)).as("donor"));
  }

  private static Column text(String column) {
    Column text = (column.isEmpty() ? lit(null) : named(column)).cast(DataTypes.StringType);
    return when(text.notEqual("NaN"), text); // a number that is none, as null is
  }

  private static Column named(String column) {
    return col(Schemas.quoted(column));
  }

  /** Those that have a time and a label. */
  private static Dataset<Row> labelled(Dataset<Row> trials) {
    Column usable =
        col("time").isNotNull().and(not(isnan(col("time")))).and(col("label").isNotNull());
    DataType label = trials.schema().apply("label").dataType();
    boolean fractional = label.equals(DataTypes.DoubleType) || label.equals(DataTypes.FloatType);
    return trials.where(fractional ? usable.and(not(isnan(col("label")))) : usable);
  }

  /** Each train as its counts around the events of its session. */
  private Dataset<Row> counted(
      Dataset<Row> trains, Dataset<Row> trials, WindowCounts windowCounts) {
    Dataset<Row> times =
        labelled(trials)
            .groupBy(col("session").as("eventSession"))
            .agg(sort_array(collect_list("time")).as("eventTimes"))
            .withColumn("events", xxhash64(col("eventTimes")));
    if (Attributes.estimatedBytes(times) <= MOST_BROADCAST_BYTES) {
      times = broadcast(times);
    }
    StructField neuron = Schemas.require(trains.schema(), params.getNeuronCol(), "the trains");
    boolean integers = Schemas.isInteger(neuron.dataType());
    return trains
        .select(
            coalesce(Sessions.column(trains.schema(), params.getSessionCol()), lit(Sessions.ONLY))
                .as("session"),
            named(params.getNeuronCol())
                .cast(integers ? DataTypes.LongType : DataTypes.StringType)
                .as("neuron"),
            text(given(params.by())).as("group"),
            named(params.getTimesCol())
                .cast(DataTypes.createArrayType(DataTypes.DoubleType))
                .as("times"))
        .where(col("neuron").isNotNull().and(col("times").isNotNull()))
        .join(times, col("session").equalTo(col("eventSession")))
        .select(
            col("session"),
            col("neuron"),
            col("group"),
            new CountsAroundEvents(windowCounts)
                .column(col("times"), col("eventTimes"))
                .as("counts"),
            col("events"));
  }
}
