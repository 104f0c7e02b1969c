/** Made-up recordings as DataFrames. */
package org.neuroglia.spark.datasets;
