"""Audio files to 16 kHz mono, and the lists that describe them."""

import json
from pathlib import Path

import numpy as np
import soundfile
import soxr

SAMPLE_RATE = 16_000
LEVEL = 0.05
"""The RMS that speech is brought to."""


def read(path: Path) -> np.ndarray:
    """The file as float32 samples at 16 kHz, -1 to 1; the mean of its channels."""
    samples, rate = soundfile.read(path, dtype="float32", always_2d=True)
    mono = samples.mean(axis=1)
    return mono if rate == SAMPLE_RATE else soxr.resample(mono, rate, SAMPLE_RATE).astype(np.float32)


def read_lines(path: Path) -> list[dict]:
    """The records of a file with one JSON object per line."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def level(samples: np.ndarray, rms: float = LEVEL) -> np.ndarray:
    """The samples, scaled to an RMS."""
    return samples * (rms / (float(np.sqrt(np.mean(np.square(samples)))) + 1e-6))


def to_int16(samples: np.ndarray) -> np.ndarray:
    return (np.clip(samples, -1, 1) * 32_767).astype(np.int16)
