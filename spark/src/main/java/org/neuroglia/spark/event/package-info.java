/**
 * Stages that sample spikes and traces around events: estimators, their models and their params.
 * The stages on spikes only describe the query; {@code event.exec} plans and runs it.
 */
package org.neuroglia.spark.event;
