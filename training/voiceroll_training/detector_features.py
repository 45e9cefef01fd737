"""The detector's front end, as `core/src/audio/vad/features.rs` computes it."""

from __future__ import annotations

import numpy as np

from .detector_pack import RATE

HOP = 256
"""Samples of one frame: 16 ms."""
WINDOW = 512
"""Samples that are looked at for one frame, centred on it."""
BANDS = 40
LOWEST_HZ = 40.0
HIGHEST_HZ = 7800.0
NEAR = 125
"""Frames to each side over which the level is averaged: 2 s."""
RANGE = 1e-6
"""What is softer than the level nearby by 60 dB counts as silence."""
SILENCE = 1e-11
"""Power density below the rounding of 16 bits."""


def filters() -> np.ndarray:
    """Triangles on the HTK mel scale, each with area 1; shape (257, 40)."""
    mel = np.linspace(2595 * np.log10(1 + LOWEST_HZ / 700), 2595 * np.log10(1 + HIGHEST_HZ / 700), BANDS + 2)
    edges = 700 * (10 ** (mel / 2595) - 1)
    hz = np.arange(WINDOW // 2 + 1)[:, None] * RATE / WINDOW
    left, centre, right = edges[:-2], edges[1:-1], edges[2:]
    weights = np.maximum(np.minimum((hz - left) / (centre - left), (right - hz) / (right - centre)), 0)
    return (weights / weights.sum(axis=0)).astype(np.float32)


FILTERS = filters()
HANN = (0.5 - 0.5 * np.cos(2 * np.pi * np.arange(WINDOW) / WINDOW)).astype(np.float32)


def energies(samples: np.ndarray) -> np.ndarray:
    """Power density in each band, for each whole frame; shape (frames, 40)."""
    frames = len(samples) // HOP
    padded = np.concatenate((np.zeros(HOP // 2, np.float32), samples.astype(np.float32), np.zeros(WINDOW, np.float32)))
    windows = np.lib.stride_tricks.sliding_window_view(padded, WINDOW)[::HOP][:frames]
    spectrum = np.fft.rfft(windows * HANN, axis=1)
    power = (spectrum.real**2 + spectrum.imag**2).astype(np.float32)
    return power @ FILTERS / float(np.sum(HANN**2))


def features(samples: np.ndarray) -> np.ndarray:
    """Log energies relative to the mean energy within 2 s; shape (frames, 40), no unit."""
    energy = energies(samples)
    sums = np.concatenate(([0.0], np.cumsum(energy.mean(axis=1, dtype=np.float64))))
    at = np.arange(len(energy))
    first, last = np.maximum(at - NEAR, 0), np.minimum(at + NEAR + 1, len(energy))
    near = ((sums[last] - sums[first]) / np.maximum(last - first, 1))[:, None] + SILENCE
    return np.log(energy / near + RANGE).astype(np.float32)
