package org.neuroglia.spark.nwb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;

class HadoopSettingsTest {
  private static Map<String, String> raw(Configuration configuration) {
    Map<String, String> all = new TreeMap<>();
    configuration.forEach(setting -> all.put(setting.getKey(), setting.getValue()));
    return all;
  }

  private static HadoopSettings sent(HadoopSettings settings) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(settings);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return (HadoopSettings) in.readObject();
    }
  }

  @Test
  void everySettingArrivesAsItWasGiven() throws Exception {
    Configuration given = new Configuration();
    given.set("fs.s3a.endpoint", "a store, named \"ä\"");
    given.set("some.folder", "${hadoop.tmp.dir}/data"); // is filled in where it is asked for
    given.set("some.long", "x".repeat(100_000)); // more than DataOutput.writeUTF takes
    given.set("some.empty", "");
    HadoopSettings sent = sent(new HadoopSettings(given));
    assertEquals(raw(given), raw(sent.configuration()));
    assertEquals(given.get("some.folder"), sent.configuration().get("some.folder"));
    assertSame(sent.configuration(), sent.configuration());
  }
}
