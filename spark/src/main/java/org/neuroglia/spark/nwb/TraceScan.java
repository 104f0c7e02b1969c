package org.neuroglia.spark.nwb;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * A scan of traces, cut by neurons and by time so that a task holds 64 MiB of values at most, or
 * one row where that has more. Neurons that lie together in the file are parted only where they
 * must be, since each part reads them all.
 */
final class TraceScan extends FileScan<TraceInputs.Input> {
  private static final long LARGEST = 64L << 20;

  /** Neurons {@code firstNeuron} … and samples {@code from} … of a series. */
  record Part(TraceInputs.Input input, int firstNeuron, int lastNeuron, long from, long to)
      implements InputPartition, Serializable {}

  private final TraceInputs inputs;

  TraceScan(TraceInputs inputs, StructType wanted, RowFilter filter, Configuration configuration) {
    super(inputs.inputs(), TraceScan::known, wanted, filter, configuration);
    this.inputs = inputs;
  }

  private static Object known(TraceInputs.Input input, String column) {
    return column.equals("session") ? UTF8String.fromString(input.session()) : Condition.UNKNOWN;
  }

  @Override
  public String description() {
    return described(inputs.options().what(), "");
  }

  @Override
  public InputPartition[] planInputPartitions() {
    long total = read().stream().mapToLong(this::bytes).sum();
    long target = target(total, LARGEST);
    List<Part> parts = new ArrayList<>();
    for (TraceInputs.Input input : read()) {
      addParts(parts, input, inputs.asked().samplesPerChunk(), target);
    }
    return parts.toArray(InputPartition[]::new);
  }

  /** How many of the wanted columns hold samples. */
  private long arrays() {
    return Arrays.stream(wanted().fieldNames())
        .filter(name -> name.equals("times") || name.equals("values"))
        .count();
  }

  @Override
  long bytes(TraceInputs.Input input) {
    return input.neurons() * (16L + 8 * arrays() * input.samples());
  }

  private void addParts(
      List<Part> parts, TraceInputs.Input input, int samplesPerChunk, long target) {
    if (arrays() == 0) {
      parts.add(new Part(input, 0, input.neurons(), input.from(), input.to()));
      return;
    }
    long samples = Math.max(1, input.samples());
    long length = samplesPerChunk == 0 ? samples : Math.min(samples, samplesPerChunk);
    long row = 8 * arrays() * length;
    int neurons =
        row * input.neurons() <= target
            ? Math.max(1, input.neurons())
            : neurons(input, row, target);
    long rows = Math.max(1, target / (row * neurons)); // of a neuron
    long step = samplesPerChunk == 0 ? samples : Math.min(rows * samplesPerChunk, samples);
    for (long from = input.from(); from == input.from() || from < input.to(); from += step) {
      long to = Math.min(input.to(), from + step);
      for (int first = 0; first < input.neurons(); first += neurons) {
        int last = (int) Math.min(input.neurons(), (long) first + neurons);
        parts.add(new Part(input, first, last, from, to));
      }
    }
  }

  /**
   * How many neurons make a part: whole groups of those that lie together where that is possible.
   */
  private int neurons(TraceInputs.Input input, long row, long target) {
    long some = Math.max(1, target / row);
    if (some >= input.together()) {
      return (int) (some / input.together() * input.together());
    }
    long most = Math.max(1, LARGEST * arrays() / row); // the times are held once
    return (int) Math.min(input.together(), most);
  }

  @Override
  public PartitionReaderFactory createReaderFactory() {
    return new TraceReaderFactory(inputs.asked(), inputs.schema(), wanted(), filter(), broadcast());
  }

  @Override
  long rows(TraceInputs.Input input) {
    int chunk = inputs.asked().samplesPerChunk();
    return chunk == 0 ? input.neurons() : input.neurons() * rowsOf(input.samples(), chunk);
  }

  private static long rowsOf(long samples, int chunk) {
    return Math.max(1, (samples + chunk - 1) / chunk);
  }
}
