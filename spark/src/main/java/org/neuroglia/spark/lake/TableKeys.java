package org.neuroglia.spark.lake;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.zip.CRC32;

/**
 * What tables of a lake are called: {@code units}, {@code events/TABLE}, {@code traces/SERIES},
 * with names as the files have them; and the folders that they are in.
 */
final class TableKeys {
  static final String SESSIONS = "sessions";
  static final String FAILURES = "failures";
  static final String UNITS = "units";
  static final String EVENTS = "events";
  static final String TRACES = "traces";

  private static final int LONGEST = 80;

  private TableKeys() {}

  static String events(String table) {
    return EVENTS + "/" + table;
  }

  static String traces(String series) {
    return TRACES + "/" + series;
  }

  /** The table or series of a key that begins with {@code kind/}. */
  static String name(String key, String kind) {
    return key.substring(kind.length() + 1);
  }

  /**
   * The folder of a table. Names of ASCII letters, digits, {@code _} and {@code -} stay as they
   * are; of others, which a file system or a program may take amiss, all else becomes {@code _},
   * and a checksum keeps them apart.
   */
  static String folder(String key) {
    int slash = key.indexOf('/');
    return slash < 0 ? key : key.substring(0, slash + 1) + safe(key.substring(slash + 1));
  }

  private static String safe(String name) {
    if (name.matches("[A-Za-z0-9][A-Za-z0-9_-]{0," + (LONGEST - 1) + "}")) {
      return name;
    }
    String kept = name.replaceAll("[^A-Za-z0-9_-]+", "_").replaceFirst("^[_-]+", "");
    return withChecksum(
        kept.isEmpty() ? "table" : kept.substring(0, Math.min(LONGEST, kept.length())), ".", name);
  }

  /** A name with a checksum of what it stands for. */
  static String withChecksum(String kept, String separator, String name) {
    CRC32 checksum = new CRC32();
    checksum.update(name.getBytes(StandardCharsets.UTF_8));
    return kept + separator + String.format(Locale.ROOT, "%08x", checksum.getValue());
  }
}
