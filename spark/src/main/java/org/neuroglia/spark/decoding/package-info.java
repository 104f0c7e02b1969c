/**
 * Decoders as Spark ML stages, their evaluation, and the cross-validated decoding of many sessions
 * in one job. The arithmetic is in {@code org.neuroglia.decoding}.
 */
package org.neuroglia.spark.decoding;
