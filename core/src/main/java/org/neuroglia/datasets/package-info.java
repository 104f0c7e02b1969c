/** Made-up recordings with known properties, for demonstrations, tests and benchmarks. */
package org.neuroglia.datasets;
