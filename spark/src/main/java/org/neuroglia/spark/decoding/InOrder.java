package org.neuroglia.spark.decoding;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.Function2;
import scala.Tuple2;

/**
 * Merges one part per partition in the order of the partitions, so that sums of the same partitions
 * are the same in every run. Spark's own reduce and treeAggregate merge what comes first.
 */
final class InOrder {
  /** Beyond as many, neighbours are merged on the executors first. */
  private static final int DIRECT = 32;

  private InOrder() {}

  /** Empty if there is no partition. One job. */
  static <T> Optional<T> merge(JavaRDD<T> parts, Function2<T, T, T> merge) {
    int partitions = parts.getNumPartitions();
    List<T> collected = partitions <= DIRECT ? parts.collect() : neighbours(parts, merge);
    Iterator<T> rest = collected.iterator();
    if (!rest.hasNext()) {
      return Optional.empty();
    }
    T merged = rest.next();
    while (rest.hasNext()) {
      merged = call(merge, merged, rest.next());
    }
    return Optional.of(merged);
  }

  private static <T> List<T> neighbours(JavaRDD<T> parts, Function2<T, T, T> merge) {
    int size = (int) Math.ceil(Math.sqrt(parts.getNumPartitions()));
    List<Tuple2<Integer, T>> groups =
        new ArrayList<>(
            parts
                .mapPartitionsWithIndex(
                    (index, part) -> {
                      List<Tuple2<Integer, Tuple2<Integer, T>>> keyed = new ArrayList<>();
                      part.forEachRemaining(
                          p -> keyed.add(new Tuple2<>(index / size, new Tuple2<>(index, p))));
                      return keyed.iterator();
                    },
                    false)
                .mapToPair(keyed -> keyed)
                .groupByKey(size)
                .mapValues(
                    group -> {
                      List<Tuple2<Integer, T>> sorted = new ArrayList<>();
                      group.forEach(sorted::add);
                      sorted.sort(Comparator.comparing(Tuple2::_1));
                      T merged = sorted.get(0)._2();
                      for (Tuple2<Integer, T> next : sorted.subList(1, sorted.size())) {
                        merged = merge.call(merged, next._2());
                      }
                      return merged;
                    })
                .collect());
    groups.sort(Comparator.comparing(Tuple2::_1));
    return groups.stream().map(Tuple2::_2).toList();
  }

  private static <T> T call(Function2<T, T, T> merge, T a, T b) {
    try {
      return merge.call(a, b);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
