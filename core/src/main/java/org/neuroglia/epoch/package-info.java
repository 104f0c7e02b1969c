/** Reducing what lies within epochs: an event with a duration. */
package org.neuroglia.epoch;
