/** What the library costs beside the best known way to the same result, on data made here. */
package org.neuroglia.benchmarks;
