package org.neuroglia.nwb;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.neuroglia.InvalidInputException;

/**
 * A table of an NWB file; see {@link NwbFile} for the columns that each kind has.
 *
 * <p>Opening a table reads headers and, of units, the ids. Values are read by {@link
 * NwbColumn#read}. A table is good until its file is closed.
 */
public final class NwbTable {
  private final String file;
  private final NwbTableName name;
  private final int rowCount;
  private final List<NwbColumn> columns;
  private final List<String> notes;
  private final Supplier<SpikeSummary> spikes;

  NwbTable(
      String file, NwbTableName name, int rowCount, List<NwbColumn> columns, List<String> notes) {
    this(file, name, rowCount, columns, notes, null);
  }

  NwbTable(
      String file,
      NwbTableName name,
      int rowCount,
      List<NwbColumn> columns,
      List<String> notes,
      Supplier<SpikeSummary> spikes) {
    this.file = file;
    this.name = name;
    this.rowCount = rowCount;
    this.columns = List.copyOf(columns);
    this.notes = List.copyOf(notes);
    this.spikes = spikes;
  }

  public String name() {
    return name.name();
  }

  /** Where the table is in the file. */
  public String path() {
    return name.path();
  }

  public NwbTableName.Kind kind() {
    return name.kind();
  }

  public int rowCount() {
    return rowCount;
  }

  /** Ours first, then those of the file in its order; names differ, whatever their case. */
  public List<NwbColumn> columns() {
    return columns;
  }

  public boolean hasColumn(String column) {
    return columns.stream().anyMatch(c -> c.name().equals(column));
  }

  /**
   * @throws InvalidInputException naming the columns that exist, if there is none of this name
   */
  public NwbColumn column(String column) {
    return columns.stream()
        .filter(c -> c.name().equals(column))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidInputException(
                    file
                        + ": table "
                        + name()
                        + " has no column "
                        + column
                        + "; it has "
                        + columns.stream().map(NwbColumn::name).collect(Collectors.joining(", "))
                        + "."));
  }

  /** Sentences on what a user may miss: columns of the file that are left out, and why. */
  public List<String> notes() {
    return notes;
  }

  /** Reads all spike times, in parts, and counts; empty for a table without spike times. */
  public Optional<SpikeSummary> spikes() {
    return Optional.ofNullable(spikes).map(Supplier::get);
  }
}
