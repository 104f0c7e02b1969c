package org.neuroglia.spark.event.exec;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToIntBiFunction;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.unsafe.types.UTF8String;
import org.neuroglia.event.EventWindows;
import org.neuroglia.spark.Sessions;

/**
 * Trains gathered from rows that are a spike each, as many spikes at a time as memory comfortably
 * holds. Rows of other neurons, rows that lack anything and spikes that nobody asks for are left
 * out.
 *
 * <p>A train is a number here, and its spikes lie in blocks of one array: a spike is added in a few
 * nanoseconds, in whatever order neurons come.
 */
public abstract class LongTrains extends TrainSource {
  /** The number of neurons that are not on the axis. */
  protected static final int NONE = -1;

  /** Spikes of a block. */
  private static final int BLOCK = 64;

  /** Fewer spikes in order of time are not worth the search for their windows. */
  private static final int FEWEST_IN_ORDER = 64;

  private static final int MOST_BLOCKS = (1 << 22) / BLOCK;

  private final ToIntBiFunction<String, String> places;
  private final Map<UTF8String, Map<Object, Integer>> sessions = new HashMap<>();

  private Function<String, EventWindows> windows = session -> EventWindows.everywhere();
  private InOrder inOrder = InOrder.NOTHING;
  private int trains;
  private String[] sessionOf = {};
  private int[] placeOf = {};

  /** All spikes; block 0 is nobody's. */
  private double[] spikes = new double[64 * BLOCK];

  private int blocks = 1;
  private int[] blockAfter = new int[64];
  private int[] firstBlock = {};

  /** Where a train's next spike goes; the begin of a block means that it needs one. */
  private int[] position = {};

  private int[] filled = {};
  private int filledTrains;
  private int given;
  private double[] times = {};

  /**
   * @param places the place of a neuron on the axis of its session, negative if there is none, by
   *     their names; asked once or a few times for each neuron
   */
  public LongTrains(ToIntBiFunction<String, String> places) {
    this.places = places;
  }

  @Override
  void mayLeaveOut(Function<String, EventWindows> ofSessions) {
    Map<String, EventWindows> known = new HashMap<>(); // sessions may take turns
    windows = session -> known.computeIfAbsent(session, ofSessions);
  }

  @Override
  void mayCount(InOrder counts) {
    inOrder = counts;
  }

  /**
   * Counts spikes at once if they come in order of time.
   *
   * @param ofTrains the train of each, none of them {@link #NONE}
   * @param places room for as many numbers
   * @return false if they are to be added to their trains
   */
  protected boolean count(
      String session, int[] ofTrains, double[] seconds, int number, int[] places) {
    if (inOrder == InOrder.NOTHING || number < FEWEST_IN_ORDER) {
      return false;
    }
    for (int i = 1; i < number; i++) {
      if (seconds[i] < seconds[i - 1]) {
        return false;
      }
    }
    for (int i = 0; i < number; i++) {
      places[i] = placeOf[ofTrains[i]];
    }
    return inOrder.count(session, places, seconds, number);
  }

  /** What spikes of a session are asked for. */
  protected EventWindows windows(UTF8String session) {
    return windows.apply(name(session));
  }

  protected static String name(UTF8String session) {
    return session == null ? Sessions.ONLY : session.toString();
  }

  /** Puts spikes into their trains, {@link #room} at the most; false if there are no more. */
  protected abstract boolean gather();

  /** How many more spikes there is room for. */
  protected int room() {
    return MOST_BLOCKS - blocks; // each may need a block
  }

  @Override
  public boolean next() {
    if (given == filledTrains) {
      forget();
      while (room() > 0 && !inOrder.isFull() && gather()) {
        // until there are enough, or no more
      }
    }
    if (given == filledTrains) {
      set(null, NONE, times, 0);
      return inOrder.isFull();
    }
    int train = filled[given++];
    int length = collect(train);
    set(sessionOf[train], placeOf[train], times, length);
    return true;
  }

  /** Copies a train together, and returns its length. */
  private int collect(int train) {
    int last = (position[train] - 1) / BLOCK;
    int length = 0;
    for (int block = firstBlock[train]; ; block = blockAfter[block]) {
      int number = block == last ? position[train] - last * BLOCK : BLOCK;
      if (times.length < length + BLOCK) {
        times = Arrays.copyOf(times, 2 * (length + BLOCK));
      }
      System.arraycopy(spikes, block * BLOCK, times, length, number);
      length += number;
      if (block == last) {
        return length;
      }
    }
  }

