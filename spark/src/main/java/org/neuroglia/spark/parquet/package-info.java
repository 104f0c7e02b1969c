/**
 * Reading of Parquet files whose rows are spike trains, faster than Spark reads lists in general.
 */
package org.neuroglia.spark.parquet;
