package org.neuroglia.nwb;

import java.lang.reflect.Array;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.neuroglia.InvalidInputException;
import org.neuroglia.nwb.Hdf.HdfGroup;

/**
 * What the neurons of a series are called.
 *
 * @param labels unique, LONG or STRING
 * @param note why they are numbers of columns though the file names them; empty where they are not
 */
record TraceLabels(NwbValues labels, String note) {
  /**
   * Integers where the file has ids: of the ROIs ({@code rois}), the electrodes ({@code
   * electrodes}, or {@code electrode_idx} of NWB 1). Strings where it has names: {@code roi_names}
   * of NWB 1, {@code features}; the name of the series for data of one dimension. Else, and where
   * ids or names repeat or are not as many as the neurons, numbers of the columns from 0.
   */
  static TraceLabels of(HdfGroup series, int neurons, boolean oneDimension) {
    String name = series.path().substring(series.path().lastIndexOf('/') + 1);
    NwbValues unnamed =
        oneDimension
            ? new NwbValues(NwbType.STRING, new String[] {name})
            : NwbColumn.rowNumbers("neuron", neurons).read();
    for (String source :
        new String[] {"rois", "electrodes", "roi_names", "electrode_idx", "features"}) {
      Optional<HdfDataset> found;
      try {
        found = series.dataset(source);
      } catch (InvalidInputException e) { // drafts of NWB 2 have references to regions
        return new TraceLabels(unnamed, e.getMessage());
      }
      if (found.isPresent() && isNames(found.get())) {
        return of(found.get(), source, neurons, unnamed);
      }
    }
    return new TraceLabels(unnamed, "");
  }

  /** How many entries a dataset of names has; nothing where it has none that can be read. */
  static Optional<Long> count(HdfGroup series, String source) {
    try {
      return series.dataset(source).map(HdfDataset::rows);
    } catch (InvalidInputException e) {
      return Optional.empty();
    }
  }

  private static boolean isNames(HdfDataset dataset) {
    return dataset.width() == 1
        && (dataset.type() == NwbType.LONG || dataset.type() == NwbType.STRING);
  }

  private static TraceLabels of(HdfDataset names, String source, int neurons, NwbValues unnamed) {
    if (names.rows() != neurons) {
      return new TraceLabels(
          unnamed,
          source + " has " + names.rows() + " entries where there are " + neurons + " traces.");
    }
    boolean region = source.equals("rois") || source.equals("electrodes");
    if (region && names.attribute("table").isEmpty()) {
      return new TraceLabels(unnamed, source + " does not say of which table its rows are.");
    }
    Object labels = region ? ids(names) : names.read();
    if (!isUnique(labels)) {
      return new TraceLabels(unnamed, "The ids or names in " + source + " repeat.");
    }
    NwbType type = labels instanceof long[] ? NwbType.LONG : NwbType.STRING;
    return new TraceLabels(new NwbValues(type, labels), "");
  }

  /** A DynamicTableRegion holds rows of a table; what is asked for are the ids of these rows. */
  private static long[] ids(HdfDataset region) {
    long[] rows = region.longs(0, region.rows());
    Object reference = region.attribute("table").orElseThrow();
    Object address = reference.getClass().isArray() ? Array.get(reference, 0) : reference;
    if (!(address instanceof Long at)
        || !(region.file().referenced(region.path() + "@table", at) instanceof HdfGroup table)) {
      throw wrong(region, "must refer to a table");
    }
    Optional<HdfDataset> id = table.dataset("id");
    if (id.isEmpty()) {
      return rows;
    }
    long[] ids = id.get().longs(0, id.get().rows());
    long[] labels = new long[rows.length];
    for (int i = 0; i < rows.length; i++) {
      if (rows[i] < 0 || rows[i] >= ids.length) {
        throw wrong(
            region, "refers to row " + rows[i] + " of a table that has " + ids.length + " rows");
      }
      labels[i] = ids[(int) rows[i]];
    }
    return labels;
  }

  private static boolean isUnique(Object labels) {
    Set<Object> seen = new HashSet<>();
    Object[] all =
        labels instanceof long[] numbers
            ? Arrays.stream(numbers).boxed().toArray()
            : (Object[]) labels;
    return Arrays.stream(all).allMatch(seen::add);
  }

  private static InvalidInputException wrong(HdfDataset region, String problem) {
    return new InvalidInputException(
        region.file().name() + ": " + region.path() + " " + problem + ".");
  }
}
