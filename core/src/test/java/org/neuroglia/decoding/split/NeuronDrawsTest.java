package org.neuroglia.decoding.split;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.neuroglia.InvalidInputException;
import org.neuroglia.decoding.split.NeuronDraws.NeuronDraw;

class NeuronDrawsTest {
  private static final NeuronDraws DRAWS = new NeuronDraws(new int[] {1, 4, 9, 20}, 3, 5);

  @Test
  void sizesThatTheSessionHasNotAreLeftOutAndAllNeuronsAreDrawnOnce() {
    List<NeuronDraw> drawn = DRAWS.of("a", 9);
    assertArrayEquals(
        new int[] {1, 1, 1, 4, 4, 4, 9}, drawn.stream().mapToInt(NeuronDraw::size).toArray());
    assertArrayEquals(
        new int[] {0, 1, 2, 0, 1, 2, 0}, drawn.stream().mapToInt(NeuronDraw::draw).toArray());
    for (NeuronDraw draw : drawn) {
      int[] distinct = Arrays.stream(draw.neurons()).distinct().sorted().toArray();
      assertArrayEquals(distinct, draw.neurons());
      assertEquals(draw.size(), distinct.length);
      assertEquals(distinct.length, Arrays.stream(distinct).filter(j -> j < 9).count());
    }
  }

  @Test
  void drawsDependOnSeedSessionSizeAndNumberAlone() {
    int[] drawn = DRAWS.of("a", 30).get(4).neurons();
    assertArrayEquals(drawn, new NeuronDraws(new int[] {4}, 2, 5).of("a", 30).get(1).neurons());
    assertFalse(Arrays.equals(drawn, DRAWS.of("a", 30).get(3).neurons()));
    assertFalse(Arrays.equals(drawn, DRAWS.of("b", 30).get(4).neurons()));
    assertFalse(
        Arrays.equals(drawn, new NeuronDraws(new int[] {4}, 2, 6).of("a", 30).get(1).neurons()));
  }

  @Test
  void drawnNeuronsAreSelectedInOrder() {
    Responses rows = Responses.of(new double[][] {{1, 2, 3}, {4, 5, 6}});
    assertArrayEquals(new double[] {1, 3, 4, 6}, rows.selectNeurons(new int[] {0, 2}).values());
  }

  @Test
  void noNeuronsAndNoDrawsAreRefused() {
    assertThrows(InvalidInputException.class, () -> new NeuronDraws(new int[] {2, 0}, 1, 5));
    assertThrows(InvalidInputException.class, () -> new NeuronDraws(new int[] {2}, 0, 5));
  }
}
