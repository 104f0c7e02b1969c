package org.neuroglia.decoding.split;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.neuroglia.InvalidInputException;

/**
 * Neurons drawn at random, to see how accuracy grows with their number. A draw depends on the seed,
 * the session's name, the size and its number alone. Immutable; arrays are not copied.
 *
 * @param sizes how many neurons, each at least 1
 * @param draws how often each size is drawn, at least once
 * @param seed of the draws
 */
public record NeuronDraws(int[] sizes, int draws, long seed) implements Serializable {
  private static final long serialVersionUID = 1L;

  /**
   * Some neurons of a session.
   *
   * @param size how many
   * @param draw which draw of this size, counted from 0
   * @param neurons their places on the neuron axis, ascending
   */
  public record NeuronDraw(int size, int draw, int[] neurons) implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  public NeuronDraws {
    for (int size : sizes) {
      if (size < 1) {
        throw new InvalidInputException("at least 1 neuron must be drawn, not " + size);
      }
    }
    if (draws < 1) {
      throw new InvalidInputException("neurons are drawn at least once, not " + draws + " times");
    }
  }

  /**
   * The draws of a session, by size in the order given; sizes that the session has not enough
   * neurons for are left out. All neurons can be drawn in one way only, and are drawn once.
   */
  public List<NeuronDraw> of(String session, int neurons) {
    List<NeuronDraw> drawn = new ArrayList<>();
    for (int size : sizes) {
      int times = size > neurons ? 0 : size == neurons ? 1 : draws;
      for (int draw = 0; draw < times; draw++) {
        int[] all = IntStream.range(0, neurons).toArray();
        Shuffle.of(seed, session, "neurons", size, draw).shuffle(all);
        int[] chosen = Arrays.copyOf(all, size);
        Arrays.sort(chosen);
        drawn.add(new NeuronDraw(size, draw, chosen));
      }
    }
    return drawn;
  }
}
