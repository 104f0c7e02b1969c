package org.neuroglia.spark.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** A Spark job with nothing to do: what a command costs at least. */
@Command(name = "empty-job", hidden = true, description = "Counts one row with Spark.")
final class EmptyJobCommand implements Callable<Integer> {
  @Mixin private SparkOptions sparkOptions;

  @Override
  public Integer call() {
    sparkOptions.check();
    return sparkOptions.session("neuroglia empty-job").range(1).count() == 1 ? 0 : 1;
  }
}
