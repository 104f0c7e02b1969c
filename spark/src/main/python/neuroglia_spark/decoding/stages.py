"""The stages of decoding: a scaler, decoders and an evaluator."""

from __future__ import annotations

from typing import Any, Optional, Union

from numpy.typing import ArrayLike
from pyspark.ml.evaluation import JavaEvaluator
from pyspark.sql import DataFrame
from pyspark.sql.utils import is_remote

from neuroglia_spark.errors import NotOnConnect
from neuroglia_spark.frames import Table
from neuroglia_spark.stage import (
    JavaStage,
    StageEstimator,
    StageModel,
    StageParams,
    fitted,
    param,
    to_bool,
    to_float,
    to_floats,
    to_int,
    to_string,
)

__all__ = [
    "ClassificationEvaluator",
    "GaussianNB",
    "GaussianNBModel",
    "KNeighborsClassifier",
    "KNeighborsClassifierModel",
    "LinearDiscriminantAnalysis",
    "LinearDiscriminantAnalysisModel",
    "MaximumCorrelation",
    "MaximumCorrelationModel",
    "NearestCentroid",
    "NearestCentroidModel",
    "PoissonNB",
    "PoissonNBModel",
    "QuadraticDiscriminantAnalysis",
    "QuadraticDiscriminantAnalysisModel",
    "RidgeClassifier",
    "RidgeClassifierModel",
    "StandardScaler",
    "StandardScalerModel",
]


def to_shrinkage(value: Any) -> str:
    """scikit-learn's None, "auto" or a number."""
    if value is None:
        return "none"
    return value if isinstance(value, str) else str(to_float(value))


def to_positive_int(value: Any) -> int:
    """A whole number from 1 on."""
    number = to_int(value)
    if number < 1:
        raise TypeError(f"it must be at least 1, not {number}")
    return number


class _ScalerColumns(StageParams):
    inputCol = param("inputCol", "column of the vectors", to_string, "features")
    outputCol = param("outputCol", "column of the standardised vectors", to_string, "features")
    withMean = param("withMean", "whether to subtract the mean", to_bool, True)
    withStd = param("withStd", "whether to divide by the standard deviation", to_bool, True)


class StandardScalerModel(_ScalerColumns, StageModel):
    """A fitted :class:`StandardScaler`."""

    _java_class = "org.neuroglia.spark.decoding.StandardScalerModel"

    mean_ = fitted("mean", "Mean of each feature, shape (neurons,).")
    var_ = fitted("variance", "Variance of each feature, divided by n, shape (neurons,).")
    scale_ = fitted("scale", "What each feature is divided by: 1 for constant ones; (neurons,).")

    def inverse_transform(self, dataset: DataFrame) -> DataFrame:
        """Brings vectors back to their original units: reads output_col, makes input_col.

        Not on Spark Connect, which only transforms.
        """
        if is_remote():
            raise NotOnConnect(
                "Spark Connect cannot call StandardScalerModel.inverse_transform: use a classic "
                "session."
            )
        self._transfer_params_to_java()
        return DataFrame(self._java_obj.inverseTransform(dataset._jdf), dataset.sparkSession)


class StandardScaler(_ScalerColumns, StageEstimator):
    """Centres each feature and divides it by its standard deviation, as scikit-learn's.

    Parameters
    ----------
    with_mean : bool
        Whether to subtract the mean.
    with_std : bool
        Whether to divide by the standard deviation.
    input_col, output_col : str
        Column of the vectors, and of the standardised ones: by default the same, which is replaced.

    Notes
    -----
    The deviation divides by n, constant features are not scaled, NaN is left out of the fit and
    kept by transform, infinities are refused; names of neurons are kept. ``pyspark.ml.feature`` has
    a stage of this name that divides by n − 1, does not centre by default and drops the names.
    """

    _java_class = "org.neuroglia.spark.decoding.StandardScaler"
    _model_class = StandardScalerModel

    def __init__(
        self,
        with_mean: bool = True,
        with_std: bool = True,
        *,
        input_col: str = "features",
        output_col: str = "features",
    ) -> None:
        super().__init__()
        self._new(locals())


