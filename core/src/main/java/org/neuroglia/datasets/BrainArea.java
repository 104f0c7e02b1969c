package org.neuroglia.datasets;

import java.io.Serializable;
import java.util.List;

/**
 * A brain area of a made-up recording: what shares of its units are tuned to what. The names are
 * those of the Allen Common Coordinate Framework; the shares are made up, in the order that one
 * would expect.
 *
 * @param name as of the framework, such as {@code VISp}
 * @param choice share of units that respond to the choice, 0 to 1
 * @param image share of units that respond to the image
 * @param speed share of units that respond to the speed of the wheel
 */
public record BrainArea(String name, double choice, double image, double speed)
    implements Serializable {

  /** Primary visual cortex, hippocampus, lateral posterior thalamus, motor cortex, colliculus. */
  public static final List<BrainArea> ALL =
      List.of(
          new BrainArea("VISp", 0.10, 0.70, 0.25),
          new BrainArea("CA1", 0.05, 0.05, 0.35),
          new BrainArea("LP", 0.15, 0.45, 0.20),
          new BrainArea("MOs", 0.50, 0.05, 0.45),
          new BrainArea("SCm", 0.35, 0.20, 0.30));
}
