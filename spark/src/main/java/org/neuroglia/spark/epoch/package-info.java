/** Stages that reduce what lies within epochs: events with a duration. */
package org.neuroglia.spark.epoch;