class _DecoderColumns(StageParams):
    featuresCol = param(
        "featuresCol", "column of the vectors to decode from", to_string, "features"
    )
    predictionCol = param("predictionCol", "column of the predicted label", to_string, "prediction")
    probabilityCol = param(
        "probabilityCol", "column of the probability of each class", to_string, "probability"
    )
    rawPredictionCol = param(
        "rawPredictionCol", "column of the evidence for each class", to_string, "rawPrediction"
    )


class _LabelParams(StageParams):
    labelCol = param("labelCol", "column of the labels, strings or numbers", to_string, "label")


class _PriorsParams(StageParams):
    priors = param("priors", "probability of each class, in their order", to_floats)


class DecoderModel(_DecoderColumns, StageModel):
    """A fitted decoder: gives rows a prediction, the probability of each class and the evidence.

    ``prediction`` has the type of the labels, string or double. An output column whose name is set
    to ``""`` is left out.
    """

    classes_ = fitted("classLabels", "Names of the classes, in numpy.unique's order, as text.")
    n_features_in_ = fitted("numFeatures", "Length of the vectors that the decoder was fitted to.")
    unlabelled_rows_ = fitted("unlabelledRows", "Rows that fit left out: their label was missing.")


class _LinearDiscriminantAnalysisColumns(_DecoderColumns):
    discriminantCol = param(
        "discriminantCol",
        "column of the position on the discriminant axes, or empty",
        to_string,
        "",
    )


class LinearDiscriminantAnalysisModel(_LinearDiscriminantAnalysisColumns, DecoderModel):
    """A fitted :class:`LinearDiscriminantAnalysis`."""

    _java_class = "org.neuroglia.spark.decoding.LinearDiscriminantAnalysisModel"

    priors_ = fitted("priors", "Probability of each class, shape (classes,).")
    means_ = fitted("means", "Mean of each class, shape (classes, neurons).")
    coef_ = fitted("coefficients", "Shape (classes, neurons), or (1, neurons) for two classes.")
    intercept_ = fitted("intercepts", "One per row of the coefficients.")
    explained_variance_ratio_ = fitted(
        "explainedVarianceRatio", "Share of the variance between classes along each axis, or None."
    )
    xbar_ = fitted(
        "xbar", "Mean of the class means, weighted by the priors, shape (neurons,); or None."
    )
    scalings_ = fitted("scalings", "Shape (neurons, axes), or None.")
    covariance_ = fitted("covariance", "Within classes, shape (neurons, neurons), or None.")


class LinearDiscriminantAnalysis(
    _LinearDiscriminantAnalysisColumns, _LabelParams, _PriorsParams, StageEstimator
):
    """Linear discriminant analysis with scikit-learn's parameters and numbers (1.9).

    Parameters
    ----------
    solver : {"svd", "lsqr", "eigen"}
        svd takes no shrinkage, lsqr has no discriminant axes.
    shrinkage : None, "auto" or float
        Of the covariance: Ledoit and Wolf's, or a number from 0 to 1.
    priors : array of float, shape (classes,), optional
        Probability of each class, in their order; default: their shares of the rows.
    n_components : int, optional
        Discriminant axes to keep; default: all, min(classes − 1, features).
    store_covariance : bool
        Of svd: whether the model has the covariance.
    tol : float
        Of svd: singular values up to it count as 0.
    discriminant_col : str
        Column of the position on the discriminant axes; default: none.
    label_col, features_col : str
        Columns of the labels, strings or numbers, and of the vectors.
    prediction_col, probability_col, raw_prediction_col : str
        Columns of the result; one named ``""`` is left out.

    Notes
    -----
    Features are vectors [neuron], one per row. Since scikit-learn 1.9 the solver svd divides the
    within-class covariance by n.
    Labels are strings or numbers, taken as they are. Rows without a label are left out of the fit.
    """

    _java_class = "org.neuroglia.spark.decoding.LinearDiscriminantAnalysis"
    _model_class = LinearDiscriminantAnalysisModel

    solver = param("solver", "svd, lsqr or eigen", to_string, "svd")
    shrinkage = param(
        "shrinkage", "none, auto (Ledoit and Wolf) or a number from 0 to 1", to_shrinkage, "none"
    )
    nComponents = param("nComponents", "number of discriminant axes to keep", to_positive_int)
    storeCovariance = param(
        "storeCovariance", "svd: whether the model has the covariance", to_bool, False
    )
    tol = param("tol", "svd: singular values up to it count as 0", to_float, 1e-4)

    def __init__(
        self,
        solver: str = "svd",
        shrinkage: Union[str, float, None] = None,
        priors: Optional[ArrayLike] = None,
        n_components: Optional[int] = None,
        store_covariance: bool = False,
        tol: float = 1e-4,
        *,
        discriminant_col: str = "",
        label_col: str = "label",
        features_col: str = "features",
        prediction_col: str = "prediction",
        probability_col: str = "probability",
        raw_prediction_col: str = "rawPrediction",
    ) -> None:
        super().__init__()
        self._new(locals())