  private void forget() {
    for (int i = 0; i < filledTrains; i++) {
      position[filled[i]] = 0;
    }
    blocks = 1;
    filledTrains = 0;
    given = 0;
  }

  /** The trains of a session, by neuron as a UTF8String or a Long; null is the only session. */
  protected Map<Object, Integer> session(UTF8String session) {
    Map<Object, Integer> ofSession = sessions.get(session);
    if (ofSession == null) {
      ofSession = new HashMap<>();
      sessions.put(session == null ? null : session.clone(), ofSession);
    }
    return ofSession;
  }

  /** The train of a neuron, or {@link #NONE}. */
  protected int train(Map<Object, Integer> ofSession, UTF8String session, Object neuron) {
    Integer known = ofSession.get(neuron);
    if (known != null) {
      return known;
    }
    String name = name(session);
    int place = places.applyAsInt(name, neuron.toString());
    int train = place < 0 ? NONE : begin(name, place);
    ofSession.put(neuron instanceof UTF8String text ? text.clone() : neuron, train);
    return train;
  }

  private int begin(String session, int place) {
    if (trains == position.length) {
      int more = Math.max(BLOCK, 2 * trains);
      sessionOf = Arrays.copyOf(sessionOf, more);
      placeOf = Arrays.copyOf(placeOf, more);
      firstBlock = Arrays.copyOf(firstBlock, more);
      position = Arrays.copyOf(position, more);
      filled = Arrays.copyOf(filled, more);
    }
    sessionOf[trains] = session;
    placeOf[trains] = place;
    return trains++;
  }

  protected void add(int train, double time) {
    if (train == NONE) {
      return;
    }
    int at = position[train];
    if (at % BLOCK == 0) {
      at = beginBlock(train, at);
    }
    spikes[at] = time;
    position[train] = at + 1;
  }

  private int beginBlock(int train, int after) {
    if (blocks == blockAfter.length) {
      spikes = Arrays.copyOf(spikes, 2 * spikes.length);
      blockAfter = Arrays.copyOf(blockAfter, 2 * blocks);
    }
    int block = blocks++;
    if (after == 0) {
      filled[filledTrains++] = train;
      firstBlock[train] = block;
    } else {
      blockAfter[after / BLOCK - 1] = block;
    }
    return block * BLOCK;
  }

  /** From rows. */
  static final class OfRows extends LongTrains {
    private final Iterator<InternalRow> rows;
    private final SpikeColumns columns;
    private UTF8String session;
    private Map<Object, Integer> trains;
    private EventWindows windows;
    private Object neuron;
    private int train;

    OfRows(
        Iterator<InternalRow> rows, SpikeColumns columns, ToIntBiFunction<String, String> places) {
      super(places);
      this.rows = rows;
      this.columns = columns;
    }

    @Override
    protected boolean gather() {
      int room = room();
      for (int i = 0; i < room; i++) {
        if (!rows.hasNext()) {
          return false;
        }
        InternalRow row = rows.next();
        if (columns.hasSession() && row.isNullAt(columns.session())
            || row.isNullAt(columns.neuron())
            || row.isNullAt(columns.time())) {
          continue;
        }
        UTF8String ofSession = columns.hasSession() ? row.getUTF8String(columns.session()) : null;
        if (trains == null || ofSession != null && !ofSession.equals(session)) {
          session = ofSession == null ? null : ofSession.clone();
          trains = session(session);
          windows = windows(session);
          neuron = null;
        }
        double time = row.getDouble(columns.time());
        if (!windows.cover(time)) {
          continue;
        }
        Object ofNeuron =
            columns.hasIntegerNeurons()
                ? (Object) columns.number(row)
                : row.getUTF8String(columns.neuron());
        if (!ofNeuron.equals(neuron)) {
          train = train(trains, session, ofNeuron);
          neuron = ofNeuron instanceof UTF8String text ? text.clone() : ofNeuron;
        }
        add(train, time);
      }
      return true;
    }
  }
}
