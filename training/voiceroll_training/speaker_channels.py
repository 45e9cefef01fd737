"""What lies between a mouth and a file: rooms, microphones, telephones, codecs.

`Chain.draw` draws such a path at random, `Chain.linear` applies its acoustic part, and `encode` passes many
recordings through one codec at once. Needs the `ffmpeg` command with the usual speech codecs.
"""

import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soxr

from .audio import SAMPLE_RATE, level, read, read_lines, to_int16

GAP = 4_800
"""Samples of silence between two recordings in one codec run, so that neither leaks into the other."""


@dataclass(frozen=True)
class Codec:
    rate: int
    container: str
    options: tuple[str, ...]


def _codec(rate: int, container: str, name: str, *options: str) -> Codec:
    return Codec(rate, container, ("-c:a", name, *options))


_VOIP = ("-application", "voip", "-compression_level", "3")
TELEPHONE = [
    None,  # G.711 alone; see _companded
    None,
    _codec(8_000, "gsm", "libgsm"),
    _codec(8_000, "gsm", "libgsm"),
    _codec(8_000, "wav", "g726", "-b:a", "16k"),
    _codec(8_000, "wav", "g726", "-b:a", "32k"),
    _codec(8_000, "wav", "g723_1", "-b:a", "6300"),
    _codec(8_000, "ogg", "libspeex", "-b:a", "6k"),
    _codec(8_000, "ogg", "libspeex", "-b:a", "11k"),
    _codec(8_000, "ogg", "libopus", "-b:a", "6k", *_VOIP),
    _codec(8_000, "ogg", "libopus", "-b:a", "9k", *_VOIP),
    _codec(8_000, "mp3", "libmp3lame", "-b:a", "8k"),
]
WIDE = [
    None,
    _codec(16_000, "ogg", "libopus", "-b:a", "12k", *_VOIP),
    _codec(16_000, "ogg", "libopus", "-b:a", "20k", *_VOIP),
    _codec(16_000, "ogg", "libspeex", "-b:a", "12k"),
    _codec(16_000, "wav", "g722"),
    _codec(16_000, "mp3", "libmp3lame", "-b:a", "16k"),
    _codec(16_000, "mp3", "libmp3lame", "-b:a", "32k"),
]


class Acoustics:
    """The measured rooms and noises that may be trained with."""

    def __init__(self, noise_folder: Path) -> None:
        """`noise_folder`: recordings and a `manifest.jsonl` that names `kind`, `type` and `split` of each."""
        records = [r for r in read_lines(noise_folder / "manifest.jsonl") if r["split"] == "train"]
        self.rooms = [
            read(noise_folder / r["path"])[:12_000] for r in records if r["kind"] == "ir" and r["type"] == "room"
        ]
        self.noise = np.concatenate([read(noise_folder / r["path"]) for r in records if r["kind"] == "noise"])

    def room(self, random: np.random.Generator, far: bool) -> np.ndarray:
        """An impulse response of unit energy, measured or made up; `far`: more reverberation than direct sound."""
        response = self.rooms[random.integers(len(self.rooms))] if random.random() < 0.35 else _made_up(random, far)
        return (response / np.sqrt(np.square(response).sum())).astype(np.float32)


def _made_up(random: np.random.Generator, far: bool) -> np.ndarray:
    """Decaying noise behind a direct sound and a few reflections; high frequencies decay faster."""
    length = 12_000
    time = np.arange(length) / SAMPLE_RATE
    decay = random.uniform(0.12, 0.9)
    tail = random.standard_normal(length) * 10 ** (-3 * time / decay)
    dull = np.convolve(random.standard_normal(length), np.ones(4) / 2, "same") * 10 ** (-3 * time / (decay * 1.4))
    response = tail + random.uniform(0, 1) * dull
    response[: int(random.uniform(0.001, 0.012) * SAMPLE_RATE)] = 0
    ratio_db = random.uniform(-8, 4) if far else random.uniform(2, 16)
    response *= 10 ** (-ratio_db / 20) / np.sqrt(np.square(response).sum())
    response[0] = 1
    for _ in range(random.integers(2, 8)):
        response[random.integers(12, 600)] += random.uniform(-0.5, 0.5)
    return response


