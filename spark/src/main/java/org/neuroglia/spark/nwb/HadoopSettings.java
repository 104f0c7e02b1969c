package org.neuroglia.spark.nwb;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;

/**
 * How to reach files, where tasks read them. Texts, and a configuration when one is asked for:
 * Hadoop's own way to send one compresses each of its thousand settings by itself, and Spark looks
 * at every object of what it keeps.
 */
final class HadoopSettings implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Names, each before its value. */
  private final String[] settings;

  private transient Configuration configuration;

  HadoopSettings(Configuration configuration) {
    List<String> all = new ArrayList<>();
    for (Map.Entry<String, String> setting : configuration) { // variables in values stay
      all.add(setting.getKey());
      all.add(setting.getValue());
    }
    settings = all.toArray(new String[0]);
  }

  /** Sent once, and not with each job and stage. */
  static Broadcast<HadoopSettings> broadcast(Configuration configuration) {
    return JavaSparkContext.fromSparkContext(SparkSession.active().sparkContext())
        .broadcast(new HadoopSettings(configuration));
  }

  synchronized Configuration configuration() {
    if (configuration == null) {
      configuration = new Configuration(false);
      for (int i = 0; i < settings.length; i += 2) {
        configuration.set(settings[i], settings[i + 1]);
      }
    }
    return configuration;
  }
}