class QuadraticDiscriminantAnalysisModel(DecoderModel):
    """A fitted :class:`QuadraticDiscriminantAnalysis`."""

    _java_class = "org.neuroglia.spark.decoding.QuadraticDiscriminantAnalysisModel"

    priors_ = fitted("priors", "Probability of each class, shape (classes,).")
    means_ = fitted("means", "Mean of each class, shape (classes, neurons).")
    covariance_ = fitted(
        "covariances", "Of each class, regularised, shape (classes, neurons, neurons); or empty."
    )


class QuadraticDiscriminantAnalysis(_DecoderColumns, _LabelParams, _PriorsParams, StageEstimator):
    """Quadratic discriminant analysis with scikit-learn's parameters and numbers (1.9).

    Parameters
    ----------
    priors : array of float, shape (classes,), optional
        Probability of each class, in their order; default: their shares of the rows.
    reg_param : float
        How far each covariance is drawn towards the identity, 0 to 1.
    store_covariance : bool
        Whether the model has the covariances.
    tol : float
        Eigenvalues of a covariance up to it count as 0.
    label_col, features_col : str
        Columns of the labels, strings or numbers, and of the vectors.
    prediction_col, probability_col, raw_prediction_col : str
        Columns of the result; one named ``""`` is left out.

    Notes
    -----
    The evidence is the logarithm of prior times density, but for a constant. A class with fewer rows
    than features needs ``reg_param`` above 0.
    Labels are strings or numbers, taken as they are. Rows without a label are left out of the fit.
    """

    _java_class = "org.neuroglia.spark.decoding.QuadraticDiscriminantAnalysis"
    _model_class = QuadraticDiscriminantAnalysisModel

    regParam = param(
        "regParam", "how far each covariance is drawn towards the identity, 0 to 1", to_float, 0.0
    )
    storeCovariance = param(
        "storeCovariance", "whether the model has the covariances", to_bool, False
    )
    tol = param("tol", "eigenvalues of a covariance up to it count as 0", to_float, 1e-4)

    def __init__(
        self,
        priors: Optional[ArrayLike] = None,
        reg_param: float = 0.0,
        store_covariance: bool = False,
        tol: float = 1e-4,
        *,
        label_col: str = "label",
        features_col: str = "features",
        prediction_col: str = "prediction",
        probability_col: str = "probability",
        raw_prediction_col: str = "rawPrediction",
    ) -> None:
        super().__init__()
        self._new(locals())


class GaussianNBModel(DecoderModel):
    """A fitted :class:`GaussianNB`."""

    _java_class = "org.neuroglia.spark.decoding.GaussianNBModel"

    class_prior_ = fitted("priors", "Probability of each class, shape (classes,).")
    theta_ = fitted("means", "Mean of each class, shape (classes, neurons).")
    var_ = fitted("variances", "Variance of each class, smoothed, shape (classes, neurons).")
    epsilon_ = fitted("epsilon", "What the smoothing added to each variance.")


