/**
 * Linear algebra of decoders on primitive arrays: moments of responses by class, which add and
 * subtract, covariances made of them, and factorisations. Uses netlib's BLAS and LAPACK. Knows
 * neither decoders nor folds.
 */
package org.neuroglia.decoding.linalg;
