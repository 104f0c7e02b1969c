package org.neuroglia.datasets;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** The order in which stimuli are shown: every block shows each once, in an order of its own. */
final class BlockOrder {
  private BlockOrder() {}

  /**
   * @return stimuli × blocks numbers from 0 to stimuli − 1
   */
  static int[] draw(int stimuli, int blocks, Random random) {
    List<Integer> block = new ArrayList<>();
    for (int stimulus = 0; stimulus < stimuli; stimulus++) {
      block.add(stimulus);
    }
    int[] order = new int[stimuli * blocks];
    for (int b = 0; b < blocks; b++) {
      Collections.shuffle(block, random);
      for (int i = 0; i < stimuli; i++) {
        order[b * stimuli + i] = block.get(i);
      }
    }
    return order;
  }
}