class GaussianNB(_DecoderColumns, _LabelParams, _PriorsParams, StageEstimator):
    """Gaussian naive Bayes with scikit-learn's parameters and numbers.

    Parameters
    ----------
    priors : array of float, shape (classes,), optional
        Probability of each class, in their order; default: their shares of the rows.
    var_smoothing : float
        Share of the largest variance that is added to every variance.
    label_col, features_col : str
        Columns of the labels, strings or numbers, and of the vectors.
    prediction_col, probability_col, raw_prediction_col : str
        Columns of the result; one named ``""`` is left out.

    Notes
    -----
    Given the class, features are independent and normal. The evidence is the joint log-likelihood.
    Labels are strings or numbers, taken as they are. Rows without a label are left out of the fit.
    """

    _java_class = "org.neuroglia.spark.decoding.GaussianNB"
    _model_class = GaussianNBModel

    varSmoothing = param(
        "varSmoothing",
        "share of the largest variance that is added to every variance",
        to_float,
        1e-9,
    )

    def __init__(
        self,
        priors: Optional[ArrayLike] = None,
        var_smoothing: float = 1e-9,
        *,
        label_col: str = "label",
        features_col: str = "features",
        prediction_col: str = "prediction",
        probability_col: str = "probability",
        raw_prediction_col: str = "rawPrediction",
    ) -> None:
        super().__init__()
        self._new(locals())


class PoissonNBModel(DecoderModel):
    """A fitted :class:`PoissonNB`."""

    _java_class = "org.neuroglia.spark.decoding.PoissonNBModel"

    class_prior_ = fitted("priors", "Probability of each class, shape (classes,).")
    rates_ = fitted("rates", "Smoothed firing rates in spikes/s, shape (classes, neurons).")


class PoissonNB(_DecoderColumns, _LabelParams, _PriorsParams, StageEstimator):
    """Poisson naive Bayes, the Bayesian decoder of spike counts.

    Parameters
    ----------
    priors : array of float, shape (classes,), optional
        Probability of each class, in their order; default: their shares of the rows.
    bin_width : float
        Time that responses are counted over, in seconds.
    smoothing : float
        Is added to every firing rate, in spikes/s.
    uniform_prior : bool
        Whether every class is equally probable.
    label_col, features_col : str
        Columns of the labels, strings or numbers, and of the vectors.
    prediction_col, probability_col, raw_prediction_col : str
        Columns of the result; one named ``""`` is left out.

    Notes
    -----
    Features are counts: no StandardScaler comes before it, and negative ones are refused.
    Labels are strings or numbers, taken as they are. Rows without a label are left out of the fit.

    References
    ----------
    Zhang, Ginzburg, McNaughton and Sejnowski (1998), Interpreting neuronal population activity by
    reconstruction. Journal of Neurophysiology 79: 1017–1044.
    """

    _java_class = "org.neuroglia.spark.decoding.PoissonNB"
    _model_class = PoissonNBModel

    binWidth = param("binWidth", "time that responses are counted over, in seconds", to_float, 1.0)
    smoothing = param("smoothing", "is added to every firing rate, in spikes/s", to_float, 0.1)
    uniformPrior = param("uniformPrior", "whether every class is equally probable", to_bool, False)

    def __init__(
        self,
        priors: Optional[ArrayLike] = None,
        bin_width: float = 1.0,
        smoothing: float = 0.1,
        uniform_prior: bool = False,
        *,
        label_col: str = "label",
        features_col: str = "features",
        prediction_col: str = "prediction",
        probability_col: str = "probability",
        raw_prediction_col: str = "rawPrediction",
    ) -> None:
        super().__init__()
        self._new(locals())


class NearestCentroidModel(DecoderModel):
    """A fitted :class:`NearestCentroid`."""

    _java_class = "org.neuroglia.spark.decoding.NearestCentroidModel"

    centroids_ = fitted("centroids", "Mean of each class, shape (classes, neurons).")


