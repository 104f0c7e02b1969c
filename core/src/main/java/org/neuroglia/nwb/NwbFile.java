package org.neuroglia.nwb;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.neuroglia.InvalidInputException;
import org.neuroglia.nwb.Hdf.HdfGroup;
import org.neuroglia.nwb.Hdf.HdfObject;
import org.neuroglia.nwb.NwbTableName.Kind;

/**
 * An NWB file of version 1 or 2, open for reading.
 *
 * <pre>{@code
 * try (NwbFile file = NwbFile.open(Path.of("session.nwb"))) {
 *   NwbTable units = file.table("units");
 *   NwbValues times = units.column("times").read();
 *   NwbTable images = file.table("natural_images", "time", "end_time", "image_id");
 *   TraceSeries dff = file.trace("DfOverF");
 * }
 * }</pre>
 *
 * <p>Columns by the kind of table; times are seconds, of doubles:
 *
 * <ul>
 *   <li>UNITS: {@code neuron} (the id, long, in NWB 2; the unit's name, string, in NWB 1), {@code
 *       times} (ascending, NaN dropped; absent where the file has no spike times), then the file's.
 *       Where ids of NWB 2 repeat, {@code neuron} is the row and {@code id} is kept; where areas of
 *       NWB 1 share names, it is {@code area/unit}.
 *   <li>INTERVALS: {@code event} (row in the file's table, from 0), {@code time} (start_time),
 *       {@code duration} (stop_time − start_time), then the file's, {@code start_time} and {@code
 *       id} included.
 *   <li>EVENTS: {@code event}, {@code time} (timestamp), then the file's.
 *   <li>SERIES: {@code event}, {@code time}, {@code duration} where an end is known, and the
 *       values.
 *   <li>TABLE: {@code row}, then the file's.
 * </ul>
 *
 * <p>Columns of the file keep their names, but for {@code _2} where one is like ours or like an
 * earlier one, whatever its case. Rows of other tables (electrodes) are numbers of rows from 0;
 * references to objects are their paths. What is left out is named in {@link NwbTable#notes}.
 *
 * <p>Links to other files are not followed. Everything unreadable is an {@link
 * InvalidInputException} that names the file, the object and the reason. Not thread-safe.
 */
public final class NwbFile implements AutoCloseable {
  private final Hdf hdf;
  private final HdfGroup root;
  private final String version;
  private final Set<String> notes = new LinkedHashSet<>();
  private List<NwbTableName> tables;
  private TraceCatalog traces;

  private NwbFile(Hdf hdf) {
    this.hdf = hdf;
    this.root = hdf.root();
    this.version = findVersion();
  }

  /** Opens a file of the local file system. */
  public static NwbFile open(Path path) {
    if (Files.isDirectory(path)) {
      throw new InvalidInputException(path + " is a folder; an NWB file is needed.");
    }
    try {
      return open(FileChannel.open(path, StandardOpenOption.READ), path.toString());
    } catch (java.nio.file.NoSuchFileException e) {
      throw new InvalidInputException("There is no file " + path + ".", e);
    } catch (IOException e) {
      throw new InvalidInputException(path + " cannot be read: " + e.getMessage() + ".", e);
    }
  }

  /**
   * @param channel the bytes, from any store; its reads may return less than asked for. Closed with
   *     the file, and when opening fails
   * @param name what to call the file in messages, such as its path
   */
  public static NwbFile open(SeekableByteChannel channel, String name) {
    try {
      return new NwbFile(new Hdf(channel, name));
    } catch (IOException e) {
      close(channel);
      throw new InvalidInputException(name + " cannot be read: " + e.getMessage() + ".", e);
    } catch (RuntimeException e) {
      close(channel);
      throw e;
    }
  }

