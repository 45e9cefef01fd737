"""The same voice, raised or lowered: pitch changes, the vocal tract does not.

People speak higher on a loudspeaker telephone than with a handset at the ear, and otherwise in one chapter than in
the next. Pitch-synchronous overlap and add: Moulines and Charpentier, Speech Communication 9 (1990).
"""

import numpy as np
from scipy.ndimage import median_filter

from .audio import SAMPLE_RATE

LOWEST_HZ, HIGHEST_HZ = 65.0, 420.0
HOP = 160
WINDOW = 800
VOICED = 0.5
"""Least normalised autocorrelation of a voiced frame."""
SHORT_PERIODS = 0.02
"""What a period an octave longer must add to the autocorrelation to be believed."""


def periods(speech: np.ndarray) -> np.ndarray:
    """Samples in one period of the voice, for every hop; 0 where there is no voice."""
    shortest, longest = int(SAMPLE_RATE / HIGHEST_HZ), int(SAMPLE_RATE / LOWEST_HZ)
    padded = np.pad(speech.astype(np.float32), (WINDOW // 2, WINDOW))
    frames = np.lib.stride_tricks.sliding_window_view(padded, WINDOW)[::HOP][: len(speech) // HOP + 1]
    found = np.zeros(len(frames))
    window = np.hanning(WINDOW).astype(np.float32)
    spread = np.fft.irfft(np.abs(np.fft.rfft(window, 2 * WINDOW)) ** 2)[: longest + 1]
    cost = SHORT_PERIODS * np.log2(np.arange(1, longest + 2) / shortest)
    for start in range(0, len(frames), 2048):
        part = frames[start : start + 2048]
        part = (part - part.mean(1, keepdims=True)) * window
        alike = np.fft.irfft(np.abs(np.fft.rfft(part, 2 * WINDOW)) ** 2, axis=1)[:, : longest + 1]
        alike = alike / (alike[:, :1] + 1e-9) / (spread / spread[0])
        best = shortest + np.argmax((alike - cost[: longest + 1])[:, shortest:], axis=1)
        found[start : start + 2048] = np.where(alike[np.arange(len(part)), best] > VOICED, best, 0)
    found = median_filter(found, 5)
    return found


def marks(speech: np.ndarray, period: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Where the periods are, at their largest swings, and how long each is; every 8 ms where there is no voice."""
    at, where, length = 0, [], []
    while at < len(speech):
        here = int(period[min(at // HOP, len(period) - 1)])
        step = here or 128
        if here:
            low, high = max(0, at - here // 4), min(len(speech), at + here // 4 + 1)
            peak = low + int(np.argmax(speech[low:high]))
            at = peak if not where or peak > where[-1] + here // 2 else at
        where.append(at)
        length.append(step)
        at += step
    return np.array(where), np.array(length)


def raised(speech: np.ndarray, random: np.random.Generator, lowest: float, highest: float) -> np.ndarray:
    """The speech with its pitch times a factor between the two, drawn anew every few seconds."""
    period = periods(speech)
    where, length = marks(speech, period)
    out, weight = np.zeros(len(speech) + 2 * WINDOW), np.zeros(len(speech) + 2 * WINDOW)
    source = np.pad(speech.astype(np.float64), WINDOW)
    windows = {size: np.hanning(2 * size + 1) for size in np.unique(length)}
    at, turn, factor = 0.0, 0.0, 1.0
    while at < len(speech):
        if at >= turn:
            factor = float(np.exp(random.uniform(np.log(lowest), np.log(highest))))
            turn = at + random.uniform(2, 6) * SAMPLE_RATE
        n = int(np.searchsorted(where, at))
        n = min(n, len(where) - 1)
        if n and at - where[n - 1] < where[n] - at:
            n -= 1
        size, centre, here = int(length[n]), int(where[n]) + WINDOW, int(at) + WINDOW
        window = windows[size]
        out[here - size : here + size + 1] += window * source[centre - size : centre + size + 1]
        weight[here - size : here + size + 1] += window
        voiced = period[min(int(where[n]) // HOP, len(period) - 1)] > 0
        at += size / factor if voiced else size
    inside = slice(WINDOW, WINDOW + len(speech))
    return (out[inside] / np.maximum(weight[inside], 0.3)).astype(np.float32)
