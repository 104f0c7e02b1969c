/**
 * Parquet files whose rows hold spike trains or samples, read and written faster than Spark reads
 * and writes lists in general.
 */
package org.neuroglia.spark.parquet;
