"""The pictures of the notebooks: arrays in, axes out.

Colours are those of Okabe and Ito, which people tell apart whatever their colour vision, and
matplotlib's ``cividis``, which also prints in grey. Every function draws into the axes that it is
given and returns them.
"""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.ticker import MaxNLocator

#: Okabe and Ito, "Color Universal Design", 2008; black and yellow are left out.
COLOURS = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9"]
GREY = "#808080"

#: The 97.5 % quantiles of Student's t for 1 to 10 degrees of freedom, and that of the normal.
_STUDENT = [12.7062, 4.3027, 3.1824, 2.7764, 2.5706, 2.4469, 2.3646, 2.3060, 2.2622, 2.2281]
_NORMAL = 1.95996


def style():
    """Sets matplotlib's defaults: thin frames without boxes, text that can be read."""
    plt.rcParams.update(
        {
            "axes.spines.top": False,
            "axes.spines.right": False,
            "axes.prop_cycle": plt.cycler(color=COLOURS),
            "axes.titlesize": "medium",
            "axes.titlelocation": "left",
            "figure.constrained_layout.use": True,
            "figure.dpi": 110,
            "font.size": 9,
            "image.cmap": "cividis",
            "legend.frameon": False,
        }
    )


def half_width_95(values):
    """Half the width of the 95 % confidence interval of a mean, by Student's t.

    Parameters
    ----------
    values : array, shape (n,) or (n, …)
        One number, or row, for each of what the mean is over.
    """
    values = np.asarray(values, float)
    freedom = len(values) - 1
    if freedom < 1:
        return np.full(values.shape[1:], np.nan)[()]
    if freedom <= len(_STUDENT):
        t = _STUDENT[freedom - 1]
    else:  # Abramowitz and Stegun, 26.7.5
        z = _NORMAL
        t = z + (z**3 + z) / (4 * freedom) + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * freedom**2)
    return t * values.std(axis=0, ddof=1) / np.sqrt(len(values))


def raster(trains, start, stop, ax, colours=None):
    """A row of ticks per neuron.

    Parameters
    ----------
    trains : sequence of arrays of float
        Spike times of each neuron, in seconds.
    start, stop : float
        What is shown, in seconds.
    ax : Axes
    colours : sequence, optional
        A colour per neuron.
    """
    shown = [train[(train >= start) & (train < stop)] for train in map(np.asarray, trains)]
    ax.eventplot(
        shown,
        colors="black" if colours is None else list(colours),
        linewidths=0.8,
        linelengths=0.85,
    )
    ax.set(xlim=(start, stop), ylim=(-1, len(shown)), xlabel="time (s)", ylabel="neuron")
    return ax


def shade(times, stops, ax, labels=None):
    """Marks when something was shown: every other one on grey, with its name above."""
    left, right = ax.get_xlim()
    for i, (start, stop) in enumerate(zip(times, stops)):
        if i % 2 == 0:
            ax.axvspan(start, stop, color="black", alpha=0.07, linewidth=0)
        middle = (max(start, left) + min(stop, right)) / 2
        if labels is not None and left < middle < right:
            ax.annotate(
                str(labels[i]),
                (middle, 1),
                xycoords=("data", "axes fraction"),
                ha="center",
                va="bottom",
                fontsize="small",
            )
    ax.set_xlim(left, right)
    return ax


def psth(edges, counts, ax, label=None, colour=None):
    """Peri-stimulus time histogram: mean firing rate with its 95 % confidence band, bin by bin.

    Parameters
    ----------
    edges : array of float, shape (bins + 1,)
        Seconds relative to the event.
    counts : array, shape (events, bins)
        Spikes of one neuron in each bin.
    """
    rates = np.asarray(counts, float) / np.diff(edges)
    centres = (edges[:-1] + edges[1:]) / 2
    mean = rates.mean(axis=0)
    error = half_width_95(rates)
    (line,) = ax.plot(centres, mean, color=colour, label=label)
    ax.fill_between(
        centres,
        mean - error,
        mean + error,
        color=line.get_color(),
        alpha=0.25,
        linewidth=0,
    )
    ax.axvline(0, color=GREY, linewidth=0.8)
    ax.set(xlabel="time from the event (s)", ylabel="firing rate (spikes/s)", xlim=edges[[0, -1]])
    top = np.max(mean + error)
    ax.set_ylim(0, max(1.05 * top, ax.get_ylim()[1]))
    ax.xaxis.set_major_locator(MaxNLocator(6))
    return ax


def heat_map(edges, responses, order_by, window, ax, label="firing rate (z-score)"):
    """The population: a row per neuron, standardised, those that rise most at the top.

    Parameters
    ----------
    edges : array of float, shape (bins + 1,)
        Seconds relative to the event.
    responses : array, shape (bins, neurons)
        Means over events, in any unit.
    order_by : array, shape (bins, neurons)
        Means over other events, which order the neurons: sorted by what is shown, even noise would
        look like a response.
    window : pair of float
        When neurons are expected to rise, in seconds relative to the event.
    """
    shown, other = _standardised(responses), _standardised(order_by)
    inside = (edges[:-1] >= window[0]) & (edges[:-1] < window[1])
    order = np.argsort(-other[inside].mean(axis=0), kind="stable")
    neurons = np.arange(len(order) + 1)
    image = ax.pcolormesh(edges, neurons, shown[:, order].T, cmap="PuOr_r", vmin=-3, vmax=3)
    ax.axvline(0, color="black", linewidth=0.8)
    ax.set(xlabel="time from the event (s)", ylabel="neuron, by its response")
    ax.xaxis.set_major_locator(MaxNLocator(5, steps=[1, 2, 5, 10]))
    ax.invert_yaxis()
    ax.figure.colorbar(image, ax=ax, label=label, shrink=0.8)
    return ax


