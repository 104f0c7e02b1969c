/**
 * Decoding of whole sessions inside Spark tasks: trains become counts around the events of their
 * session, counts and events of a session meet in one task, and {@code org.neuroglia.decoding}
 * decodes them. {@link org.neuroglia.spark.decoding.session.DecodedRows} has the one schema of
 * results. Used by the stages of {@code org.neuroglia.spark.decoding}, of which it knows nothing.
 */
package org.neuroglia.spark.decoding.session;
