package org.neuroglia.spark.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** To be written. */
@Command(name = "decode", description = "…")
final class DecodeCommand implements Callable<Integer> {
  @Override
  public Integer call() {
    return 0;
  }
}
