package org.neuroglia.spark.nwb;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * A scan of some columns of the files that a filter does not rule out by what is known of them:
 * session, path, and which columns they lack. Small files share a partition, and one whose columns
 * are large is cut, so that all cores have work. No file is opened to plan.
 */
final class NwbScan extends FileScan<NwbInputs.Input> {
  /** Bytes of a partition, about; one row may have more. */
  private static final long LARGEST = 128L << 20;

  /** Opening a file takes as long as reading so many bytes, about. */
  private static final long OPENING = 1L << 20;

  /**
   * Rows {@code from} … {@code to − 1} of the table of a file.
   *
   * @param rows of the whole table
   */
  record Rows(HadoopFiles.Listed file, String session, String tablePath, int rows, int from, int to)
      implements Serializable {}

  /** What a task reads, one after the other. */
  record Parts(List<Rows> parts) implements InputPartition, Serializable {}

  private final NwbInputs inputs;

  NwbScan(NwbInputs inputs, StructType wanted, RowFilter filter, Configuration configuration) {
    super(
        inputs.inputs(),
        (input, column) -> known(inputs, input, column),
        wanted,
        filter,
        configuration);
    this.inputs = inputs;
  }

  /** What every row of a file has in a column. */
  private static Object known(NwbInputs inputs, NwbInputs.Input input, String column) {
    if (column.equals("session")) {
      return UTF8String.fromString(input.session());
    }
    if (NwbInputs.isSessions(inputs.options())) {
      return column.equals("path") ? UTF8String.fromString(input.file().file()) : Condition.UNKNOWN;
    }
    return input.has(column) ? Condition.UNKNOWN : null;
  }

  @Override
  public String description() {
    String some =
        read().stream()
            .limit(3)
            .map(input -> input.file().file())
            .map(path -> path.substring(path.lastIndexOf('/') + 1))
            .collect(Collectors.joining(", "));
    String names = ": " + some + (read().size() > 3 ? ", …" : "");
    return described(inputs.options().table(), names);
  }

  @Override
  public InputPartition[] planInputPartitions() {
    long total = read().stream().mapToLong(input -> bytes(input) + OPENING).sum();
    long target = target(total, LARGEST);
    List<InputPartition> partitions = new ArrayList<>();
    List<Rows> together = new ArrayList<>();
    long size = 0;
    for (NwbInputs.Input input : read()) {
      List<Rows> parts = parts(input, target);
      long part = OPENING + bytes(input) / Math.max(1, parts.size());
      for (Rows rows : parts) {
        if (!together.isEmpty() && size + part > target) {
          partitions.add(new Parts(List.copyOf(together)));
          together.clear();
          size = 0;
        }
        together.add(rows);
        size += part;
      }
    }
    if (!together.isEmpty()) {
      partitions.add(new Parts(List.copyOf(together)));
    }
    return partitions.toArray(InputPartition[]::new);
  }

  /** Cuts a file into parts of about {@code target} bytes, between rows. */
  private List<Rows> parts(NwbInputs.Input input, long target) {
    List<Rows> cut = new ArrayList<>();
    long parts = Math.max(1, Math.round((double) bytes(input) / target));
    long[] ends = parts == 1 ? new long[0] : ends(input);
    int from = 0;
    for (long part = 1; from < input.rows(); part++) {
      int to = input.rows();
      if (part < parts) {
        long end = ends[ends.length - 1] / parts * part;
        to = from + 1;
        while (to < input.rows() && ends[to] <= end) {
          to++;
        }
      }
      cut.add(new Rows(input.file(), input.session(), input.tablePath(), input.rows(), from, to));
      from = to;
    }
    return cut;
  }

  @Override
  long rows(NwbInputs.Input input) {
    return input.rows();
  }

  @Override
  long bytes(NwbInputs.Input input) {
    long bytes = input.rows() * rowBytes();
    for (int i = 0; i < input.values().length; i++) {
      bytes += isList(input, i) ? 8 * input.valuesOf(i) : 0;
    }
    return bytes;
  }

  /** For each row, the bytes of the wanted columns up to and with that row, about. */
  private long[] ends(NwbInputs.Input input) {
    long[] ends = new long[input.rows()];
    for (int row = 0; row < ends.length; row++) {
      ends[row] = (row + 1) * rowBytes();
    }
    for (int i = 0; i < input.values().length; i++) {
      if (isList(input, i)) {
        long[] known = input.ends().get(input.fields().get(i).name());
        for (int row = 0; row < ends.length; row++) {
          double share = (row + 1.0) / ends.length;
          ends[row] += 8 * (known == null ? (long) (input.values()[i] * share) : known[row]);
        }
      }
    }
    return ends;
  }

  private long rowBytes() {
    return 8L * wanted().size() + 8;
  }

  /** Whether a field holds lists that are wanted. */
  private boolean isList(NwbInputs.Input input, int field) {
    NwbInputs.Field is = input.fields().get(field);
    return is.depth() > 0 && has(is.name());
  }

  private boolean has(String column) {
    for (String name : wanted().fieldNames()) {
      if (name.equalsIgnoreCase(column)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public PartitionReaderFactory createReaderFactory() {
    StructType tested = new StructType();
    for (String column : filter().columns()) {
      tested = tested.add(inputs.schema().apply(column));
    }
    return new NwbReaderFactory(inputs.options(), wanted(), filter(), tested, broadcast());
  }
}
