package org.neuroglia.spark.event;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.unsafe.types.UTF8String;
import org.neuroglia.spark.Sessions;
import org.neuroglia.spark.tensor.NeuronAxis;

/**
 * Trains gathered from rows that are a spike each, as many spikes at a time as memory comfortably
 * holds. Rows of other neurons, and rows that lack anything, are left out.
 */
abstract class LongTrains extends TrainSource {
  private static final int MOST_SPIKES = 1 << 22;

  private final NeuronAxis neurons;
  private final Map<UTF8String, Map<Object, Train>> sessions = new HashMap<>();
  private final List<Train> filled = new ArrayList<>();
  private int given;
  private int spikes;

  LongTrains(NeuronAxis neurons) {
    this.neurons = neurons;
  }

  /** Puts spikes into their trains until {@link #isFull}; false if there are no more. */
  protected abstract boolean gather();

  protected boolean isFull() {
    return spikes >= MOST_SPIKES;
  }

  /** How many more spikes there is room for. */
  protected int room() {
    return Math.max(0, MOST_SPIKES - spikes);
  }

  @Override
  boolean next() {
    if (given == filled.size()) {
      filled.forEach(Train::clear);
      filled.clear();
      given = 0;
      spikes = 0;
      while (!isFull() && gather()) {
        // until there are enough, or no more
      }
    }
    if (given == filled.size()) {
      return false;
    }
    Train train = filled.get(given++);
    set(train.session, train.place, train.times, train.size);
    return true;
  }

  /** The trains of a session, by neuron as a UTF8String or a Long; null is the only session. */
  protected Map<Object, Train> session(UTF8String session) {
    Map<Object, Train> trains = sessions.get(session);
    if (trains == null) {
      trains = new HashMap<>();
      sessions.put(session == null ? null : session.clone(), trains);
    }
    return trains;
  }

  /** The train of a neuron, whose place is −1 if the axis has none for it. */
  protected Train train(Map<Object, Train> ofSession, UTF8String session, Object neuron) {
    Train train = ofSession.get(neuron);
    if (train == null) {
      String name = session == null ? Sessions.ONLY : session.toString();
      train = new Train(name, neurons.indexOf(name, neuron.toString()));
      ofSession.put(neuron instanceof UTF8String text ? text.clone() : neuron, train);
    }
    return train;
  }

  protected void add(Train train, double time) {
    if (train.place >= 0) {
      if (train.size == 0) {
        filled.add(train);
      }
      train.add(time);
      spikes++;
    }
  }

  /** The spikes of a neuron that were gathered so far. */
  protected static final class Train {
    private final String session;
    private final int place;
    private double[] times = {};
    private int size;
    private int expected = 64;

    Train(String session, int place) {
      this.session = session;
      this.place = place;
    }

    private void add(double time) {
      if (size == times.length) {
        times = Arrays.copyOf(times, size == 0 ? expected : 2 * size);
      }
      times[size++] = time;
    }

    /** Forgets the spikes and frees their memory: other neurons may come next. */
    private void clear() {
      expected = Math.max(64, size + size / 4);
      times = new double[] {};
      size = 0;
    }
  }

  /** From rows. */
  static final class OfRows extends LongTrains {
    private final Iterator<InternalRow> rows;
    private final SpikeColumns columns;
    private UTF8String session;
    private Map<Object, Train> trains;
    private Object neuron;
    private Train train;

    OfRows(Iterator<InternalRow> rows, SpikeColumns columns, NeuronAxis neurons) {
      super(neurons);
      this.rows = rows;
      this.columns = columns;
    }

    @Override
    protected boolean gather() {
      boolean more;
      while ((more = rows.hasNext()) && !isFull()) {
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
          neuron = null;
        }
        Object ofNeuron =
            columns.hasIntegerNeurons()
                ? (Object) columns.number(row)
                : row.getUTF8String(columns.neuron());
        if (!ofNeuron.equals(neuron)) {
          train = train(trains, session, ofNeuron);
          neuron = ofNeuron instanceof UTF8String text ? text.clone() : ofNeuron;
        }
        add(train, row.getDouble(columns.time()));
      }
      return more;
    }
  }
}
