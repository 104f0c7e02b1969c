package org.neuroglia.spark.event;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.TreeMap;
import org.apache.spark.api.java.function.CoGroupFunction;
import org.neuroglia.event.PeriEventSpikeSampler;
import org.neuroglia.tensor.Cells;
import org.neuroglia.tensor.SparseCounts;
import scala.Tuple2;
import scala.Tuple3;
import scala.Tuple4;

/**
 * Counts the spikes of one slice of one session at the events whose windows meet it: events
 * (session, slice, home, time) and pieces of trains to parts (session, home, counts).
 */
final class CountSlice
    implements CoGroupFunction<
        Tuple2<String, Long>,
        Tuple4<String, Long, Long, Double>,
        Tuple4<String, Long, Integer, double[]>,
        Tuple3<String, Long, byte[]>> {
  private static final long serialVersionUID = 1L;

  private final PeriEventSpikeSampler sampler;

  CountSlice(PeriEventSpikeSampler sampler) {
    this.sampler = sampler;
  }

  @Override
  public Iterator<Tuple3<String, Long, byte[]>> call(
      Tuple2<String, Long> slice,
      Iterator<Tuple4<String, Long, Long, Double>> events,
      Iterator<Tuple4<String, Long, Integer, double[]>> pieces) {
    if (!events.hasNext() || !pieces.hasNext()) {
      return List.<Tuple3<String, Long, byte[]>>of().iterator();
    }
    TreeMap<Long, double[]> homes = timesByHome(events);
    TreeMap<Long, SparseCounts.Writer> counts = new TreeMap<>();
    homes.forEach(
        (home, times) -> counts.put(home, new SparseCounts.Writer(times, 0, times.length)));
    Cells cells = new Cells();
    while (pieces.hasNext()) {
      Tuple4<String, Long, Integer, double[]> piece = pieces.next();
      homes.forEach(
          (home, times) -> {
            cells.clear();
            sampler.sample(piece._4(), times, 0, times.length, cells);
            counts.get(home).add(piece._3(), cells);
          });
    }
    List<Tuple3<String, Long, byte[]>> parts = new ArrayList<>();
    counts.forEach(
        (home, writer) -> {
          if (!writer.isEmpty()) {
            parts.add(new Tuple3<>(slice._1(), home, writer.toBytes()));
          }
        });
    return parts.iterator();
  }

  private static TreeMap<Long, double[]> timesByHome(
      Iterator<Tuple4<String, Long, Long, Double>> events) {
    TreeMap<Long, List<Double>> lists = new TreeMap<>();
    while (events.hasNext()) {
      Tuple4<String, Long, Long, Double> event = events.next();
      lists.computeIfAbsent(event._3(), home -> new ArrayList<>()).add(event._4());
    }
    TreeMap<Long, double[]> homes = new TreeMap<>();
    lists.forEach(
        (home, list) -> {
          double[] times = list.stream().mapToDouble(Double::doubleValue).toArray();
          Arrays.sort(times);
          homes.put(home, times);
        });
    return homes;
  }
}
