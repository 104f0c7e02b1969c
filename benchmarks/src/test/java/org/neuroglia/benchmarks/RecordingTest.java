package org.neuroglia.benchmarks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordingTest {
  private final Recording recording = new Recording(1, 0, 20_000, 7, 230);

  @Test
  void trainsAscendOnTheGridAndHaveAllSpikes() {
    long spikes = 0;
    for (double[] train : recording.trains()) {
      spikes += train.length;
      for (int i = 0; i < train.length; i++) {
        assertTrue(i == 0 || train[i - 1] <= train[i]);
        assertEquals(Math.rint(train[i] * 30_000) / 30_000, train[i]);
        assertTrue(train[i] >= 0 && train[i] < recording.duration());
      }
    }
    assertEquals(20_000, spikes);
  }

  @Test
  void slicesHoldTheSameSpikesInOrderOfTime() {
    List<List<Double>> trains = new ArrayList<>();
    for (int k = 0; k < 7; k++) {
      trains.add(new ArrayList<>());
    }
    double before = 0;
    for (int slice = 0; slice < Recording.SLICES; slice++) {
      for (long spike : recording.slice(slice)) {
        double time = Recording.time(spike);
        assertTrue(before <= time);
        before = time;
        trains.get(Recording.neuron(spike)).add(time);
      }
    }
    for (int k = 0; k < 7; k++) {
      double[] train = trains.get(k).stream().mapToDouble(Double::doubleValue).toArray();
      assertArrayEquals(recording.train(k), train);
    }
  }

  @Test
  void aboutHalfOfTheSpikesLieInWindows() {
    double[] window = {0.1, 0.35};
    double covered = 0;
    for (double event : recording.eventTimes()) {
      for (double[] train : recording.trains()) {
        for (double time : train) {
          covered += time >= event + window[0] && time < event + window[1] ? 1 : 0;
        }
      }
    }
    assertEquals(0.5, covered / 20_000, 0.15);
  }
}
