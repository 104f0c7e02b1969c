package org.neuroglia.spark.nwb;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.util.SerializableConfiguration;
import org.neuroglia.nwb.NwbFile;
import org.neuroglia.nwb.NwbTableName;
import org.neuroglia.nwb.TraceSeries;

/**
 * What files have to be read.
 *
 * @param tables {@code sessions}, then by their names, or by their paths where a file has several
 *     of a name
 * @param traces by their paths
 */
record FileContents(List<String> tables, List<String> traces) implements Serializable {

  /** Of all the files together, each name once. */
  static FileContents of(List<HadoopFiles.Listed> files, Configuration configuration) {
    SerializableConfiguration hadoop = new SerializableConfiguration(configuration);
    Set<String> tables = new LinkedHashSet<>(List.of("sessions"));
    Set<String> traces = new LinkedHashSet<>();
    for (FileContents contents : FileHeaders.read(files, file -> of(file, hadoop.value()))) {
      tables.addAll(contents.tables());
      traces.addAll(contents.traces());
    }
    return new FileContents(List.copyOf(tables), List.copyOf(traces));
  }

  private static FileContents of(HadoopFiles.Listed listed, Configuration hadoop) {
    try (NwbFile file = HadoopFiles.open(listed, hadoop, new ReadCount())) {
      List<NwbTableName> known = file.tables();
      List<String> tables = new ArrayList<>();
      for (NwbTableName table : known) {
        boolean alone = known.stream().filter(t -> t.name().equals(table.name())).count() == 1;
        tables.add(alone ? table.name() : table.path());
      }
      return new FileContents(tables, file.traces().stream().map(TraceSeries::path).toList());
    }
  }

  /** What a name is in a file. */
  private enum Meaning {
    TABLE,
    TRACES,
    NONE
  }

  /**
   * Whether a name is that of traces and not of a table, in the first file that has it. Series
   * among the tables, such as presentations of stimuli, are events. Mostly the first file of all
   * has it; if not, the others are opened several at a time.
   */
  static boolean isTraces(
      List<HadoopFiles.Listed> files, String name, Configuration configuration) {
    if (name.equals("sessions")) {
      return false;
    }
    Meaning first = meaning(files.get(0), name, configuration);
    if (first != Meaning.NONE) {
      return first == Meaning.TRACES;
    }
    SerializableConfiguration hadoop = new SerializableConfiguration(configuration);
    return FileHeaders.read(
                files.subList(1, files.size()), file -> meaning(file, name, hadoop.value()))
            .stream()
            .filter(meaning -> meaning != Meaning.NONE)
            .findFirst()
            .orElse(Meaning.NONE)
        == Meaning.TRACES;
  }

  private static Meaning meaning(
      HadoopFiles.Listed listed, String name, Configuration configuration) {
    try (NwbFile file = HadoopFiles.open(listed, configuration, new ReadCount())) {
      if (file.tables().stream().anyMatch(t -> t.name().equals(name) || t.path().equals(name))) {
        return Meaning.TABLE;
      }
      return file.hasTrace(name) ? Meaning.TRACES : Meaning.NONE;
    }
  }
}
