/** Sampling around events: kernels of the stages of the same names. */
package org.neuroglia.event;
