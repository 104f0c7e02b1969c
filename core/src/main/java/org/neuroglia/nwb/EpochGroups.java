package org.neuroglia.nwb;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.neuroglia.InvalidInputException;
import org.neuroglia.nwb.Hdf.HdfGroup;

/**
 * The groups {@code /epochs/EPOCH} of NWB 1 as a table of intervals, in the order of their names.
 */
final class EpochGroups {
  private EpochGroups() {}

  static NwbTable read(HdfGroup epochs, NwbTableName name) {
    List<HdfGroup> groups = new ArrayList<>();
    List<String> names = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    for (String child : epochs.links().keySet()) {
      try {
        HdfGroup epoch = epochs.group(child).orElse(null);
        if (epoch != null && epoch.has("start_time") && epoch.has("stop_time")) {
          groups.add(epoch);
          names.add(child);
        } else if (epoch != null) {
          notes.add("Epoch " + child + " is left out: it has no start_time or no stop_time.");
        }
      } catch (InvalidInputException e) {
        notes.add("Epoch " + child + " is left out: " + e.getMessage());
      }
    }
    int rows = groups.size();
    NwbColumn start = number("start_time", groups);
    NwbColumn stop = number("stop_time", groups);
    List<NwbColumn> columns = new ArrayList<>();
    columns.add(NwbColumn.rowNumbers("event", rows));
    columns.add(start.named("time"));
    columns.add(
        new NwbColumn(
            "duration",
            NwbType.DOUBLE,
            rows,
            (from, to) -> stop.read(from, to).minus(start.read(from, to))));
    columns.add(
        new NwbColumn(
            "name",
            NwbType.STRING,
            rows,
            (from, to) ->
                new NwbValues(NwbType.STRING, names.subList(from, to).toArray(String[]::new))));
    columns.add(start);
    columns.add(stop);
    columns.add(
        new NwbColumn(
            "description",
            NwbType.STRING,
            rows,
            (from, to) ->
                new NwbValues(
                    NwbType.STRING,
                    groups.subList(from, to).stream()
                        .map(g -> g.dataset("description").map(HdfDataset::text).orElse(null))
                        .toArray(String[]::new))));
    columns.add(
        new NwbColumn(
                "tags",
                NwbType.STRING,
                1,
                rows,
                (from, to) -> tags(groups.subList(from, to)),
                () -> NwbColumn.counted(rows, 1))
            .counting(rows));
    return new NwbTable(epochs.file().name(), name, rows, columns, notes);
  }

  private static NwbColumn number(String child, List<HdfGroup> groups) {
    return new NwbColumn(
        child,
        NwbType.DOUBLE,
        groups.size(),
        (from, to) -> {
          double[] values = new double[to - from];
          Arrays.setAll(
              values, i -> groups.get(from + i).dataset(child).orElseThrow().doubles(0, 1)[0]);
          return new NwbValues(NwbType.DOUBLE, values);
        });
  }

  private static NwbValues tags(List<HdfGroup> groups) {
    List<String> tags = new ArrayList<>();
    int[] offsets = new int[groups.size() + 1];
    for (int i = 0; i < groups.size(); i++) {
      groups.get(i).dataset("tags").ifPresent(d -> tags.addAll(UnitTimes.texts(d.read())));
      offsets[i + 1] = tags.size();
    }
    return new NwbValues(NwbType.STRING, tags.toArray(String[]::new), offsets);
  }
}
