/** Kernels on primitive arrays, in the rooms that a neuroglia user knows; no Spark. */
package org.neuroglia;