class NearestCentroid(_DecoderColumns, _LabelParams, StageEstimator):
    """The class whose mean response is nearest, as scikit-learn's NearestCentroid predicts.

    Parameters
    ----------
    label_col, features_col : str
        Columns of the labels, strings or numbers, and of the vectors.
    prediction_col, probability_col, raw_prediction_col : str
        Columns of the result; one named ``""`` is left out.

    Notes
    -----
    The evidence is minus half the squared distance.
    Labels are strings or numbers, taken as they are. Rows without a label are left out of the fit.
    """

    _java_class = "org.neuroglia.spark.decoding.NearestCentroid"
    _model_class = NearestCentroidModel

    def __init__(
        self,
        *,
        label_col: str = "label",
        features_col: str = "features",
        prediction_col: str = "prediction",
        probability_col: str = "probability",
        raw_prediction_col: str = "rawPrediction",
    ) -> None:
        super().__init__()
        self._new(locals())


class MaximumCorrelationModel(DecoderModel):
    """A fitted :class:`MaximumCorrelation`."""

    _java_class = "org.neuroglia.spark.decoding.MaximumCorrelationModel"

    means_ = fitted("means", "Mean of each class, shape (classes, neurons).")


class MaximumCorrelation(_DecoderColumns, _LabelParams, StageEstimator):
    """The class whose mean response correlates best with the response over the neurons.

    Parameters
    ----------
    label_col, features_col : str
        Columns of the labels, strings or numbers, and of the vectors.
    prediction_col, probability_col, raw_prediction_col : str
        Columns of the result; one named ``""`` is left out.

    Notes
    -----
    The evidence is the correlation with each class, the probability a score with the right order.
    Labels are strings or numbers, taken as they are. Rows without a label are left out of the fit.

    References
    ----------
    Meyers (2013), The neural decoding toolbox. Frontiers in Neuroinformatics 7: 8.
    """

    _java_class = "org.neuroglia.spark.decoding.MaximumCorrelation"
    _model_class = MaximumCorrelationModel

    def __init__(
        self,
        *,
        label_col: str = "label",
        features_col: str = "features",
        prediction_col: str = "prediction",
        probability_col: str = "probability",
        raw_prediction_col: str = "rawPrediction",
    ) -> None:
        super().__init__()
        self._new(locals())


class RidgeClassifierModel(DecoderModel):
    """A fitted :class:`RidgeClassifier`."""

    _java_class = "org.neuroglia.spark.decoding.RidgeClassifierModel"

    coef_ = fitted("coefficients", "Shape (classes, neurons), or (1, neurons) for two classes.")
    intercept_ = fitted("intercepts", "One per row of the coefficients.")


class RidgeClassifier(_DecoderColumns, _LabelParams, StageEstimator):
    """Ridge regression to targets of ±1 with scikit-learn's parameters and numbers.

    Parameters
    ----------
    alpha : float
        Of the penalty alpha·|coefficients|², 0 or more.
    label_col, features_col : str
        Columns of the labels, strings or numbers, and of the vectors.
    prediction_col, probability_col, raw_prediction_col : str
        Columns of the result; one named ``""`` is left out.

    Notes
    -----
    The evidence is the value of each class's regression, the probability a score with the right
    order.
    Labels are strings or numbers, taken as they are. Rows without a label are left out of the fit.
    """

    _java_class = "org.neuroglia.spark.decoding.RidgeClassifier"
    _model_class = RidgeClassifierModel

    alpha = param("alpha", "of the penalty alpha·|coefficients|², 0 or more", to_float, 1.0)

    def __init__(
        self,
        alpha: float = 1.0,
        *,
        label_col: str = "label",
        features_col: str = "features",
        prediction_col: str = "prediction",
        probability_col: str = "probability",
        raw_prediction_col: str = "rawPrediction",
    ) -> None:
        super().__init__()
        self._new(locals())


