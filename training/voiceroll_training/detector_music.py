"""Music that no one played: many instruments, ways of playing, and drums."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from scipy import signal

from .detector_pack import RATE

Instrument = Callable[[float, float], np.ndarray]
"""Frequency in Hz and length in seconds to samples."""

SCALES = ([0, 2, 4, 5, 7, 9, 11], [0, 2, 3, 5, 7, 8, 10], [0, 2, 4, 7, 9], [0, 3, 5, 7, 10], [0, 2, 3, 5, 7, 9, 10], list(range(12)))


def envelope(rng: np.random.Generator, count: int, attack: float, decay: float, sustain: float) -> np.ndarray:
    """Attack and decay in seconds, sustain 0 to 1, and a release over the last tenth."""
    at = np.arange(count) / RATE
    shape = np.minimum(at / max(attack, 1e-3), 1.0) * (sustain + (1 - sustain) * np.exp(-np.maximum(at - attack, 0) / decay))
    release = max(min(count // 10, int(0.2 * RATE)), 1)
    shape[-release:] *= np.linspace(1, 0, release)
    return shape


def bend(rng: np.random.Generator, style: dict, count: int) -> np.ndarray:
    """The factor on the frequency over a note: vibrato, and a glide into it."""
    at = np.arange(count) / RATE
    depth = style["vibrato"] * np.minimum(at / 0.3, 1)
    factor = 1 + depth * np.sin(2 * np.pi * style["vibrato_hz"] * at + rng.uniform(0, 6.28))
    return factor * 2 ** (style["glide"] * np.exp(-at / 0.06) / 12)


def style_of(rng: np.random.Generator) -> dict:
    return {
        "vibrato": rng.choice([0.0, rng.uniform(0.001, 0.03)]),
        "vibrato_hz": rng.uniform(3, 8),
        "glide": rng.choice([0.0, 0.0, rng.uniform(-5, 5)]),
        "attack": np.exp(rng.uniform(np.log(0.002), np.log(0.3))),
        "decay": np.exp(rng.uniform(np.log(0.05), np.log(3.0))),
        "sustain": rng.choice([0.0, rng.uniform(0.1, 1.0)]),
        "tremolo": rng.choice([0.0, 0.0, rng.uniform(0.1, 0.9)]),
        "tremolo_hz": rng.uniform(2, 9),
    }


def additive(rng: np.random.Generator) -> Instrument:
    """Partials with a random spectrum; stretched ones sound like strings and bells."""
    count = int(rng.integers(1, 16))
    stretch = rng.choice([0.0, 0.0, 10 ** rng.uniform(-4, -2)])
    tilt = rng.uniform(0.3, 2.5)
    strength = rng.uniform(0.2, 1.0, count) * np.arange(1, count + 1) ** -tilt
    if rng.random() < 0.3:
        strength[1::2] *= 0.05
    faster = rng.choice([0.0, rng.uniform(0.1, 1.5)])
    ratios = np.arange(1, count + 1) * np.sqrt(1 + stretch * np.arange(1, count + 1) ** 2)
    if rng.random() < 0.2:
        ratios = np.concatenate(([1.0], np.sort(rng.uniform(1.1, 9.0, count - 1))))
    style = style_of(rng)

    def play(hz: float, seconds: float) -> np.ndarray:
        samples = int(seconds * RATE)
        phase = 2 * np.pi * np.cumsum(hz * bend(rng, style, samples)) / RATE
        at = np.arange(samples) / RATE
        out = np.zeros(samples)
        for ratio, level, index in zip(ratios, strength, range(count), strict=True):
            if hz * ratio < 7800:
                out += level * np.exp(-faster * index * at) * np.sin(ratio * phase + rng.uniform(0, 6.28))
        return out * envelope(rng, samples, style["attack"], style["decay"], style["sustain"])

    return play


def modulated(rng: np.random.Generator) -> Instrument:
    """Frequency modulation: electric pianos, brass, bells."""
    ratio = rng.choice([0.5, 1, 1, 2, 3, 1.41, 3.5, rng.uniform(0.3, 7)])
    index, fall, style = rng.uniform(0.3, 6), rng.uniform(0.05, 2), style_of(rng)

    def play(hz: float, seconds: float) -> np.ndarray:
        samples = int(seconds * RATE)
        phase = 2 * np.pi * np.cumsum(hz * bend(rng, style, samples)) / RATE
        depth = index * np.exp(-np.arange(samples) / RATE / fall)
        return np.sin(phase + depth * np.sin(ratio * phase)) * envelope(rng, samples, style["attack"], style["decay"], style["sustain"])

    return play


def plucked(rng: np.random.Generator) -> Instrument:
    """Karplus-Strong: a burst of noise in a loop of one period."""
    loss, bright, width = rng.uniform(0.97, 0.999), rng.uniform(0.1, 0.9), rng.uniform(0.2, 1.0)

    def play(hz: float, seconds: float) -> np.ndarray:
        samples, period = int(seconds * RATE), max(int(RATE / hz), 4)
        burst = np.zeros(samples)
        length = min(max(int(width * period), 2), samples)
        burst[:length] = rng.uniform(-1, 1, length)
        loop = np.zeros(period + 2)
        loop[0], loop[period], loop[period + 1] = 1, -loss * bright, -loss * (1 - bright)
        out = signal.lfilter([1.0], loop, burst)
        release = max(min(samples // 8, 1600), 1)
        out[-release:] *= np.linspace(1, 0, release)
        return out

    return play


def subtractive(rng: np.random.Generator) -> Instrument:
    """Saw, square or pulse, one or several slightly apart, through a low-pass or fixed resonances."""
    width = rng.choice([0.0, 0.5, rng.uniform(0.05, 0.95)])
    voices = int(rng.choice([1, 1, 2, 4]))
    apart, style = rng.uniform(0.001, 0.012), style_of(rng)
    cut = np.exp(rng.uniform(np.log(300), np.log(7000)))
    peaks = [] if rng.random() < 0.5 else [(hz, rng.uniform(3, 15)) for hz in rng.uniform(250, 4500, int(rng.integers(1, 5)))]
    sos = signal.butter(2, cut, fs=RATE, output="sos")

    def play(hz: float, seconds: float) -> np.ndarray:
        samples = int(seconds * RATE)
        out = np.zeros(samples)
        factor = bend(rng, style, samples)
        for voice in range(voices):
            turns = np.cumsum(hz * (1 + apart * (voice - voices / 2)) * factor) / RATE + rng.random()
            out += 2 * (turns % 1) - 1 if width == 0 else np.where(turns % 1 < width, 1.0, -1.0)
        out = signal.sosfilt(sos, out)
        if peaks:
            out = sum(signal.lfilter(*signal.iirpeak(hz, q, fs=RATE), out) for hz, q in peaks) + 0.05 * out
        return out * envelope(rng, samples, style["attack"], style["decay"], style["sustain"])

    return play


def blown(rng: np.random.Generator) -> Instrument:
    """A flute-like tone with breath noise about it."""
    breath, q, style = rng.uniform(0.05, 1.5), rng.uniform(5, 60), style_of(rng)

    def play(hz: float, seconds: float) -> np.ndarray:
        samples = int(seconds * RATE)
        phase = 2 * np.pi * np.cumsum(hz * bend(rng, style, samples)) / RATE
        noise = signal.lfilter(*signal.iirpeak(min(hz, 7500), q, fs=RATE), rng.standard_normal(samples))
        tone = np.sin(phase) + 0.2 * np.sin(2 * phase) + 0.1 * np.sin(3 * phase)
        return (tone + breath * noise * np.sqrt(q)) * envelope(rng, samples, style["attack"], style["decay"], max(style["sustain"], 0.4))

    return play


VOWELS = ((750, 1200, 2500), (500, 1800, 2500), (320, 2300, 3000), (500, 900, 2500), (340, 800, 2400), (600, 1500, 2600))


def bowed(rng: np.random.Generator) -> Instrument:
    """Strings, reeds and choirs: unsteady saws or pulses through the resonances of a body."""
    players = int(rng.choice([1, 1, 2, 4, 7]))
    style = style_of(rng)
    style["vibrato"] = rng.choice([0.0, rng.uniform(0.002, 0.02)])
    attack, swell = np.exp(rng.uniform(np.log(0.01), np.log(0.4))), rng.uniform(0, 0.6)
    if rng.random() < 0.35:
        size = rng.uniform(0.85, 1.25)
        peaks = [(hz * size, hz / rng.uniform(60, 160)) for hz in VOWELS[rng.integers(len(VOWELS))]]
    else:
        peaks = [(hz, rng.uniform(2, 14)) for hz in np.exp(rng.uniform(np.log(200), np.log(6000), int(rng.integers(2, 11))))]
    filters = [(rng.uniform(0.3, 1), signal.iirpeak(min(hz, 7000), q, fs=RATE)) for hz, q in peaks]
    width, plain, breath = rng.choice([0.0, rng.uniform(0.05, 0.5)]), rng.uniform(0.0, 0.5), rng.choice([0.0, rng.uniform(0.01, 0.3)])

    def play(hz: float, seconds: float) -> np.ndarray:
        samples = int(seconds * RATE)
        out = breath * rng.standard_normal(samples)
        for _ in range(players):
            points = np.interp(np.linspace(0, 1, samples), np.linspace(0, 1, int(seconds * 12) + 2), rng.normal(0, 0.003, int(seconds * 12) + 2))
            turns = np.cumsum(hz * (1 + rng.normal(0, 0.004) + points) * bend(rng, style, samples)) / RATE + rng.random()
            out += 2 * (turns % 1) - 1 if width == 0 else np.where(turns % 1 < width, 1.0, -1.0)
        out = sum(level * signal.lfilter(*peak, out) for level, peak in filters) + plain * 0.3 * out
        shape = 1 + swell * np.sin(np.pi * np.arange(samples) / samples * rng.choice([1, 2]))
        return out * shape * envelope(rng, samples, attack, 5.0, 1.0)

    return play


INSTRUMENTS = (additive, additive, modulated, plucked, subtractive, subtractive, blown, bowed, bowed, bowed)


def hit(rng: np.random.Generator, kind: str) -> np.ndarray:
    """One stroke of a drum."""
    seconds = {"kick": 0.3, "snare": 0.25, "hat": 0.12, "tom": 0.35, "ring": 0.8}[kind]
    at = np.arange(int(seconds * RATE)) / RATE
    noise = rng.standard_normal(len(at))
    if kind == "kick":
        low = rng.uniform(40, 70)
        return np.sin(2 * np.pi * np.cumsum(low + rng.uniform(60, 250) * np.exp(-at / 0.03)) / RATE) * np.exp(-at / 0.09)
    if kind == "tom":
        return np.sin(2 * np.pi * np.cumsum(rng.uniform(80, 260) * (1 + 0.4 * np.exp(-at / 0.05))) / RATE) * np.exp(-at / 0.1)
    if kind == "snare":
        return (0.6 * noise + 0.7 * np.sin(2 * np.pi * rng.uniform(150, 260) * at)) * np.exp(-at / rng.uniform(0.03, 0.12))
    high = signal.sosfilt(signal.butter(2, rng.uniform(3000, 6500), "high", fs=RATE, output="sos"), noise)
    return high * np.exp(-at / (rng.uniform(0.01, 0.05) if kind == "hat" else rng.uniform(0.1, 0.4)))


def drums(rng: np.random.Generator, count: int, beat: float) -> np.ndarray:
    """A pattern of a bar, over and over, with small changes."""
    out = np.zeros(count)
    sixteenth = beat / 4
    for kind, likely in (("kick", 0.25), ("snare", 0.18), ("hat", 0.5), ("tom", 0.08), ("ring", 0.03)):
        if rng.random() < 0.3:
            continue
        pattern, sound, level = rng.random(16) < likely, hit(rng, kind), rng.uniform(0.2, 1.0)
        for n in range(int(count / RATE / sixteenth)):
            if pattern[n % 16] != (rng.random() < 0.04):
                put(out, sound * level * rng.uniform(0.6, 1), int((n * sixteenth + rng.normal(0, 0.003)) * RATE))
    return out


def put(out: np.ndarray, sound: np.ndarray, at: int) -> None:
    """Adds a sound where it fits."""
    at = max(at, 0)
    length = min(len(sound), len(out) - at)
    if length > 0:
        out[at : at + length] += sound[:length]


def track(rng: np.random.Generator, count: int, beat: float, scale: list[int], role: str) -> np.ndarray:
    """One instrument playing its part."""
    play = INSTRUMENTS[rng.integers(len(INSTRUMENTS))](rng)
    memory: dict[tuple[int, int], np.ndarray] = {}
    out = np.zeros(count)
    octave = {"bass": 33, "chords": 52, "melody": 60, "arpeggio": 57, "drone": 40}[role] + int(rng.integers(-5, 13))

    def note(degree: int, seconds: float, at: float, level: float) -> None:
        pitch = octave + 12 * (degree // len(scale)) + scale[degree % len(scale)]
        key = (pitch, int(seconds * 20) + 1)
        if key not in memory:
            sound = play(440 * 2 ** ((pitch - 69) / 12), key[1] / 20)
            memory[key] = sound / (np.max(np.abs(sound)) + 1e-9)
        put(out, level * memory[key], int(at * RATE))

    at, degree, total = 0.0, 0, count / RATE
    legato, rest = rng.uniform(0.4, 1.3), rng.choice([0.0, 0.1, 0.4])
    lengths = {"bass": [1, 2, 0.5], "chords": [2, 4, 1, 0.5], "melody": [0.25, 0.5, 1, 1.5], "arpeggio": [0.25, 0.5], "drone": [8, 16]}[role]
    order = rng.permutation(4)
    step = 0
    while at < total:
        length = beat * rng.choice(lengths)
        if role in ("chords", "drone"):
            root = int(rng.integers(0, 7))
            for extra in (0, 2, 4, 6)[: int(rng.integers(2, 5))]:
                note(root + extra, length * legato, at + rng.uniform(0, 0.03), rng.uniform(0.5, 1))
        elif rng.random() >= rest:
            if role == "arpeggio":
                if step % 8 == 0:
                    degree = int(rng.integers(0, 7))
                note(degree + 2 * int(order[step % 4]), length * legato, at, rng.uniform(0.6, 1))
            else:
                degree = int(np.clip(degree + rng.integers(-3, 4), -4, 10))
                note(degree, length * legato, at, rng.uniform(0.5, 1))
        at += length
        step += 1
    return out / (np.sqrt(np.mean(out**2)) + 1e-9)


def music(rng: np.random.Generator, seconds: float) -> np.ndarray:
    """A piece of some instruments, with drums in half of the cases, at RMS 1."""
    count, beat = int(seconds * RATE), 60 / rng.uniform(50, 180)
    scale = SCALES[rng.integers(len(SCALES))]
    roles = rng.permutation(["bass", "chords", "melody", "arpeggio", "chords", "melody", "drone"])[: int(rng.choice([1, 1, 2, 3, 4]))]
    out = np.zeros(count)
    for role in roles:
        out += rng.uniform(0.3, 1.0) * track(rng, count, beat, scale, str(role))
    if rng.random() < 0.45:
        pattern = drums(rng, count, beat)
        out += rng.uniform(0.3, 2.0) * pattern / (np.sqrt(np.mean(pattern**2)) + 1e-9)
    return out / (np.sqrt(np.mean(out**2)) + 1e-9)
