package org.neuroglia.spark.nwb;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** Rows {@code from} … {@code to − 1}, which are all wanted. */
record RowRun(int from, int to) {
  /**
   * So many runs are read one by one; where there are more, all between the first row and the last
   * is read at once, since chunks of a file would be decompressed again and again.
   */
  static final int FEW = 16;

  /** The runs of wanted rows between {@code from} and {@code to − 1}, in their order. */
  static List<RowRun> of(int from, int to, IntPredicate wanted) {
    List<RowRun> runs = new ArrayList<>();
    int start = -1;
    for (int row = from; row < to; row++) {
      if (wanted.test(row)) {
        start = start < 0 ? row : start;
      } else if (start >= 0) {
        runs.add(new RowRun(start, row));
        start = -1;
      }
    }
    if (start >= 0) {
      runs.add(new RowRun(start, to));
    }
    return runs;
  }

  /** One run from the first row to the last; none where there is none. */
  static List<RowRun> spanning(List<RowRun> runs) {
    return runs.isEmpty()
        ? runs
        : List.of(new RowRun(runs.get(0).from, runs.get(runs.size() - 1).to));
  }

  IntStream rows() {
    return IntStream.range(from, to);
  }
}
