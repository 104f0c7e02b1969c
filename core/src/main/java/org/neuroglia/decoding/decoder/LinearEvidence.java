package org.neuroglia.decoding.decoder;

import static org.neuroglia.decoding.linalg.LinearAlgebra.BLAS;

import org.neuroglia.decoding.split.Responses;

/** Evidence that is linear in the responses. */
final class LinearEvidence {
  private LinearEvidence() {}

  /**
   * Evidence for each class, [event × class].
   *
   * @param coefficients [output × neuron]: an output per class, or of two classes one output d, the
   *     evidence for the second; the evidence for the first is −d then
   * @param intercepts one per output
   */
  static double[] of(Responses rows, int classes, double[] coefficients, double[] intercepts) {
    int outputs = intercepts.length;
    int neurons = rows.neurons();
    double[] decision = new double[Math.multiplyExact(rows.events(), classes)];
    for (int event = 0; event < rows.events(); event++) {
      System.arraycopy(intercepts, 0, decision, event * classes + classes - outputs, outputs);
    }
    // Column-major: [output × neuron]·[neuron × event], into the last `outputs` of each event.
    BLAS.dgemm(
        "T",
        "N",
        outputs,
        rows.events(),
        neurons,
        1,
        coefficients,
        0,
        neurons,
        rows.values(),
        0,
        neurons,
        1,
        decision,
        classes - outputs,
        classes);
    if (outputs < classes) {
      for (int event = 0; event < rows.events(); event++) {
        decision[2 * event] = -decision[2 * event + 1];
      }
    }
    return decision;
  }
}
