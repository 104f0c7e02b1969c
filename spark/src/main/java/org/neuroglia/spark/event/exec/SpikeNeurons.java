package org.neuroglia.spark.event.exec;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.apache.spark.Partition;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.execution.datasources.FilePartition;
import org.apache.spark.sql.execution.datasources.PartitionedFile;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.neuroglia.spark.Schemas;
import org.neuroglia.spark.plan.Attributes;
import org.neuroglia.spark.spike.Trains;
import org.neuroglia.spark.tensor.NeuronAxis;

/** Lists the neurons of spikes: what a stage that counts spikes learns. */
public final class SpikeNeurons {
  /** Of a smaller table, to read the times too takes less than to open its files twice. */
  private static final double LARGE = 32L << 20;

  private static final Comparator<PartitionedFile> BY_PLACE =
      Comparator.<PartitionedFile, String>comparing(file -> file.filePath().toString())
          .thenComparingLong(PartitionedFile::start)
          .thenComparingLong(PartitionedFile::length);

  private SpikeNeurons() {}

  /** The neurons of each session, in order: runs one job. */
  public static NeuronAxis of(Trains trains) {
    if (!trains.isPacked()) {
      Dataset<Row> spikes = trains.rows();
      Optional<JavaRDD<ColumnarBatch>> batches = batches(spikes);
      if (batches.isPresent()) {
        return NeuronAxis.of(
            named(spikes, SpikeColumns.of(trains, spikes.schema()), batches.get()),
            trains.hasIntegerNeurons());
      }
    }
    return NeuronAxis.of(trains.neurons(), trains.hasIntegerNeurons(), trains.areFew());
  }

  static Optional<JavaRDD<ColumnarBatch>> batches(Dataset<Row> rows) {
    return SpikePlans.batches(rows.queryExecution().executedPlan()).map(SpikePlans::columnar);
  }

  /**
   * The names in batches of a long table, where a spike's neuron is a number of a dictionary. To
   * find what is distinct in SQL, each spike's names would be written and hashed, which takes far
   * longer than to count the spikes.
   *
   * <p>Times are most of a table, and are needed only to know that a neuron has one: of a large
   * table each task reads the names first, and times only until each of these was seen with one.
   */
  private static Map<String, Set<String>> named(
      Dataset<Row> spikes, SpikeColumns columns, JavaRDD<ColumnarBatch> batches) {
    Optional<JavaRDD<ColumnarBatch>> withoutTimes =
        Attributes.estimatedBytes(spikes) > LARGE
            ? namesWithoutTimes(spikes, columns)
            : Optional.empty();
    return withoutTimes
        .filter(names -> haveSameFiles(names, batches))
        .map(
            names ->
                names.zipPartitions(
                    batches,
                    (some, all) ->
                        List.of(seen(named(some, columns.withoutTime()), all, columns)).iterator()))
        .orElseGet(() -> batches.mapPartitions(all -> List.of(named(all, columns)).iterator()))
        // Of many parts some are put together before they come here.
        .treeAggregate(new HashMap<>(), SpikeNeurons::together, SpikeNeurons::together);
  }

  private static Optional<JavaRDD<ColumnarBatch>> namesWithoutTimes(
      Dataset<Row> spikes, SpikeColumns columns) {
    return batches(spikes.drop(spikes.col(Schemas.quoted(spikes.columns()[columns.time()]))));
  }

  /** Whether each task of the two reads the same parts of the same files. */
  static boolean haveSameFiles(JavaRDD<?> one, JavaRDD<?> other) {
    List<Partition> partitions = other.partitions();
    return one.partitions().size() == partitions.size()
        && one.partitions().stream()
            .allMatch(part -> haveSameFiles(part, partitions.get(part.index())));
  }

  private static boolean haveSameFiles(Partition one, Partition other) {
    return one instanceof FilePartition files
        && other instanceof FilePartition others
        && Arrays.equals(files.files(), others.files(), BY_PLACE);
  }

  /** Those of the names that are seen with a time; batches after the last of them stay unread. */
  static HashMap<String, Set<String>> seen(
      Map<String, Set<String>> named, Iterator<ColumnarBatch> batches, SpikeColumns columns) {
    long[] unseen = {named.values().stream().mapToLong(Set::size).sum()};
    HashMap<String, Set<String>> seen = new HashMap<>();
    Iterator<ColumnarBatch> asNeeded =
        new Iterator<>() {
          @Override
          public boolean hasNext() {
            return unseen[0] > 0 && batches.hasNext();
          }

          @Override
          public ColumnarBatch next() {
            return batches.next();
          }
        };
    forEach(
        asNeeded, columns, (session, neuron) -> unseen[0] -= of(session, seen).add(neuron) ? 1 : 0);
    return seen;
  }

  private static HashMap<String, Set<String>> together(
      HashMap<String, Set<String>> all, HashMap<String, Set<String>> some) {
    some.forEach((session, names) -> of(session, all).addAll(names));
    return all;
  }

  private static HashMap<String, Set<String>> named(
      Iterator<ColumnarBatch> batches, SpikeColumns columns) {
    HashMap<String, Set<String>> names = new HashMap<>();
    forEach(batches, columns, (session, neuron) -> of(session, names).add(neuron));
    return names;
  }

  /** Gives session and neuron of the spikes, each once or a few times. */
  private static void forEach(
      Iterator<ColumnarBatch> batches, SpikeColumns columns, BiConsumer<String, String> names) {
    LongTrains trains =
        new LongBatches(
            batches,
            columns,
            (session, neuron) -> {
              names.accept(session, neuron);
              return LongTrains.NONE;
            });
    if (trains.next()) {
      throw new IllegalStateException("a train of a neuron that has no place");
    }
  }

  private static Set<String> of(String session, Map<String, Set<String>> names) {
    return names.computeIfAbsent(session, s -> new HashSet<>());
  }
}