@dataclass
class Chain:
    """One path from a mouth to a file."""

    room: np.ndarray | None
    points_db: np.ndarray
    """A smooth equaliser: dB at equally spaced frequencies up to 8 kHz."""
    band: tuple[float, float, float, float] | None
    """Low and high corner in Hz, and the width of either slope."""
    noise: np.ndarray | None
    noise_db: float
    companded: bool
    squeezed: float
    """How much of the slow level differences an automatic gain takes away, 0 to 1."""
    clipped: float
    """Share of the samples that are clipped."""
    codec: Codec | None

    @classmethod
    def draw(cls, random: np.random.Generator, acoustics: Acoustics, seconds: float) -> "Chain":
        telephone = random.random() < 0.65
        far = random.random() < 0.35
        noise = None
        if random.random() < 0.5:
            length = int(min(seconds, 20) * SAMPLE_RATE)
            if random.random() < 0.7:
                start = random.integers(0, len(acoustics.noise) - length)
                noise = acoustics.noise[start : start + length]
            else:
                spectrum = np.fft.rfft(random.standard_normal(length))
                spectrum /= np.arange(1, len(spectrum) + 1) ** random.uniform(0, 0.8)
                noise = np.fft.irfft(spectrum, length).astype(np.float32)
        codecs = TELEPHONE if telephone else WIDE
        return cls(
            room=acoustics.room(random, far) if far or random.random() < 0.4 else None,
            points_db=random.standard_normal(9) * random.choice([1.0, 3.0, 5.0]),
            band=(random.uniform(60, 400), random.uniform(3000, 3900), random.uniform(20, 80), random.uniform(30, 150))
            if telephone
            else None,
            noise=noise,
            noise_db=random.uniform(5, 30),
            companded=telephone and random.random() < 0.5,
            squeezed=random.uniform(0.2, 0.8) if random.random() < 0.3 else 0.0,
            clipped=10 ** random.uniform(-3.5, -1.7) if random.random() < 0.1 else 0.0,
            codec=codecs[random.integers(len(codecs))],
        )

    def linear(self, speech: np.ndarray) -> np.ndarray:
        """Room, noise, microphone, band, automatic gain and clipping."""
        length = len(speech)
        size = 1 << (length + 12_000 - 1).bit_length()
        spectrum = np.fft.rfft(level(speech), size)
        if self.room is not None:
            spectrum *= np.fft.rfft(self.room, size)
        if self.noise is not None:
            noise = np.resize(self.noise, length)
            spectrum += np.fft.rfft(level(noise, 0.05 * 10 ** (-self.noise_db / 20)), size)
        hertz = np.linspace(0, SAMPLE_RATE / 2, len(spectrum), dtype=np.float32)
        points = np.linspace(0, SAMPLE_RATE / 2, len(self.points_db))
        spectrum *= (10 ** (np.interp(hertz, points, self.points_db) / 20)).astype(np.float32)
        if self.band is not None:
            low, high, rise, fall = self.band
            with np.errstate(over="ignore"):
                spectrum *= 1 / (1 + np.exp((low - hertz) / rise)) / (1 + np.exp((hertz - high) / fall))
        sound = level(np.fft.irfft(spectrum, size)[:length].astype(np.float32), 0.08)
        if self.squeezed:
            sound = _squeeze(sound, self.squeezed)
        if self.clipped:
            limit = float(np.quantile(np.abs(sound), 1 - self.clipped))
            sound = np.clip(sound, -limit, limit)
        if self.companded:
            sound = _companded(sound)
        return sound


def _squeeze(sound: np.ndarray, share: float) -> np.ndarray:
    window = 3_200
    energy = np.cumsum(np.square(np.pad(sound, (window, 0))), dtype=np.float64)
    slow = np.sqrt((energy[window:] - energy[:-window]) / window + 1e-6)
    return level((sound * (slow / 0.08) ** -share).astype(np.float32), 0.08)


def _companded(sound: np.ndarray) -> np.ndarray:
    """8 bits of mu-law at 8 kHz, which is what G.711 keeps."""
    narrow = soxr.resample(sound, SAMPLE_RATE, SAMPLE_RATE // 2)
    squeezed = np.sign(narrow) * np.log1p(255 * np.minimum(np.abs(narrow), 1)) / np.log(256)
    squeezed = np.round(squeezed * 127) / 127
    opened = np.sign(squeezed) * np.expm1(np.abs(squeezed) * np.log(256)) / 255
    wide = soxr.resample(opened.astype(np.float32), SAMPLE_RATE // 2, SAMPLE_RATE)
    return np.resize(wide, len(sound))


def encode(sounds: list[np.ndarray], codec: Codec | None) -> list[np.ndarray]:
    """Each sound (16 kHz) after the codec, at its old length."""
    if codec is None or not sounds:
        return sounds
    joined = np.concatenate([np.pad(sound, (0, GAP)) for sound in sounds])
    if codec.rate != SAMPLE_RATE:
        joined = soxr.resample(joined, SAMPLE_RATE, codec.rate)
    raw = ("-f", "s16le", "-ar", str(codec.rate), "-ac", "1")
    with tempfile.NamedTemporaryFile(suffix=".coded") as coded:
        _ffmpeg(*raw, "-i", "-", *codec.options, "-f", codec.container, "-y", coded.name, given=to_int16(joined).tobytes())
        back = _ffmpeg("-f", codec.container, "-i", coded.name, *raw, "-")
    decoded = np.frombuffer(back, "<i2").astype(np.float32) / 32_768
    if codec.rate != SAMPLE_RATE:
        decoded = soxr.resample(decoded, codec.rate, SAMPLE_RATE)
    starts = np.cumsum([0] + [len(sound) + GAP for sound in sounds])
    decoded = np.pad(decoded, (0, max(0, int(starts[-1]) - len(decoded))))
    return [decoded[start : start + len(sound)] for start, sound in zip(starts, sounds)]


def _ffmpeg(*arguments: str, given: bytes | None = None) -> bytes:
    command = ["ffmpeg", "-v", "error", *arguments]
    return subprocess.run(command, input=given, stdout=subprocess.PIPE, check=True).stdout