class _KNeighborsClassifierColumns(_DecoderColumns):
    nNeighbors = param("nNeighbors", "how many training events vote", to_int, 5)
    weights = param("weights", "uniform, or distance: inverse to it", to_string, "uniform")
    p = param("p", "power of the Minkowski distance", to_float, 2.0)
    neighborsCol = param(
        "neighborsCol", "column of the nearest training events, or empty", to_string, ""
    )
    distancesCol = param(
        "distancesCol", "column of the distances to these, or empty", to_string, ""
    )


class KNeighborsClassifierModel(_KNeighborsClassifierColumns, DecoderModel):
    """A fitted :class:`KNeighborsClassifier`."""

    _java_class = "org.neuroglia.spark.decoding.KNeighborsClassifierModel"

    n_samples_fit_ = fitted("trainedRows", "Number of training rows.")


class KNeighborsClassifier(_KNeighborsClassifierColumns, _LabelParams, StageEstimator):
    """A vote of the training events that are nearest, with scikit-learn's parameters.

    Parameters
    ----------
    n_neighbors : int
        How many training events vote.
    weights : {"uniform", "distance"}
        With distance, a vote counts the inverse of its distance.
    p : float
        Power of the Minkowski distance: 1, 2, any above 0, infinity.
    event_col : str
        Column of the event's number, which decides between events at the same distance.
    neighbors_col : str
        Column of the nearest training events, the nearest first; default: none.
    distances_col : str
        Column of the distances to these; default: none.
    label_col, features_col : str
        Columns of the labels, strings or numbers, and of the vectors.
    prediction_col, probability_col, raw_prediction_col : str
        Columns of the result; one named ``""`` is left out.

    Notes
    -----
    By brute force: the model keeps every training row. The evidence is the sum of the votes.
    Labels are strings or numbers, taken as they are. Rows without a label are left out of the fit.
    """

    _java_class = "org.neuroglia.spark.decoding.KNeighborsClassifier"
    _model_class = KNeighborsClassifierModel

    eventCol = param("eventCol", "column of the event's number", to_string, "event")

    def __init__(
        self,
        n_neighbors: int = 5,
        weights: str = "uniform",
        p: float = 2.0,
        *,
        event_col: str = "event",
        neighbors_col: str = "",
        distances_col: str = "",
        label_col: str = "label",
        features_col: str = "features",
        prediction_col: str = "prediction",
        probability_col: str = "probability",
        raw_prediction_col: str = "rawPrediction",
    ) -> None:
        super().__init__()
        self._new(locals())


class ClassificationEvaluator(JavaStage, JavaEvaluator):
    """How often a decoder is right, for labels of any type.

    Parameters
    ----------
    metric_name : {"accuracy", "balancedAccuracy"}
        The share of rows whose prediction is their label, or the mean over classes of that share.
    label_col, prediction_col : str
        Columns of the labels, strings or numbers, and of the predictions.

    Notes
    -----
    Rows without a label are left out; a row without a prediction is wrong. Works as the evaluator
    of ``pyspark.ml.tuning.CrossValidator``.

    Examples
    --------
    >>> ClassificationEvaluator(label_col="image_id").evaluate(decoded)
    """

    _java_class = "org.neuroglia.spark.decoding.ClassificationEvaluator"

    labelCol = param("labelCol", "column of the labels, strings or numbers", to_string, "label")
    predictionCol = param(
        "predictionCol", "column of the predicted labels", to_string, "prediction"
    )
    metricName = param("metricName", "accuracy or balancedAccuracy", to_string, "accuracy")

    def __init__(
        self,
        metric_name: str = "accuracy",
        *,
        label_col: str = "label",
        prediction_col: str = "prediction",
    ) -> None:
        super().__init__()
        self._new(locals())

    def evaluate(self, dataset: Table, params: Optional[dict] = None) -> float:
        """The metric, from 0 to 1; runs one job."""
        return super().evaluate(self._input(dataset), params)

    def isLargerBetter(self) -> bool:
        """True: a larger metric is better."""
        return True
