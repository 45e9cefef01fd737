"""Speech with its truth, and noises, read from the packs in `shared/voices`."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile
import soxr

RATE = 16_000
STEP = 160
"""Samples of one step of the truth: 10 ms."""

BELOW_ACTIVE_DB = 24.0
"""Speech is at most this much softer than the mean of the file. Chosen so that the truth agrees
with the phrase borders in `truth.jsonl` of the pack `enroll`, which stand 60 ms outside speech."""

ABOVE_FLOOR_DB = 8.0
"""Speech stands this much above the file's own floor, where that is louder."""

CLOSED = 12
"""Gaps up to 120 ms inside speech are speech."""


@dataclass(frozen=True)
class Phrase:
    """A stretch of speech: samples at 16 kHz, and the truth, one flag for each 10 ms."""

    samples: np.ndarray
    spoken: np.ndarray


def read(path: Path) -> np.ndarray:
    """A recording as 16 kHz mono float32, -1 to 1."""
    samples, rate = soundfile.read(path, dtype="float32", always_2d=True)
    return soxr.resample(samples.mean(axis=1), rate, RATE).astype(np.float32) if rate != RATE else samples.mean(axis=1)


def manifest(folder: Path) -> list[dict]:
    return [json.loads(line) for line in (folder / "manifest.jsonl").read_text().splitlines()]


def decibels(samples: np.ndarray) -> np.ndarray:
    """Power of each whole step of 10 ms, in dB re full scale."""
    steps = samples[: len(samples) // STEP * STEP].reshape(-1, STEP)
    return 10 * np.log10((steps.astype(np.float64) ** 2).mean(axis=1) + 1e-12)


def loud(samples: np.ndarray) -> np.ndarray:
    """Which steps of a file that is nearly all speech are speech by their level."""
    level = decibels(samples)
    active = 10 * np.log10(np.mean(10 ** (level / 10)) + 1e-12)
    floor = np.percentile(level, 2)
    return level > min(max(active - BELOW_ACTIVE_DB, floor + ABOVE_FLOOR_DB), active - 14.0)


def closed(flags: np.ndarray, gap: int) -> np.ndarray:
    """The flags with gaps of at most `gap` steps between set ones filled."""
    result = flags.copy()
    at = np.flatnonzero(flags)
    for left, right in zip(at[:-1], at[1:], strict=True):
        if 1 < right - left <= gap + 1:
            result[left:right] = True
    return result


def phrases(samples: np.ndarray, rng: np.random.Generator, shortest: float = 0.4, longest: float = 5.0) -> list[Phrase]:
    """Cuts a file in the middle of its gaps into phrases of random length, in seconds."""
    raw = loud(samples)
    truth = closed(raw, CLOSED)
    edges = np.flatnonzero(np.diff(np.concatenate(([1], raw.astype(np.int8), [1]))))
    gaps = [(a, b) for a, b in zip(edges[::2], edges[1::2], strict=False) if b - a >= 6]
    cuts = [(a + b) // 2 for a, b in gaps if 0 < a and b < len(raw)]
    found, start = [], 0
    wanted = rng.uniform(shortest, longest)
    for cut in [*cuts, len(raw)]:
        if (cut - start) * STEP >= wanted * RATE or cut == len(raw):
            if truth[start:cut].sum() >= 15:
                found.append(Phrase(faded(samples[start * STEP : cut * STEP]), trimmed(truth[start:cut], raw[start:cut])))
            start = cut
            wanted = np.exp(rng.uniform(np.log(shortest), np.log(longest)))
    return found


def levelled(found: list[Phrase], softest_db: float = -12.0) -> list[Phrase]:
    """One voice's phrases with its median active level at 1, without much softer ones.

    Those are breaths and other remains: brought to one level each, they would pass for speech.
    """
    active = [float(np.mean(p.samples[: len(p.spoken) * STEP].reshape(-1, STEP)[p.spoken].astype(np.float64) ** 2)) for p in found]
    median = float(np.median(active)) + 1e-12
    least = median * 10 ** (softest_db / 10)
    return [Phrase(p.samples / np.float32(np.sqrt(median)), p.spoken) for p, power in zip(found, active, strict=True) if power >= least]


def trimmed(truth: np.ndarray, raw: np.ndarray) -> np.ndarray:
    """The truth without what a gap that was cut through has left at the ends."""
    at = np.flatnonzero(raw)
    result = truth.copy()
    result[: at[0]] = False
    result[at[-1] + 1 :] = False
    return result


def faded(samples: np.ndarray, fade: int = 80) -> np.ndarray:
    """A copy that comes and goes within 5 ms."""
    result = samples.astype(np.float32).copy()
    ramp = np.linspace(0, 1, fade, dtype=np.float32)
    result[:fade] *= ramp
    result[-fade:] *= ramp[::-1]
    return result


def noises(folder: Path, split: str) -> list[np.ndarray]:
    """The pack's noises of one split, one array for each original recording of at least a second."""
    found = []
    for line in manifest(folder):
        if line["kind"] == "noise" and line["split"] == split:
            samples = read(folder / line["path"])
            parts = [samples[int(a * RATE) : int(b * RATE)] for a, b in line["segments"]]
            found.extend(part for part in parts if len(part) >= RATE)
    return found


def rooms(folder: Path, split: str) -> list[np.ndarray]:
    """Impulse responses of one split, the direct sound first, with energy 1."""
    found = []
    for line in manifest(folder):
        if line["kind"] == "ir" and line["split"] == split and line["type"] == "room":
            response = read(folder / line["path"])
            response = response[max(int(np.argmax(np.abs(response))) - 16, 0) :]
            found.append((response / np.sqrt(np.sum(response**2) + 1e-12)).astype(np.float32))
    return found
