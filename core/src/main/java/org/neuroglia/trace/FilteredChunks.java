package org.neuroglia.trace;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.neuroglia.InvalidInputException;

/**
 * The chunks of one trace, filtered: the same values, to the bit, as those of the whole trace.
 *
 * <pre>
 *   chunks   |-----|--------|---|------|
 *   filtered       |--------|
 *   seen        ...|--------|...          as many samples on either side as the filter reaches
 * </pre>
 *
 * <p>Only the chunks that one chunk needs are held. Not thread safe.
 *
 * @param <K> what a chunk belongs to
 */
public final class FilteredChunks<K> implements Iterator<TraceChunk<K>> {
  private final TraceFilter filter;
  private final Iterator<TraceChunk<K>> chunks;
  private final Deque<TraceChunk<K>> waiting = new ArrayDeque<>();
  private int samplesWaiting;
  private double[] timesBefore = new double[0];
  private double[] valuesBefore = new double[0];
  private boolean started;
  private double lastTime;

  /**
   * @param filter one that reaches over some samples, or none
   * @param chunks of one trace, in order of time
   */
  public FilteredChunks(TraceFilter filter, Iterator<TraceChunk<K>> chunks) {
    this.filter = filter;
    this.chunks = chunks;
  }

  @Override
  public boolean hasNext() {
    return !waiting.isEmpty() || chunks.hasNext();
  }

  /**
   * @throws InvalidInputException if a chunk begins before the one before it ends, or the trace
   *     cannot be filtered
   */
  @Override
  public TraceChunk<K> next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    if (waiting.isEmpty()) {
      read();
    }
    TraceChunk<K> chunk = waiting.remove();
    samplesWaiting -= chunk.size();
    while (samplesWaiting < filter.reach() && chunks.hasNext()) {
      read();
    }
    int before = timesBefore.length;
    int end = before + chunk.size();
    int after = Math.min(filter.reach(), samplesWaiting);
    double[] times = Arrays.copyOf(timesBefore, end + after);
    double[] values = Arrays.copyOf(valuesBefore, end + after);
    System.arraycopy(chunk.times(), 0, times, before, chunk.size());
    System.arraycopy(chunk.values(), 0, values, before, chunk.size());
    borrow(times, values, end);
    double[] filtered = Arrays.copyOfRange(filter.apply(times, values), before, end);
    int keptFrom = Math.max(0, end - filter.reach());
    timesBefore = Arrays.copyOfRange(times, keptFrom, end);
    valuesBefore = Arrays.copyOfRange(values, keptFrom, end);
    return new TraceChunk<>(chunk.of(), chunk.times(), filtered);
  }

  private void read() {
    TraceChunk<K> chunk = chunks.next();
    if (chunk.size() > 0) {
      if (started && !(chunk.times()[0] >= lastTime)) {
        throw new InvalidInputException(overlap(lastTime, chunk.times()[0]));
      }
      started = true;
      lastTime = chunk.times()[chunk.size() - 1];
    }
    waiting.add(chunk);
    samplesWaiting += chunk.size();
  }

  /** Fills the arrays from {@code at} on with samples of the waiting chunks. */
  private void borrow(double[] times, double[] values, int at) {
    int filled = at;
    for (TraceChunk<K> next : waiting) {
      int count = Math.min(next.size(), times.length - filled);
      System.arraycopy(next.times(), 0, times, filled, count);
      System.arraycopy(next.values(), 0, values, filled, count);
      filled += count;
    }
  }

  /** What is wrong with chunks of which one ends at {@code stop} and the next begins before. */
  public static String overlap(double stop, double start) {
    return String.format(
        "its chunks overlap: one ends at %s s and the next begins at %s s; the rows of a neuron must"
            + " follow each other in time",
        stop, start);
  }
}
