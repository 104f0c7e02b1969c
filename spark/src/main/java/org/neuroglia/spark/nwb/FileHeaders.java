package org.neuroglia.spark.nwb;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.neuroglia.InvalidInputException;

/**
 * Reads the headers of many files, each once: several at a time, since opening a file mostly waits
 * for a store. A few are read on the driver, thousands by a job on the executors of a cluster.
 */
final class FileHeaders {
  private static final int OPEN_AT_A_TIME = 16;

  /** More files than this are read by a job, where there are executors beside the driver. */
  private static final int MOST_ON_DRIVER = 512;

  private static final int LEAST_IN_TASK = 4 * OPEN_AT_A_TIME;

  /** What is wanted of a file. */
  interface Reader<T extends Serializable> extends Serializable {
    T read(HadoopFiles.Listed file);
  }

  private FileHeaders() {}

  /**
   * @return what the reader gives, in the order of the files
   * @throws RuntimeException that of the first file whose reading fails
   */
  static <T extends Serializable> List<T> read(List<HadoopFiles.Listed> files, Reader<T> reader) {
    SparkContext context = SparkSession.active().sparkContext();
    return files.size() > MOST_ON_DRIVER && !context.isLocal()
        ? readByJob(files, reader, context)
        : readHere(files, reader);
  }

  static <T extends Serializable> List<T> readHere(
      List<HadoopFiles.Listed> files, Reader<T> reader) {
    ExecutorService threads =
        Executors.newFixedThreadPool(Math.max(1, Math.min(OPEN_AT_A_TIME, files.size())));
    try {
      List<Callable<T>> calls = new ArrayList<>();
      files.forEach(file -> calls.add(() -> reader.read(file)));
      List<T> results = new ArrayList<>();
      for (Future<T> result : threads.invokeAll(calls)) {
        results.add(result.get());
      }
      return results;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } finally {
      threads.shutdownNow();
    }
  }

  /** What a task found, or why it could not. */
  private record Outcome<T extends Serializable>(ArrayList<T> found, String problem)
      implements Serializable {}

  static <T extends Serializable> List<T> readByJob(
      List<HadoopFiles.Listed> files, Reader<T> reader, SparkContext context) {
    int most = Math.max(1, 4 * context.defaultParallelism());
    int tasks = Math.max(1, Math.min(most, files.size() / LEAST_IN_TASK));
    List<HadoopFiles.Listed> all = new ArrayList<>(files);
    List<Integer> numbers = IntStream.range(0, tasks).boxed().toList();
    // Results travel as bytes: Spark may be set to a serializer that knows no records.
    List<byte[]> outcomes =
        JavaSparkContext.fromSparkContext(context)
            .parallelize(numbers, tasks)
            .map(task -> toBytes(outcome(part(all, task, tasks), reader)))
            .collect();
    List<T> found = new ArrayList<>(files.size());
    for (byte[] bytes : outcomes) {
      Outcome<T> outcome = fromBytes(bytes);
      if (!outcome.problem().isEmpty()) {
        throw new InvalidInputException(outcome.problem());
      }
      found.addAll(outcome.found());
    }
    return found;
  }

  private static List<HadoopFiles.Listed> part(
      List<HadoopFiles.Listed> files, int task, int tasks) {
    long size = files.size();
    return files.subList((int) (size * task / tasks), (int) (size * (task + 1) / tasks));
  }

  /** A user's wrong file must not fail the task, which Spark would try again. */
  private static <T extends Serializable> Outcome<T> outcome(
      List<HadoopFiles.Listed> files, Reader<T> reader) {
    try {
      return new Outcome<>(new ArrayList<>(readHere(files, reader)), "");
    } catch (InvalidInputException e) {
      return new Outcome<>(new ArrayList<>(), e.getMessage());
    }
  }

  private static byte[] toBytes(Serializable value) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream stream = new ObjectOutputStream(bytes)) {
      stream.writeObject(value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  @SuppressWarnings("unchecked")
  private static <T extends Serializable> Outcome<T> fromBytes(byte[] bytes) {
    try (ObjectInputStream stream = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
      return (Outcome<T>) stream.readObject();
    } catch (IOException | ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }
}
