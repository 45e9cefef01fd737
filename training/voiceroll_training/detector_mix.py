"""Mixtures whose truth is known: phrases with pauses, rooms, sounds, microphones, codecs."""

from __future__ import annotations

import io
from dataclasses import dataclass

import numpy as np
import soundfile
import soxr
from scipy import signal

from .detector_features import HOP
from .detector_pack import CLOSED, RATE, STEP, Phrase, closed

Rng = np.random.Generator
LEAST_PAUSE = 30
"""Steps of 10 ms: shorter pauses count as speech in the detector's answer."""


@dataclass
class Clip:
    """A mixture at 16 kHz and its truth: one flag for each 10 ms, gaps up to 120 ms closed."""

    samples: np.ndarray
    spoken: np.ndarray

    def targets(self) -> tuple[np.ndarray, np.ndarray]:
        """For each frame of 16 ms the share of it that is speech, and its weight in training."""
        frames = len(self.samples) // HOP
        doubtful = closed(self.spoken, LEAST_PAUSE - 1) & ~self.spoken
        return averaged(self.spoken, frames), 1 - 0.7 * averaged(doubtful, frames)


def averaged(flags: np.ndarray, frames: int) -> np.ndarray:
    """Flags of 10 ms as shares of frames of 16 ms."""
    fine = np.repeat(flags.astype(np.float32), STEP // 32)
    fine = np.pad(fine, (0, max(frames * HOP // 32 - len(fine), 0)))[: frames * HOP // 32]
    return fine.reshape(frames, HOP // 32).mean(axis=1)


def power(samples: np.ndarray) -> float:
    return float(np.mean(samples.astype(np.float64) ** 2)) + 1e-20


def speech_track(rng: Rng, speakers: list[list[Phrase]], seconds: float) -> tuple[np.ndarray, np.ndarray]:
    """Phrases of some speakers in turn, active level 1, with pauses; samples and truth."""
    count = int(seconds * RATE)
    samples, spoken = np.zeros(count, np.float32), np.zeros(count // STEP, bool)
    pause = np.exp(rng.uniform(np.log(0.08), np.log(2.5)))
    levels = [10 ** (rng.choice([0.0, rng.uniform(-12, 0)]) / 20) for _ in speakers]
    speeds = [rng.choice([1.0, rng.uniform(0.85, 1.2)]) for _ in speakers]
    step = int(rng.exponential(pause) * 100)
    who = 0
    while step < len(spoken):
        if rng.random() < 0.25:
            who = int(rng.integers(len(speakers)))
        phrase = speakers[who][rng.integers(len(speakers[who]))]
        sound, truth = phrase.samples, phrase.spoken
        if speeds[who] != 1.0:
            sound = soxr.resample(sound, RATE * speeds[who], RATE, quality="LQ").astype(np.float32)
            truth = truth[np.minimum((np.arange(len(sound) // STEP) * speeds[who]).astype(int), len(truth) - 1)]
        fit = min(len(truth), len(spoken) - step)
        level = levels[who] * 10 ** (rng.normal(0, 1.5) / 20)
        samples[step * STEP : (step + fit) * STEP] += level * sound[: fit * STEP]
        spoken[step : step + fit] |= truth[:fit]
        if rng.random() < 0.03:
            step += fit // 2
        else:
            step += fit + int(min(rng.gamma(1.2, pause), 8.0) * 100)
    return samples, closed(spoken, CLOSED)


def synthetic_room(rng: Rng) -> np.ndarray:
    """Direct sound, some reflections and a decaying tail; energy 1."""
    t60 = np.exp(rng.uniform(np.log(0.08), np.log(0.9)))
    at = np.arange(int(min(t60, 0.8) * RATE)) / RATE
    tail = rng.standard_normal(len(at)) * np.exp(-6.9 * at / t60)
    tail[: int(rng.uniform(0.001, 0.02) * RATE)] *= 0.1
    tail = signal.lfilter([1], [1, -rng.uniform(0, 0.6)], tail)
    tail *= 10 ** (-rng.uniform(-3, 18) / 20) / np.sqrt(np.sum(tail**2))
    tail[0] += 1
    return (tail / np.sqrt(np.sum(tail**2))).astype(np.float32)


def placed(rng: Rng, samples: np.ndarray, rooms: list[np.ndarray]) -> np.ndarray:
    """The samples in a measured or a made-up room."""
    room = rooms[rng.integers(len(rooms))] if rng.random() < 0.35 else synthetic_room(rng)
    return signal.fftconvolve(samples, room)[: len(samples)].astype(np.float32)


def equalised(rng: Rng, samples: np.ndarray, depth: float) -> np.ndarray:
    """The samples through a smooth random curve of up to `depth` dB each way, sometimes with limits."""
    spectrum = np.fft.rfft(samples)
    hz = np.linspace(1, RATE / 2, len(spectrum))
    knots = np.log(np.array([30, 100, 300, 800, 2000, 4000, 8000]))
    gain = np.interp(np.log(hz), knots, rng.uniform(-depth, depth, len(knots)))
    if rng.random() < 0.4:
        gain -= 12 * np.log2(np.maximum(rng.uniform(50, 350) / hz, 1))
    if rng.random() < 0.3:
        gain -= 24 * np.log2(np.maximum(hz / np.exp(rng.uniform(np.log(2500), np.log(7500))), 1))
    return np.fft.irfft(spectrum * 10 ** (gain / 20), len(samples)).astype(np.float32)


CODECS = (
    ("MP3", "MPEG_LAYER_III", (16000, 22050, 44100, 8000)),
    ("OGG", "OPUS", (8000, 16000, 48000)),
    ("OGG", "VORBIS", (16000, 44100)),
    ("WAV", "GSM610", (8000,)),
    ("WAV", "ULAW", (8000,)),
    ("WAV", "ALAW", (8000,)),
    ("WAV", "IMA_ADPCM", (8000, 16000)),
)


def coded(samples: np.ndarray, container: str, codec: str, rate: int, effort: float) -> np.ndarray:
    """The samples as a codec gives them back, in step with what went in. `effort`: 0 good, 1 poor."""
    file = io.BytesIO()
    at_rate = soxr.resample(samples, RATE, rate, quality="MQ") if rate != RATE else samples
    options = {"compression_level": effort} if codec in ("MPEG_LAYER_III", "OPUS", "VORBIS") else {}
    soundfile.write(file, np.clip(at_rate, -1, 1), rate, format=container, subtype=codec, **options)
    file.seek(0)
    back, rate = soundfile.read(file, dtype="float32")
    back = soxr.resample(back, rate, RATE, quality="MQ").astype(np.float32) if rate != RATE else back
    return in_step(samples, back)


def in_step(samples: np.ndarray, late: np.ndarray, most: int = 2400) -> np.ndarray:
    """`late` shifted to where it fits `samples` best, and as long."""
    late = np.pad(late, (0, max(len(samples) + most - len(late), 0)))
    size = 1 << (len(samples) + most).bit_length()
    match = np.fft.irfft(np.fft.rfft(late, size) * np.conj(np.fft.rfft(samples, size)), size)
    shift = int(np.argmax(match[:most]))
    return late[shift : shift + len(samples)]


def telephone_band(samples: np.ndarray) -> np.ndarray:
    """300 to 3400 Hz, sampled at 8 kHz in between."""
    narrow = signal.sosfilt(signal.butter(4, [300, 3400], "band", fs=RATE, output="sos"), samples)
    return soxr.resample(soxr.resample(narrow, RATE, 8000, quality="MQ"), 8000, RATE, quality="MQ")[: len(samples)].astype(np.float32)


def recorded(rng: Rng, samples: np.ndarray) -> np.ndarray:
    """The mixture through a microphone, a level, a channel and a codec."""
    if rng.random() < 0.5:
        samples = equalised(rng, samples, rng.uniform(1, 9))
    if rng.random() < 0.28:
        samples = telephone_band(samples)
    level = 10 ** (rng.choice([rng.uniform(-50, 0), rng.uniform(-32, -14)]) / 20)
    samples = samples * (level / np.sqrt(power(samples)))
    if rng.random() < 0.06:
        limit = np.quantile(np.abs(samples), rng.uniform(0.95, 0.999))
        samples = np.clip(samples, -limit, limit)
    if rng.random() < 0.1:
        samples = samples + 0.01 * rng.uniform(-1, 1)
    if rng.random() < 0.35 and level > 1e-2:
        container, codec, rates = CODECS[rng.integers(len(CODECS))]
        samples = coded(samples, container, codec, int(rng.choice(rates)), float(rng.uniform(0.2, 0.95)))
    steps = 32767 if rng.random() < 0.97 else 127
    return (np.round(np.clip(samples, -1, 1) * steps) / steps).astype(np.float32)
