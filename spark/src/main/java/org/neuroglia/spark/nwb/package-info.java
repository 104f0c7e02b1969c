/** NWB files as DataFrames: {@code spark.read().format("nwb").option("table", …).load(…)}. */
package org.neuroglia.spark.nwb;
