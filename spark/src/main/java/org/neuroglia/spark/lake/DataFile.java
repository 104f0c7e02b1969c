package org.neuroglia.spark.lake;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.types.StructType;

/**
 * A Parquet file that was written and is not committed.
 *
 * @param table key of the table
 * @param name within the folder of the table
 * @param size in bytes
 * @param modified milliseconds since 1970
 * @param rows how many it has
 * @param statistics as Delta's log has them, in JSON
 * @param schema of the rows
 * @param recordings the NWB files that the rows come from
 */
record DataFile(
    String table,
    String name,
    long size,
    long modified,
    long rows,
    String statistics,
    StructType schema,
    List<String> recordings)
    implements Serializable {}
