package org.neuroglia.nwb;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.neuroglia.InvalidInputException;
import org.neuroglia.nwb.Hdf.HdfGroup;
import org.neuroglia.nwb.Hdf.HdfObject;

/**
 * The units of NWB 1: a group {@code /processing/AREA/UnitTimes/UNIT} with {@code times} for each.
 *
 * <p>Units of an area come in the order of {@code unit_list}, then those it does not list. The name
 * of the unit is the neuron. Where areas share a name, neurons of all areas are called {@code
 * AREA/UNIT}: two units are never merged. A unit that is listed and has a group without {@code
 * times} is silent: some writers, ours among them, cannot write empty datasets.
 */
final class UnitTimes {
  private static final Set<String> KNOWN = Set.of("times", "unit_description", "source");

  /** A unit, whose group is opened when it is asked for. */
  private static final class Unit {
    private final String area;
    private final String name;
    private final HdfGroup unitTimes;
    private HdfGroup group;

    Unit(String area, String name, HdfGroup unitTimes) {
      this.area = area;
      this.name = name;
      this.unitTimes = unitTimes;
    }

    String area() {
      return area;
    }

    String name() {
      return name;
    }

    HdfGroup group() {
      if (group == null) {
        group =
            unitTimes
                .group(name)
                .orElseThrow(
                    () ->
                        new InvalidInputException(
                            unitTimes.file().name()
                                + ": "
                                + unitTimes.path()
                                + "/"
                                + name
                                + " is not the group of a unit any more."));
      }
      return group;
    }
  }

  /** Names of an area, in the order of its units; those in {@code listed} may be silent. */
  private record Names(Set<String> listed, Set<String> all) {
    static Names of(HdfGroup unitTimes) {
      Set<String> listed = new LinkedHashSet<>();
      unitTimes.dataset("unit_list").ifPresent(list -> listed.addAll(texts(list.read())));
      Set<String> all = new LinkedHashSet<>(listed);
      for (String child : unitTimes.links().keySet()) {
        if (!child.equals("unit_list")) {
          all.add(child);
        }
      }
      return new Names(listed, all);
    }
  }

  private final Hdf file;
  private final boolean known;
  private final List<Unit> units = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  /**
   * @param areas names of modules with the group UnitTimes of each
   * @param rows how many units were found when all groups were looked at; −1 if they never were. If
   *     as many are named, all of them are units, and a group is opened when its values are read
   */
  UnitTimes(Hdf file, Map<String, HdfGroup> areas, int rows) {
    this.file = file;
    Map<String, Names> names = new LinkedHashMap<>();
    areas.forEach((area, unitTimes) -> names.put(area, Names.of(unitTimes)));
    this.known = rows == names.values().stream().mapToInt(name -> name.all().size()).sum();
    areas.forEach((area, unitTimes) -> addUnits(area, unitTimes, names.get(area)));
  }

  private void addUnits(String area, HdfGroup unitTimes, Names names) {
    for (String name : names.all()) {
      if (known || isUnit(area, name, unitTimes, names.listed())) {
        units.add(new Unit(area, name, unitTimes));
      }
    }
  }

  private boolean isUnit(String area, String name, HdfGroup unitTimes, Set<String> listed) {
    try {
      HdfObject child = unitTimes.child(name).orElse(null);
      if (child instanceof HdfGroup group && (group.has("times") || listed.contains(name))) {
        return true;
      }
      if (child == null) {
        notes.add("Unit " + area + "/" + name + " is in unit_list but not in the file.");
      } else if (child instanceof HdfGroup) {
        notes.add("Unit " + area + "/" + name + " is left out: it has no times.");
      }
    } catch (InvalidInputException e) {
      notes.add("Unit " + area + "/" + name + " is left out: " + e.getMessage());
    }
    return false;
  }

