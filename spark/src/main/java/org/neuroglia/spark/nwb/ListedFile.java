package org.neuroglia.spark.nwb;

import java.io.Serializable;

/**
 * A file as a listing tells of it.
 *
 * @param path as Hadoop writes it
 * @param length in bytes
 */
record ListedFile(String path, long length) implements Serializable {
  private static final long serialVersionUID = 1L;
}
