/** The stages, sources and functions that distribute the kernels of {@code org.neuroglia}. */
package org.neuroglia.spark;
