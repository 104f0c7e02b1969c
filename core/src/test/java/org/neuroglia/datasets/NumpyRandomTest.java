package org.neuroglia.datasets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.neuroglia.InvalidInputException;

/** Numbers that numpy 2.4 gave. */
class NumpyRandomTest {
  @Test
  void uniformNumbersAreNumpysToTheBit() {
    NumpyRandom random = new NumpyRandom(4294967295L);
    assertEquals(0.0976320289940138, random.rand());
    assertEquals(0.9123828453026218, random.rand());
    assertEquals(0.78903530185164, random.rand());
  }

  @Test
  void normalNumbersAreNumpys() {
    NumpyRandom random = new NumpyRandom(4294967295L);
    for (int i = 0; i < 3; i++) {
      random.rand();
    }
    assertEquals(0.0813036681172692, random.randn(), 1e-15);
    assertEquals(0.4096851233481656, random.randn(), 1e-15);
    assertEquals(0.31595808265170017, random.randn(), 1e-15);
  }

  @Test
  void theStreamGoesOnAfterItsStateIsUsedUp() {
    NumpyRandom random = new NumpyRandom(0);
    assertEquals(0.5488135039273248, random.rand());
    for (int i = 1; i < 1999; i++) {
      random.rand();
    }
    assertEquals(0.5017731306999452, random.rand());
    for (int i = 0; i < 1000; i++) {
      random.randn();
    }
    assertEquals(0.7271748700204365, random.randn(), 1e-14);
  }

  @Test
  void seedsThatNumpyDoesNotHaveAreRefused() {
    assertThrows(InvalidInputException.class, () -> new NumpyRandom(-1));
    assertThrows(InvalidInputException.class, () -> new NumpyRandom(1L << 32));
  }
}