  private static void close(SeekableByteChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      // The reason why opening failed is the one to report.
    }
  }

  private String findVersion() {
    String found = root.text("nwb_version");
    if (found.isEmpty()) {
      found = root.dataset("nwb_version").map(HdfDataset::text).orElse("");
    }
    if (found.isEmpty()) {
      throw new InvalidInputException(
          hdf.name()
              + " is an HDF5 file but not an NWB file: it has no nwb_version; NWB files of versions"
              + " 1 and 2 are read.");
    }
    return found;
  }

  /** What the file is called in messages. */
  public String name() {
    return hdf.name();
  }

  /** Such as {@code 2.11.0} or {@code NWB-1.0.6}. */
  public String version() {
    return version;
  }

  public NwbSession session() {
    return new NwbSession(
        text("/general/session_id"),
        text("/identifier"),
        text("/session_description"),
        text("/session_start_time"),
        text("/general/experimenter"),
        text("/general/lab"),
        text("/general/institution"),
        text("/general/experiment_description"),
        new NwbSession.Subject(
            text("/general/subject/subject_id"),
            text("/general/subject/species"),
            text("/general/subject/strain"),
            text("/general/subject/genotype"),
            text("/general/subject/sex"),
            text("/general/subject/age"),
            text("/general/subject/date_of_birth"),
            text("/general/subject/weight"),
            text("/general/subject/description")));
  }

  /** A text dataset; empty where there is none or, with a note, where it cannot be read. */
  private String text(String path) {
    try {
      return find(path) instanceof HdfDataset dataset
          ? Arrays.stream(boxed(dataset.read()))
              .map(String::valueOf)
              .collect(Collectors.joining("; "))
          : "";
    } catch (InvalidInputException e) {
      notes.add(e.getMessage());
      return "";
    }
  }

  private static Object[] boxed(Object values) {
    Object[] boxed = new Object[java.lang.reflect.Array.getLength(values)];
    Arrays.setAll(boxed, i -> java.lang.reflect.Array.get(values, i));
    return boxed;
  }

  /**
   * The tables of times: units, those of {@code /intervals} and {@code /events}, stimulus
   * presentations, epochs; and tables of units, intervals or events in {@code /acquisition}, {@code
   * /analysis}, {@code /scratch} and modules of {@code /processing}, which are named by their path.
   * Others can be read by their path too.
   */
  public List<NwbTableName> tables() {
    if (tables == null) {
      List<NwbTableName> found = new ArrayList<>();
      if (child(root, "units") instanceof HdfGroup) {
        found.add(new NwbTableName("units", "/units", Kind.UNITS));
      } else if (!unitTimes().isEmpty()) {
        found.add(new NwbTableName("units", "/processing", Kind.UNITS));
      }
      addTables(found, "/intervals");
      addTables(found, "/events");
      addTables(found, "/stimulus/presentation");
      if (child(root, "epochs") instanceof HdfGroup epochs && !epochs.links().isEmpty()) {
        // As intervals in early drafts of NWB 2, else a group per epoch.
        found.add(new NwbTableName("epochs", "/epochs", Kind.INTERVALS));
      }
      addTablesElsewhere(found);
      tables = List.copyOf(found);
    }
    return tables;
  }

  /** Units, intervals and events that are not in their usual places, named by their paths. */
  private void addTablesElsewhere(List<NwbTableName> found) {
    List<String> parents = new ArrayList<>(List.of("/acquisition", "/analysis", "/scratch"));
    if (child(root, "processing") instanceof HdfGroup processing) {
      processing.links().keySet().forEach(module -> parents.add("/processing/" + module));
    }
    for (String path : parents) {
      if (find(path) instanceof HdfGroup parent) {
        for (String name : parent.links().keySet()) {
          if (child(parent, name) instanceof HdfGroup table) {
            kindOf(table)
                .filter(kind -> kind != Kind.SERIES && kind != Kind.TABLE)
                .map(kind -> new NwbTableName(table.path(), table.path(), kind))
                .ifPresent(found::add);
          }
        }
      }
    }
  }

  private void addTables(List<NwbTableName> found, String path) {
    if (find(path) instanceof HdfGroup parent) {
      for (String name : parent.links().keySet()) {
        if (child(parent, name) instanceof HdfGroup table) {
          kindOf(table)
              .ifPresent(kind -> found.add(new NwbTableName(name, path + "/" + name, kind)));
        }
      }
    }
  }

  /** Sentences on objects that should be tables, or tell about the session, but cannot be read. */
  public List<String> notes() {
    tables();
    session();
    notes.addAll(catalog().notes());
    return List.copyOf(notes);
  }

  private TraceCatalog catalog() {
    if (traces == null) {
      traces = new TraceCatalog(hdf);
    }
    return traces;
  }

  /** Every series of numbers in time, but for those whose data do not fit their times. */
  public List<TraceSeries> traces() {
    return catalog().all();
  }

  /**
   * @param nameOrPath the path of a series in the file, which is found without looking at others;
   *     or the end of its path ({@code running}, {@code DfOverF/plane0}), or the name of what holds
   *     it ({@code DfOverF}), where that is one series
   * @throws InvalidInputException if there is no such series or there are several (naming them), or
   *     if its data do not fit its times
   */
  public TraceSeries trace(String nameOrPath) {
    if (!nameOrPath.startsWith("/")) {
      return catalog().find(nameOrPath);
    }
    return TraceCatalog.at(hdf, nameOrPath)
        .orElseThrow(
            () ->
                catalog()
                    .none(
                        find(nameOrPath) == null
                            ? "there are no traces " + nameOrPath
                            : nameOrPath + " is not a series of numbers with times"));
  }

  /** Whether something of this name or path is there; it may turn out to be no series. */
  public boolean hasTrace(String nameOrPath) {
    return nameOrPath.startsWith("/") ? find(nameOrPath) != null : catalog().has(nameOrPath);
  }

  /** A child, or null where there is none or, with a note, where it cannot be read. */
  private HdfObject child(HdfGroup parent, String name) {
    try {
      return parent.child(name).orElse(null);
    } catch (InvalidInputException e) {
      notes.add(e.getMessage());
      return null;
    }
  }

  /** As {@link #child}, by path. */
  private HdfObject find(String path) {
    try {
      return hdf.find(path).orElse(null);
    } catch (InvalidInputException e) {
      notes.add(e.getMessage());
      return null;
    }
  }

  /** Groups UnitTimes of NWB 1 by the name of their module. */
  private Map<String, HdfGroup> unitTimes() {
    Map<String, HdfGroup> areas = new TreeMap<>();
    if (child(root, "processing") instanceof HdfGroup processing) {
      for (String area : processing.links().keySet()) {
        if (child(processing, area) instanceof HdfGroup module
            && child(module, "UnitTimes") instanceof HdfGroup unitTimes) {
          areas.put(area, unitTimes);
        }
      }
    }
    return areas;
  }

  private static boolean isDynamicTable(HdfGroup group) {
    return group.attribute("colnames").isPresent() || group.has("id");
  }

  private static Optional<Kind> kindOf(HdfGroup group) {
    if (isDynamicTable(group)) {
      if (group.has("spike_times") || group.text("neurodata_type").equals("Units")) {
        return Optional.of(Kind.UNITS);
      }
      if (group.has("start_time")) {
        return Optional.of(Kind.INTERVALS);
      }
      return Optional.of(group.has("timestamp") ? Kind.EVENTS : Kind.TABLE);
    }
    boolean series = group.has("timestamps") || group.has("starting_time");
    return series ? Optional.of(Kind.SERIES) : Optional.empty();
  }

  /**
   * @param nameOrPath a name of {@link #tables}, or the path of any table or time series in the
   *     file, such as {@code /general/extracellular_ephys/electrodes}
   * @param columns names for the columns of a presentation whose timestamps are an array [n × k]
   *     without names; one must be {@code time} or {@code start_time}, and with {@code end_time} or
   *     {@code stop_time} there is a {@code duration}
   * @throws InvalidInputException if there is no such table (naming those there are), if names are
   *     needed or not, or if what makes the table (ids, start times) cannot be read
   */
  public NwbTable table(String nameOrPath, String... columns) {
    return read(tableName(nameOrPath), List.of(columns), -1);
  }

  /**
   * A table that {@link #table} has looked at before, perhaps elsewhere, for a reader of some of
   * its rows. The units of NWB 1, each of which has a group of its own, are not looked at again,
   * but when values of theirs are read; such a table has all columns that units of NWB 1 may have,
   * with null for what a unit lacks.
   *
   * @param path of the table, as {@link NwbTable#path} told
   * @param rowCount as {@link NwbTable#rowCount} told; where the file has changed since, the number
   *     of rows may be another
   * @param columns as of {@link #table}
   */
  public NwbTable knownTable(String path, int rowCount, String... columns) {
    return read(byPath(path), List.of(columns), rowCount);
  }

  private NwbTableName tableName(String nameOrPath) {
    if (nameOrPath.startsWith("/")) {
      return byPath(nameOrPath); // without looking at all other tables
    }
    List<NwbTableName> fits = tables().stream().filter(t -> t.name().equals(nameOrPath)).toList();
    if (fits.size() > 1) {
      throw new InvalidInputException(
          name()
              + " has several tables "
              + nameOrPath
              + "; ask for one by its path: "
              + fits.stream().map(NwbTableName::path).collect(Collectors.joining(", "))
              + ".");
    }
    return fits.isEmpty() ? byPath(nameOrPath) : fits.get(0);
  }

  /** Whether something of this name or path is there; it may turn out to be no table. */
  public boolean has(String nameOrPath) {
    return nameOrPath.startsWith("/")
        ? find(nameOrPath) != null
        : tables().stream().anyMatch(t -> t.name().equals(nameOrPath));
  }

  /** Number of rows of one of {@link #tables}; names for its columns are not needed. */
  public int rowCount(NwbTableName table) {
    return table.kind() == Kind.SERIES
        ? new TimeSeriesTable(group(table), table).rowCount()
        : read(table, List.of(), -1).rowCount();
  }

  private NwbTableName byPath(String path) {
    Optional<HdfObject> object = path.startsWith("/") ? hdf.find(path) : Optional.empty();
    if (object.isPresent() && object.get() instanceof HdfGroup group) {
      String name = path.substring(path.lastIndexOf('/') + 1);
      if (name.equals("UnitTimes") || (path.equals("/processing") && !unitTimes().isEmpty())) {
        return new NwbTableName("units", path, Kind.UNITS);
      }
      if (path.equals("/epochs") && !isDynamicTable(group)) {
        return new NwbTableName("epochs", path, Kind.INTERVALS);
      }
      Optional<Kind> kind = kindOf(group);
      if (kind.isPresent()) {
        return new NwbTableName(name, path, kind.get());
      }
    }
    String problem = object.isPresent() ? path + " is not a table" : "there is no table " + path;
    String known =
        tables().isEmpty()
            ? "the file has no tables"
            : "it has "
                + tables().stream().map(NwbTableName::name).collect(Collectors.joining(", "));
    throw new InvalidInputException(
        name() + ": " + problem + "; " + known + ", and any table by its path in the file.");
  }

  private NwbTable read(NwbTableName table, List<String> columns, int knownRows) {
    if (table.kind() == Kind.SERIES) {
      return new TimeSeriesTable(group(table), table).read(columns);
    }
    if (!columns.isEmpty()) {
      throw new InvalidInputException(
          name()
              + ": table "
              + table.name()
              + " has names for its columns already; the option columns is for tables without.");
    }
    if (table.path().equals("/processing")) {
      return new UnitTimes(hdf, unitTimes(), knownRows).read(table);
    }
    if (table.path().equals("/epochs") && !isDynamicTable(group(table))) {
      return EpochGroups.read(group(table), table);
    }
    if (table.path().endsWith("/UnitTimes")) {
      String[] steps = table.path().split("/");
      return new UnitTimes(hdf, Map.of(steps[steps.length - 2], group(table)), knownRows)
          .read(table);
    }
    return new DynamicTable(group(table), table).read();
  }

  private HdfGroup group(NwbTableName table) {
    return (HdfGroup) hdf.find(table.path()).orElseThrow();
  }

  /**
   * How many columns of one of {@link #tables} the file does not name, so that {@link #table} needs
   * names for them; 0 where none are needed.
   */
  public int unnamedColumns(NwbTableName table) {
    return table.kind() == Kind.SERIES
        ? new TimeSeriesTable(group(table), table).unnamedColumns()
        : 0;
  }

  /**
   * Whether one of {@link #tables} is sampled at a rate, as signals are, rather than at times of
   * its own, as presentations are.
   */
  public boolean hasRate(NwbTableName table) {
    return table.kind() == Kind.SERIES && !group(table).has("timestamps");
  }

  /** Closes the channel. Tables of the file cannot be read any more. */
  @Override
  public void close() {
    hdf.close();
  }
}
