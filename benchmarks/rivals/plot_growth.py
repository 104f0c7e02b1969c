"""Seconds over spikes, log–log: plot_growth.py GROWTH.json FILE.svg"""

import json
import sys

import matplotlib

matplotlib.use("Agg")
matplotlib.rcParams["svg.hashsalt"] = "growth"  # the same figure is the same file
import matplotlib.pyplot as plt  # noqa: E402


def main(source, target):
    with open(source) as file:
        growth = json.load(file)
    figure, axes = plt.subplots(figsize=(7, 4.6), layout="constrained")
    markers = iter("osD^v")
    for label, points in growth.items():
        axes.loglog(
            [point["spikes"] for point in points],
            [point["seconds"] for point in points],
            marker=next(markers),
            label=label,
            linestyle="-" if label.startswith("sampler") else "--",
        )
    axes.set_xlabel("spikes")
    axes.set_ylabel("seconds, 2 cores")
    axes.set_title("Packed Parquet into tensor rows, 5,950 events × 24 bins")
    for ticks in (axes.yaxis.set_major_formatter, axes.yaxis.set_minor_formatter):
        ticks("{x:g}")
    axes.grid(which="both", alpha=0.25)
    axes.legend(frameon=False)
    figure.savefig(target, metadata=None if target.endswith("png") else {"Date": None})


main(*sys.argv[1:])