  /** Values as texts. */
  static List<String> texts(Object values) {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < java.lang.reflect.Array.getLength(values); i++) {
      texts.add(String.valueOf(java.lang.reflect.Array.get(values, i)));
    }
    return texts;
  }

  NwbTable read(NwbTableName name) {
    Map<String, Integer> count = new HashMap<>();
    units.forEach(unit -> count.merge(unit.name(), 1, Integer::sum));
    boolean shared = count.values().stream().anyMatch(n -> n > 1);
    if (shared) {
      notes.add("Areas share names of units: neurons are called AREA/UNIT.");
    }
    List<NwbColumn> columns = new ArrayList<>();
    columns.add(text("neuron", u -> shared ? u.area() + "/" + u.name() : u.name()));
    columns.add(
        new NwbColumn(
            "times",
            NwbType.DOUBLE,
            1,
            units.size(),
            (from, to) -> Trains.ascending(times(from, to)),
            this::ends,
            (from, to) -> Trains.ascending(lists(from, to))));
    columns.add(text("area", Unit::area));
    for (String child : children()) {
      if (KNOWN.contains(child)) {
        if (!child.equals("times")) {
          columns.add(
              text(child, unit -> unit.group().dataset(child).map(HdfDataset::text).orElse(null)));
        }
      } else {
        notes.add(child + " of the units is left out: it is not a part of a unit in NWB 1.");
      }
    }
    return new NwbTable(file.name(), name, units.size(), columns, notes, this::summary);
  }

  /** What the groups of the units hold; all that they may hold, where not all are to be opened. */
  private Set<String> children() {
    if (known) {
      return new TreeSet<>(KNOWN);
    }
    Set<String> children = new TreeSet<>();
    units.forEach(unit -> children.addAll(unit.group().links().keySet()));
    return children;
  }

  private NwbColumn text(String column, Function<Unit, String> value) {
    return new NwbColumn(
        column,
        NwbType.STRING,
        units.size(),
        (from, to) ->
            new NwbValues(
                NwbType.STRING,
                units.subList(from, to).stream().map(value).toArray(String[]::new)));
  }

  private Optional<HdfDataset> times(Unit unit) {
    Optional<HdfDataset> times = unit.group().dataset("times");
    if (times.isEmpty() && unit.group().has("times")) {
      throw new InvalidInputException(
          file.name() + ": " + unit.group().path() + "/times is not a dataset.");
    }
    return times;
  }

  private long[] ends() {
    long[] ends = new long[units.size()];
    long end = 0;
    for (int i = 0; i < ends.length; i++) {
      end += times(units.get(i)).map(HdfDataset::rows).orElse(0L);
      ends[i] = end;
    }
    return ends;
  }

  private NwbValues times(int from, int to) {
    int[] offsets = new int[to - from + 1];
    List<double[]> trains = new ArrayList<>(to - from);
    for (Unit unit : units.subList(from, to)) {
      double[] train =
          times(unit).map(dataset -> dataset.doubles(0, dataset.rows())).orElse(new double[0]);
      trains.add(train);
      int n = trains.size();
      long end = (long) offsets[n - 1] + train.length;
      if (end > Integer.MAX_VALUE - 8) {
        throw new InvalidInputException(
            file.name() + ": the units asked for have more than 2^31 - 9 spikes.");
      }
      offsets[n] = (int) end;
    }
    double[] times = new double[offsets[to - from]];
    for (int i = 0; i < trains.size(); i++) {
      System.arraycopy(trains.get(i), 0, times, offsets[i], trains.get(i).length);
    }
    return new NwbValues(NwbType.DOUBLE, times, offsets);
  }

  private DoubleLists lists(int from, int to) {
    return new DoubleLists() {
      private int row = from;
      private int opened = -1;
      private Optional<HdfDataset> dataset;

      private Optional<HdfDataset> dataset() {
        if (opened != row) {
          dataset = times(units.get(row));
          opened = row;
        }
        return dataset;
      }

      @Override
      public int nextLength() {
        long length = dataset().map(d -> Math.multiplyExact(d.rows(), d.width())).orElse(0L);
        if (length > Integer.MAX_VALUE - 8) {
          throw new InvalidInputException(
              file.name() + ": unit " + units.get(row).name() + " has more than 2^31 - 9 spikes.");
        }
        return (int) length;
      }

      @Override
      public int next(double[] target, int at) {
        int length = nextLength();
        dataset().filter(d -> length > 0).ifPresent(times -> read(times, length, target, at));
        row++;
        return length;
      }
    };
  }

  private static void read(HdfDataset times, int length, double[] target, int at) {
    if (times.hasStreamOfDoubles()) {
      times.doubles(0, length, target, at);
    } else {
      System.arraycopy(times.doubles(0, times.rows()), 0, target, at, length);
    }
  }

  private SpikeSummary summary() {
    SpikeSummary sum = SpikeSummary.NONE;
    for (int i = 0; i < units.size(); i++) {
      sum = sum.plus(Trains.summary(times(i, i + 1)));
    }
    return sum;
  }
}
