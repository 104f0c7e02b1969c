package org.neuroglia.spark.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class RecordingOptionsTest {
  @Test
  void pathsAreShownWithoutTheirUsers() {
    RecordingOptions options = new RecordingOptions();
    new CommandLine(options)
        .parseArgs("s3a://KEY:SECRET@bucket/a.nwb", "--events", "trials", "--window", "0,1,0.5");
    assertEquals(List.of("s3a://***@bucket/a.nwb"), options.settings().get("paths"));
  }
}
