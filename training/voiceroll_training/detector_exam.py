"""What the detector is examined on: development speech in noise, and sounds that are not speech.

Nothing here is used in training: other voices, other noises, other makers of tones and music. Where
`fluidsynth` and the sound font below are installed, music is also played on sampled instruments.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
from scipy import signal

from . import detector_pack as pack
from .detector_midi import Event, font, played
from .detector_mix import coded, power, telephone_band
from .detector_pack import CLOSED, RATE, STEP, closed

Rng = np.random.Generator
SECONDS = 30
COUNT = SECONDS * RATE
FONT = "TimGM6mb.sf2"
"""Training plays on another one."""


def at() -> np.ndarray:
    return np.arange(COUNT) / RATE


def level(samples: np.ndarray) -> np.ndarray:
    return samples / np.sqrt(power(samples))


def chords(rng: Rng) -> np.ndarray:
    """Triads of plain harmonics, one or two a second."""
    out, beat = np.zeros(COUNT), rng.uniform(0.4, 1.2)
    for n in range(int(SECONDS / beat)):
        t = np.arange(int(beat * RATE)) / RATE
        root = 110 * 2 ** (rng.integers(0, 18) / 12)
        for ratio in (1, rng.choice([1.189, 1.26]), 1.498):
            for k in range(1, 7):
                out[int(n * beat * RATE) :][: len(t)] += np.sin(2 * np.pi * root * ratio * k * t) / k**1.3 * np.exp(-t * rng.uniform(0.3, 3))
    return out


def melody(rng: Rng) -> np.ndarray:
    """One voice of a few harmonics with vibrato, legato, with rests."""
    out, now = np.zeros(COUNT), 0.0
    while now < SECONDS - 1:
        length = rng.choice([0.15, 0.3, 0.45, 0.9])
        t = np.arange(int(length * RATE)) / RATE
        hz = 220 * 2 ** (rng.choice([0, 2, 4, 5, 7, 9, 11, 12, 14, 16]) / 12)
        phase = 2 * np.pi * np.cumsum(hz * (1 + 0.008 * np.sin(2 * np.pi * 5.5 * t))) / RATE
        tone = sum(np.sin(k * phase) * a for k, a in enumerate((1, 0.6, 0.45, 0.3, 0.2, 0.1), 1))
        out[int(now * RATE) :][: len(t)] += tone * np.minimum(1, np.minimum(t, length - t) / 0.02)
        now += length * rng.choice([1, 1, 1, 2])
    return out


def band(rng: Rng) -> np.ndarray:
    """Drums, bass and chords."""
    out, t = 0.5 * level(chords(rng)), np.arange(int(0.2 * RATE)) / RATE
    kick = np.sin(2 * np.pi * 55 * t) * np.exp(-t * 25)
    snare = rng.standard_normal(len(t)) * np.exp(-t * 30)
    bass = signal.sawtooth(2 * np.pi * 82 * t) * np.exp(-t * 6)
    for n in range(int((SECONDS - 1) / 0.25)):
        for sound, hit in ((kick, n % 4 == 0), (snare, n % 4 == 2), (0.4 * np.diff(snare, prepend=0), True), (0.5 * bass, n % 2 == 0)):
            if hit:
                out[int(n * 0.25 * RATE) :][: len(t)] += 2 * sound
    return out


def dtmf(rng: Rng) -> np.ndarray:
    out = np.zeros(COUNT)
    on, gap = rng.uniform(0.08, 0.3), rng.uniform(0.05, 0.3)
    for n in range(int(SECONDS / (on + gap)) - 1):
        t = np.arange(int(on * RATE)) / RATE
        low, high = rng.choice([697, 770, 852, 941]), rng.choice([1209, 1336, 1477, 1633])
        out[int(n * (on + gap) * RATE) :][: len(t)] += np.sin(2 * np.pi * low * t) + np.sin(2 * np.pi * high * t)
    return out


def tone(rng: Rng) -> np.ndarray:
    return np.sin(2 * np.pi * np.exp(rng.uniform(np.log(100), np.log(4000))) * at())


def sweep(rng: Rng) -> np.ndarray:
    length = rng.choice([2, 10, 30])
    return signal.chirp(at() % length, rng.uniform(80, 300), length, rng.uniform(2000, 7000), "logarithmic")


def warble(rng: Rng) -> np.ndarray:
    return np.sin(2 * np.pi * np.cumsum(rng.uniform(200, 900) * 2 ** (0.3 * np.sin(2 * np.pi * rng.uniform(0.5, 6) * at()))) / RATE)


def ringing(rng: Rng) -> np.ndarray:
    return (np.sin(2 * np.pi * 440 * at()) + np.sin(2 * np.pi * 480 * at())) * (at() % 6 < 2)


def mains(rng: Rng) -> np.ndarray:
    return sum(np.sin(2 * np.pi * rng.choice([50, 60]) * k * at() + k) / k ** rng.uniform(0.3, 1.5) for k in range(1, 15))


def clicks(rng: Rng) -> np.ndarray:
    out = np.zeros(COUNT)
    out[(np.cumsum(rng.exponential(rng.uniform(0.05, 0.6), 900)) * RATE).astype(int).clip(0, COUNT - 1)] = 1
    return np.convolve(out, np.exp(-np.arange(60) / rng.uniform(1, 12)), "same") + 1e-4 * rng.standard_normal(COUNT)


def typing(rng: Rng) -> np.ndarray:
    out, now = 1e-3 * rng.standard_normal(COUNT), 0.3
    while now < SECONDS - 0.2:
        for delay, loud in ((0, 1.0), (rng.uniform(0.05, 0.1), 0.5)):
            t = np.arange(800) / RATE
            burst = rng.standard_normal(800) * np.exp(-t * 250) + 0.5 * np.sin(2 * np.pi * rng.uniform(200, 500) * t) * np.exp(-t * 80)
            out[int((now + delay) * RATE) :][:800] += loud * rng.uniform(0.5, 1) * burst
        now += rng.gamma(2, 0.09) + (rng.random() < 0.07)
    return out


def spectral(slope: float) -> Callable[[Rng], np.ndarray]:
    def make(rng: Rng) -> np.ndarray:
        spectrum = np.fft.rfft(rng.standard_normal(COUNT))
        return np.fft.irfft(spectrum / np.maximum(np.arange(len(spectrum)), 600) ** slope, COUNT)

    return make


def applause(rng: Rng) -> np.ndarray:
    out = np.zeros(COUNT)
    clap = rng.standard_normal(200) * np.exp(-np.arange(200) / 40)
    for place in rng.integers(0, COUNT - 200, 30 * 200):
        out[place : place + 200] += rng.uniform(0.2, 1) * clap
    return out


def engine(rng: Rng) -> np.ndarray:
    phase = 2 * np.pi * np.cumsum(40 + 12 * np.sin(2 * np.pi * 0.13 * at())) / RATE
    return sum(rng.uniform(0.3, 1) * np.sin(k * phase) / np.sqrt(k) for k in range(1, 20)) + 0.3 * rng.standard_normal(COUNT)


def silence(rng: Rng) -> np.ndarray:
    return np.zeros(COUNT)


def rounding(rng: Rng) -> np.ndarray:
    return 2e-5 * rng.standard_normal(COUNT)


PROGRAMS = [(0,), (4, 33), (24, 33), (48, 73), (61, 56, 57), (16,), (52, 53), (65, 33), (40, 42), (11, 12), (80, 38), (22, 21), (104, 75), (91, 95), (30, 29, 34)]
"""General MIDI programs that play together: piano, guitar, strings and flute, brass, organ, choir, saxophone and so on."""


def sampled(rng: Rng, programs: tuple[int, ...]) -> np.ndarray | None:
    """A random piece on sampled instruments, drums in every other one; none where it cannot be played."""
    instruments = font(FONT)
    if instruments is None:
        return None
    events: list[Event] = []
    scale, root = rng.permutation([[0, 2, 4, 5, 7, 9, 11], [0, 2, 3, 5, 7, 8, 10]])[0], int(rng.integers(45, 56))
    for channel, program in enumerate(programs):
        events.append((0, bytes([0xC0 | channel, program])))
        tick, degree = 0, 0
        while tick < 480 * 70:
            length = int(480 * rng.choice([0.5, 1, 1, 2] if channel == 0 else [1, 2, 4]))
            degree = int(np.clip(degree + rng.integers(-3, 4), -3, 9))
            for extra in (0, 2, 4)[: int(rng.integers(1, 4))]:
                key = root + 12 * ((degree + extra) // 7) + int(scale[(degree + extra) % 7]) + (12 if channel == 0 else 0)
                events += [(tick, bytes([0x90 | channel, key, int(rng.integers(60, 120))])), (tick + int(0.95 * length), bytes([0x80 | channel, key, 0]))]
            tick += length
    if rng.random() < 0.5:
        for step in range(70 * 2):
            for key, likely in ((36, 0.9 if step % 4 == 0 else 0.1), (38, 0.9 if step % 4 == 2 else 0.05), (42, 0.7), (49, 0.02)):
                if rng.random() < likely:
                    events += [(step * 240, bytes([0x99, key, int(rng.integers(60, 120))])), (step * 240 + 100, bytes([0x89, key, 0]))]
    return played(events, rng.uniform(70, 150), instruments, COUNT)


SOUNDS: dict[str, tuple[Callable[[Rng], np.ndarray], int]] = {
    "chords": (chords, 4),
    "melody": (melody, 4),
    "band": (band, 4),
    "tone": (tone, 4),
    "sweep": (sweep, 4),
    "warble": (warble, 4),
    "dtmf": (dtmf, 4),
    "ringing": (ringing, 1),
    "mains hum": (mains, 3),
    "clicks": (clicks, 4),
    "typing": (typing, 4),
    "white noise": (spectral(0.0), 2),
    "pink noise": (spectral(0.5), 2),
    "brown noise": (spectral(1.0), 2),
    "applause": (applause, 2),
    "engine": (engine, 2),
    "silence": (silence, 1),
    "rounding": (rounding, 1),
}


def sounds(seed: int) -> Iterator[tuple[str, np.ndarray]]:
    """Every kind of sound some times over, 30 s each, -50 to -6 dBFS."""
    for kind, (make, count) in SOUNDS.items():
        for number in range(count):
            rng = np.random.default_rng([seed, *kind.encode(), number])
            made = make(rng)
            yield kind, made if kind in ("silence", "rounding") else 10 ** (rng.uniform(-45, -12) / 20) * level(made)
    yield from (("music, sampled", made) for made in sampled_pieces(seed))


def sampled_pieces(seed: int) -> Iterator[np.ndarray]:
    for number, programs in enumerate(PROGRAMS):
        rng = np.random.default_rng([seed, 1, number])
        made = sampled(rng, programs)
        if made is not None:
            yield 10 ** (rng.uniform(-35, -14) / 20) * level(made)


def talk(rng: Rng, found: list[pack.Phrase]) -> tuple[np.ndarray, np.ndarray]:
    """30 s of phrases of one speaker with pauses of 0.5 to 3.5 s, active level 1, and the truth with short pauses closed."""
    samples, spoken = np.zeros(COUNT), np.zeros(COUNT // STEP, bool)
    step = int(rng.uniform(20, 150))
    while step < len(spoken) - 20:
        phrase = found[rng.integers(len(found))]
        count = min(len(phrase.spoken), len(spoken) - step)
        samples[step * STEP : (step + count) * STEP] += phrase.samples[: count * STEP]
        spoken[step : step + count] |= phrase.spoken[:count]
        step += count + int(rng.uniform(50, 350))
    return samples, closed(closed(spoken, CLOSED), 29)


def mixtures(voices: Path, seed: int, each: int) -> Iterator[tuple[str, np.ndarray, float]]:
    """Condition, samples and true seconds of speech, `each` times for every condition."""
    rng = np.random.default_rng(seed)
    lines = pack.manifest(voices / "dev")
    by_corpus: dict[str, list[dict]] = {}
    for line in lines:
        if line["seconds"] > 8:
            by_corpus.setdefault(line["corpus"], []).append(line)
    noises = [part for part in pack.noises(voices / "noise", "test") if len(part) > 2 * RATE]
    rooms = pack.rooms(voices / "noise", "test")
    music = [made for kind, made in sounds(seed + 1) if kind in ("music, sampled", "band", "melody")]

    def added(samples: np.ndarray, noise: np.ndarray, ratio: float) -> np.ndarray:
        return samples + level(np.resize(noise, COUNT)) * 10 ** (-ratio / 20)

    real = lambda: noises[rng.integers(len(noises))]  # noqa: E731
    any_music = lambda: music[rng.integers(len(music))]  # noqa: E731
    changes: dict[str, Callable[[np.ndarray], np.ndarray]] = {"clean": lambda x: x}
    for ratio in (20, 15, 10, 5, 0):
        changes[f"household {ratio} dB"] = lambda x, ratio=ratio: added(x, real(), ratio)
    for ratio in (20, 10, 5, 0):
        changes[f"white {ratio} dB"] = lambda x, ratio=ratio: added(x, rng.standard_normal(COUNT), ratio)
        changes[f"pink {ratio} dB"] = lambda x, ratio=ratio: added(x, spectral(0.5)(rng), ratio)
    for ratio in (10, 5, 0):
        changes[f"music {ratio} dB"] = lambda x, ratio=ratio: added(x, any_music(), ratio)
        changes[f"chords {ratio} dB"] = lambda x, ratio=ratio: added(x, chords(rng), ratio)
    changes |= {
        "typing 5 dB": lambda x: added(x, typing(rng), 5),
        "hum 0 dB": lambda x: added(x, mains(rng), 0),
        "engine 5 dB": lambda x: added(x, engine(rng), 5),
        "room, household 15 dB": lambda x: added(signal.fftconvolve(x, rooms[rng.integers(len(rooms))])[:COUNT], real(), 15),
        "telephone, mu-law": lambda x: coded(0.05 * telephone_band(added(x, real(), 20)), "WAV", "ULAW", 8000, 0),
        "telephone, GSM, 10 dB": lambda x: coded(0.05 * telephone_band(added(x, real(), 10)), "WAV", "GSM610", 8000, 0),
        "MP3, poor": lambda x: coded(0.05 * added(x, real(), 15), "MP3", "MPEG_LAYER_III", 16000, 0.95),
        "Opus, poor": lambda x: coded(0.05 * added(x, real(), 15), "OGG", "OPUS", 16000, 0.95),
        "clipped": lambda x: np.clip(x, -1.2, 1.2),
        "-50 dBFS": lambda x: np.round(x * 0.0032 * 32767) / 32767 / 0.0032,
    }
    for condition, change in changes.items():
        for number in range(each):
            corpus = list(by_corpus)[number % len(by_corpus)]
            line = by_corpus[corpus][rng.integers(len(by_corpus[corpus]))]
            samples, spoken = talk(rng, pack.levelled(pack.phrases(pack.read(voices / "dev" / line["path"]), rng)))
            changed = change(added(samples, rng.standard_normal(COUNT), 50))
            peak = {"-50 dBFS": 0.0032}.get(condition, 10 ** (rng.uniform(-32, -14) / 20))
            yield condition, np.clip(changed * (peak / np.sqrt(power(changed))), -1, 1), float(spoken.sum()) / 100
