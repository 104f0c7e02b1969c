package org.neuroglia.spike;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.api.Test;

class SpikeTablizerTest {
  private static final double[][] TRAINS = {{3, 1, Double.NaN}, {}, {1, 2}};

  @Test
  void spikesComeInTheOrderOfTimeAndOfNeuronsWithinATime() {
    SpikeTable table = SpikeTablizer.tablize(TRAINS);
    assertArrayEquals(new double[] {1, 1, 2, 3, Double.NaN}, table.times());
    assertArrayEquals(new int[] {0, 2, 2, 0, 0}, table.neurons());
  }

  @Test
  void untablizeIsTheInverse() {
    double[][] back = SpikeTablizer.untablize(SpikeTablizer.tablize(TRAINS), 3);
    assertArrayEquals(new double[][] {{1, 3, Double.NaN}, {}, {1, 2}}, back);
  }
}