def _standardised(responses):
    """Each neuron in standard deviations from its mean; a constant one is 0."""
    responses = np.asarray(responses, float)
    deviation = responses.std(axis=0)
    return (responses - responses.mean(axis=0)) / np.where(deviation > 0, deviation, 1)


def confusion_matrix(true, predicted, ax, what="label", top=1.0):
    """How often each class was taken for each: rows are what was true, and add up to 1.

    Parameters
    ----------
    true, predicted : arrays, shape (events,)
        Labels.
    what : str
        What the labels are, for the axes.
    top : float
        The share at which the colours end: less than 1 for many classes, whose cells are small.
    """
    classes, positions = np.unique(np.concatenate([true, predicted]), return_inverse=True)
    counts = np.zeros((len(classes), len(classes)))
    np.add.at(counts, tuple(positions.reshape(2, -1)), 1)
    shares = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    image = ax.imshow(shares, vmin=0, vmax=top, interpolation="nearest")
    ticks = np.arange(
        0, len(classes), next(s for s in (1, 5, 10, 20, 50, 1000) if len(classes) <= 10 * s)
    )
    names = [f"{c:g}" if isinstance(c, (float, np.floating)) else str(c) for c in classes]
    ax.set_xticks(ticks, [names[i] for i in ticks])
    ax.set_yticks(ticks, [names[i] for i in ticks])
    ax.set(xlabel=f"decoded {what}", ylabel=f"true {what}")
    ax.spines[:].set_visible(False)
    beyond = "max" if shares.max() > top else "neither"
    ax.figure.colorbar(image, ax=ax, label="share of events", shrink=0.8, extend=beyond)
    return ax


def over_time(times, accuracy, ax, label=None, colour=None, error=None):
    """Decoding accuracy in windows around the event.

    Parameters
    ----------
    times : array of float, shape (windows,)
        Middle of each window, in seconds relative to the event.
    accuracy : array, shape (windows,)
    error : array, shape (windows,), optional
        Half the width of a confidence interval.
    """
    (line,) = ax.plot(times, accuracy, marker="o", markersize=3, color=colour, label=label)
    if error is not None:
        ax.fill_between(
            times,
            np.asarray(accuracy) - error,
            np.asarray(accuracy) + error,
            color=line.get_color(),
            alpha=0.2,
            linewidth=0,
        )
    ax.set(xlabel="middle of the window, from the event (s)", ylabel="accuracy")
    return ax


def chance_line(chance, ax):
    """What guessing gives."""
    ax.axhline(chance, color=GREY, linestyle="--", linewidth=0.8)
    ax.annotate(
        "chance",
        (1, chance),
        xycoords=("axes fraction", "data"),
        xytext=(3, 0),
        textcoords="offset points",
        va="center",
        color=GREY,
        fontsize="small",
    )
    return ax


def by_group(groups, ax, ylabel="accuracy", seed=0):
    """A dot per session, and the mean with its 95 % confidence interval, group by group.

    Parameters
    ----------
    groups : dict of str to array of float
        The values of each group, such as the accuracies of an area; drawn in this order.
    seed : int
        Of the sideways jitter that keeps dots apart.
    """
    jitter = np.random.default_rng(seed)
    for i, (values, colour) in enumerate(zip(map(np.asarray, groups.values()), _cycle(groups))):
        side = jitter.uniform(-0.18, 0.18, len(values))
        ax.plot(i + side, values, "o", color=colour, alpha=0.5, markersize=4, markeredgewidth=0)
        ax.errorbar(
            i,
            values.mean(),
            yerr=half_width_95(values),
            fmt="_",
            color="black",
            markersize=18,
            capsize=3,
        )
    ax.set_xticks(range(len(groups)), list(groups))
    ax.set(xlim=(-0.6, len(groups) - 0.4), ylabel=ylabel)
    return ax


def _cycle(items):
    return [COLOURS[i % len(COLOURS)] for i in range(len(items))]


def against_null(null, decoded, ax, xlabel="accuracy"):
    """The distribution under null labels, and what was decoded.

    Parameters
    ----------
    null : array of float, shape (permutations,)
        Accuracies with labels that cannot be known.
    decoded : float
        Accuracy with the true ones.
    """
    ax.hist(null, bins=20, color=GREY, alpha=0.6, label="null labels")
    ax.axvline(decoded, color=COLOURS[1], linewidth=1.5, label="true labels")
    ax.set(xlabel=xlabel, ylabel="permutations")
    ax.legend()
    return ax
