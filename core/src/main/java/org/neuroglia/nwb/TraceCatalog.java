package org.neuroglia.nwb;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.neuroglia.InvalidInputException;
import org.neuroglia.nwb.Hdf.HdfGroup;
import org.neuroglia.nwb.Hdf.HdfObject;

/** The series of a file that can be read as traces. */
final class TraceCatalog {
  /** Groups of the root without series of their own: epochs of NWB 1 only link to some. */
  private static final Set<String> ELSEWHERE =
      Set.of("epochs", "general", "intervals", "specifications", "units");

  private final Hdf hdf;
  private final List<TraceSeries> all = new ArrayList<>();
  private final SortedMap<String, InvalidInputException> broken = new TreeMap<>();

  TraceCatalog(Hdf hdf) {
    this.hdf = hdf;
    Set<Long> seen = new HashSet<>();
    for (String name : hdf.root().links().keySet()) {
      if (!ELSEWHERE.contains(name)) {
        collect(hdf.root(), name, seen);
      }
    }
  }

  List<TraceSeries> all() {
    return List.copyOf(all);
  }

  /** Sentences on series that cannot be read. */
  List<String> notes() {
    return broken.values().stream().map(Throwable::getMessage).toList();
  }

  /** Soft links lead to what is listed where it is; of two hard links the first counts. */
  private void collect(HdfGroup parent, String name, Set<Long> seen) {
    Hdf.Link link = parent.links().get(name);
    if (link.target() != null || link.file() != null || !seen.add(link.address())) {
      return;
    }
    try {
      if (!(parent.child(name).orElse(null) instanceof HdfGroup group)
          || group.has("unit_list") // UnitTimes of NWB 1: a group for each unit
          || group.attribute("colnames").isPresent()) {
        return;
      }
      if (group.has("data") && (group.has("timestamps") || group.has("starting_time"))) {
        TraceSeries.of(group).ifPresent(all::add);
        return;
      }
      for (String child : group.links().keySet()) {
        collect(group, child, seen);
      }
    } catch (InvalidInputException e) {
      broken.put(parent.path() + "/" + name, e);
    }
  }

  /** Whether something is called so, though it may be broken. */
  boolean has(String name) {
    return !named(name).isEmpty() || broken.keySet().stream().anyMatch(p -> isNamed(p, name));
  }

  /** Those whose path ends with {@code name}, or else those that are in something of that name. */
  private List<TraceSeries> named(String name) {
    List<TraceSeries> ends =
        all.stream().filter(series -> series.path().endsWith("/" + name)).toList();
    return ends.isEmpty()
        ? all.stream().filter(series -> isNamed(series.path(), name)).toList()
        : ends;
  }

  private static boolean isNamed(String path, String name) {
    return (path + "/").contains("/" + name + "/");
  }

  /** See {@link NwbFile#trace}. */
  TraceSeries find(String name) {
    List<TraceSeries> fits = named(name);
    if (fits.size() > 1) {
      throw new InvalidInputException(
          hdf.name()
              + " has several series of traces "
              + name
              + "; ask for one by its path: "
              + paths(fits)
              + ".");
    }
    if (fits.isEmpty()) {
      for (Map.Entry<String, InvalidInputException> entry : broken.entrySet()) {
        if (isNamed(entry.getKey(), name)) {
          throw entry.getValue();
        }
      }
      throw none("there are no traces " + name);
    }
    return fits.get(0);
  }

  /** By path, whatever else the file has. */
  static Optional<TraceSeries> at(Hdf hdf, String path) {
    HdfObject object = hdf.find(path).orElse(null);
    return object instanceof HdfGroup group ? TraceSeries.of(group) : Optional.empty();
  }

  InvalidInputException none(String problem) {
    String known = all.isEmpty() ? "the file has none" : "it has " + paths(all);
    return new InvalidInputException(hdf.name() + ": " + problem + "; " + known + ".");
  }

  private static String paths(List<TraceSeries> series) {
    return series.stream().map(TraceSeries::path).collect(Collectors.joining(", "));
  }
}
