"""A made-up two-photon microscope: what a calcium indicator would show of spikes."""

import numpy as np
import pandas as pd


def fluorescence(counts, sampling_rate, decay=0.6, transient=0.15, noise=0.06, seed=1):
    """Relative fluorescence (dF/F) of neurons that spike.

    Parameters
    ----------
    counts : DataFrame of pandas, shape (samples, neurons)
        Spikes of each neuron in each frame; the index is the time of the frame in seconds.
    sampling_rate : float
        Frames per second.
    decay : float
        Seconds in which a transient falls to 1/e; 0.6 is about that of GCaMP6f in cortex.
    transient : float
        What a spike adds.
    noise : float
        Standard deviation of the white noise.
    seed : int
        Of the noise.

    Returns
    -------
    DataFrame of pandas, shape (samples, neurons)
        neuroglia's shape of traces: time is the index, a column per neuron.
    """
    kept = np.exp(-1 / (decay * sampling_rate))
    calcium = transient * counts.to_numpy(float)
    for t in range(1, len(calcium)):
        calcium[t] += kept * calcium[t - 1]
    calcium += noise * np.random.default_rng(seed).standard_normal(calcium.shape)
    return pd.DataFrame(calcium, index=counts.index, columns=counts.columns)
