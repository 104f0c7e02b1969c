package org.neuroglia.spark.golden;

import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.neuroglia.golden.GoldenCase;
import org.neuroglia.golden.GoldenValue;
import org.neuroglia.spark.decoding.GaussianNB;
import org.neuroglia.spark.decoding.GaussianNBModel;

final class GaussianNBAdapter extends DecoderAdapter<GaussianNBModel> {
  @Override
  GaussianNB stage(GoldenCase golden) {
    GaussianNB bayes =
        new GaussianNB().setVarSmoothing(golden.params().path("var_smoothing").asDouble(1e-9));
    return golden.has("priors") ? bayes.setPriors(golden.doubles("priors")) : bayes;
  }

  @Override
  void add(Map<String, GoldenValue> items, GaussianNBModel model, List<Row> rows) {
    items.put("theta", matrix(model.means()));
    items.put("var", matrix(model.variances()));
    items.put("class_prior", vector(model.priors()));
    items.put("joint_log_likelihood", column(rows, "rawPrediction"));
  }
}
