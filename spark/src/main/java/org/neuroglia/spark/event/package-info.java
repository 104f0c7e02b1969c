/** Stages that sample spikes and traces around events. */
package org.neuroglia.spark.event;
