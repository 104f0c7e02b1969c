package org.neuroglia.decoding.split;

import java.io.Serializable;
import java.util.Arrays;
import org.neuroglia.InvalidInputException;

/**
 * The labels of a session's events, in the events' order, and what splits and null labels need to
 * know beside them. Arrays are not copied and must not be changed.
 *
 * @param session its name: what is drawn at random depends on it and on a seed
 * @param y class code of each event, 0 to {@code classes} − 1
 * @param classes number of classes of this session
 * @param groups code of each event's group or fold from 0, −1 where it has none; or empty
 * @param strata code of the stratum within which labels may be exchanged, −1 where it has none (a
 *     stratum like others); or empty
 * @param donors labels of other sessions in the order of their events, coded as here; codes from
 *     {@code classes} on are labels that this session does not have; or empty
 * @param allClasses number of classes with those that only donors have, at least {@code classes}
 */
public record SessionLabels(
    String session,
    int[] y,
    int classes,
    int[] groups,
    int[] strata,
    int[][] donors,
    int allClasses)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  public SessionLabels {
    ClassLabels.requireTwo(classes);
    requireCodes("class", y, 0, classes);
    requireOnePerEvent("groups", groups, y.length);
    requireOnePerEvent("strata", strata, y.length);
    if (allClasses < classes) {
      throw new InvalidInputException(
          "with the donors' labels there cannot be fewer classes ("
              + allClasses
              + ") than the session has ("
              + classes
              + ")");
    }
    for (int[] donor : donors) {
      requireCodes("class of a donor", donor, 0, allClasses);
    }
  }

  /** Labels alone. */
  public SessionLabels(String session, int[] y, int classes) {
    this(session, y, classes, new int[0], new int[0], new int[0][], classes);
  }

  private static void requireCodes(String what, int[] codes, int least, int number) {
    for (int i = 0; i < codes.length; i++) {
      if (codes[i] < least || codes[i] >= number) {
        throw new InvalidInputException(
            String.format(
                "the %s of event %d (counted from 0) has the code %d; codes from %d to %d are"
                    + " accepted",
                what, i, codes[i], least, number - 1));
      }
    }
  }

  private static void requireOnePerEvent(String what, int[] codes, int events) {
    if (codes.length > 0 && codes.length != events) {
      throw new InvalidInputException(
          "there are " + codes.length + " " + what + " for " + events + " events");
    }
  }

  public int events() {
    return y.length;
  }

  /** The same with a group, or a fold, per event. */
  public SessionLabels withGroups(int[] codes) {
    return new SessionLabels(session, y, classes, codes, strata, donors, allClasses);
  }

  /** The same with a stratum per event. */
  public SessionLabels withStrata(int[] codes) {
    return new SessionLabels(session, y, classes, groups, codes, donors, allClasses);
  }

  /** The same with the labels of other sessions. */
  public SessionLabels withDonors(int[][] labels, int classesOfAll) {
    return new SessionLabels(session, y, classes, groups, strata, labels, classesOfAll);
  }

  /** Some of the events, in the order given; the donors stay whole. */
  public SessionLabels select(int[] events) {
    return new SessionLabels(
        session,
        of(y, events),
        classes,
        of(groups, events),
        of(strata, events),
        donors,
        allClasses);
  }

  private static int[] of(int[] codes, int[] events) {
    return codes.length == 0 ? codes : Arrays.stream(events).map(event -> codes[event]).toArray();
  }
}
