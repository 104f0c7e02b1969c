/**
 * How Spark runs the sampling of spikes around events. {@link
 * org.neuroglia.spark.event.exec.SampleSpikes} is the logical node, {@link
 * org.neuroglia.spark.event.exec.SpikeSamplingStrategy} plans it as one of two physical plans
 * (events broadcast, or both sides shuffled by session and time slice), the classes named {@code
 * …Exec} are their operators. This room uses Spark's internal classes on purpose; a new operator
 * belongs here.
 */
package org.neuroglia.spark.event.exec;
