package org.neuroglia.spark.cli;

import java.io.PrintWriter;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SparkStageInfo;
import org.apache.spark.SparkStatusTracker;
import org.apache.spark.sql.SparkSession;
import scala.Option;

/**
 * One line on the terminal that tells what goes on, for anything that takes longer than two
 * seconds; nothing where the output is not a terminal.
 */
final class Progress implements AutoCloseable {
  private static final long SILENT_MILLIS = 2000;
  private static final long INTERVAL_MILLIS = 500;
  private static final String CLEAR_LINE = "\r\u001b[K";

  private final PrintWriter terminal;
  private final ScheduledExecutorService clock;
  private volatile String phase;
  private volatile long phaseStart;
  private boolean shown;

  private Progress(PrintWriter terminal, String phase) {
    this.terminal = terminal;
    this.phase = phase;
    this.phaseStart = System.nanoTime();
    this.clock =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "progress");
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Starts to watch.
   *
   * @param err where the line goes, if it is a terminal: the launcher knows and says so in the
   *     environment
   */
  static Progress start(PrintWriter err, String phase) {
    Progress progress = new Progress(err, phase);
    if ("1".equals(System.getenv("NEUROGLIA_TERMINAL"))) {
      progress.clock.scheduleAtFixedRate(
          progress::show, SILENT_MILLIS, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
    }
    return progress;
  }

  /** What goes on from now on, such as "Decoding". */
  void phase(String name) {
    phase = name;
    phaseStart = System.nanoTime();
  }

  private synchronized void show() {
    long seconds = (System.nanoTime() - phaseStart) / 1_000_000_000;
    terminal.print(CLEAR_LINE + line(phase, seconds, tasks()));
    terminal.flush();
    shown = true;
  }

  static String line(String phase, long seconds, String tasks) {
    return phase + " … " + seconds + " s" + (tasks.isEmpty() ? "" : " (" + tasks + ")");
  }

  /** Done and all tasks of the stages that run; empty where none does. */
  private static String tasks() {
    Option<SparkSession> session = SparkSession.getDefaultSession();
    if (session.isEmpty()) {
      return "";
    }
    SparkStatusTracker tracker = session.get().sparkContext().statusTracker();
    int all = 0;
    int done = 0;
    for (int stage : tracker.getActiveStageIds()) {
      Option<SparkStageInfo> info = tracker.getStageInfo(stage);
      if (info.isDefined()) {
        all += info.get().numTasks();
        done += info.get().numCompletedTasks();
      }
    }
    return all == 0 ? "" : done + " of " + all + " tasks";
  }

  /** Wipes the line, until it is shown again. */
  synchronized void hide() {
    if (shown) {
      terminal.print(CLEAR_LINE);
      terminal.flush();
      shown = false;
    }
  }

  /** Ends for good: nothing follows what is printed next. */
  void end() {
    clock.shutdownNow();
    hide();
  }

  @Override
  public void close() {
    end();
  }
}
