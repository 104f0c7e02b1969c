package org.neuroglia.spark.report;

import java.util.Comparator;

/** From start to stop, in seconds relative to the event. */
record TimeWindow(double start, double stop) {
  static final Comparator<TimeWindow> IN_ORDER =
      Comparator.comparingDouble(TimeWindow::start).thenComparingDouble(TimeWindow::stop);
}
