"""Sounds that are not speech, computed: tones, telephone signals, hum, noises, knocks and machines."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from scipy import signal

from .detector_midi import font, piece
from .detector_music import hit, music, put
from .detector_pack import RATE

Rng = np.random.Generator
DTMF = [(low, high) for low in (697, 770, 852, 941) for high in (1209, 1336, 1477, 1633)]


def clock(seconds: float) -> np.ndarray:
    return np.arange(int(seconds * RATE)) / RATE


def wander(rng: Rng, count: int, hz: float) -> np.ndarray:
    """A smooth random curve of mean 0 and deviation 1 that changes `hz` times a second."""
    points = rng.standard_normal(max(int(count / RATE * hz), 1) + 3)
    return np.interp(np.linspace(0, len(points) - 1, count), np.arange(len(points)), points)


def switched(rng: Rng, count: int, on: float, off: float, shake: float) -> np.ndarray:
    """1 and 0 in turn, for about `on` and `off` seconds, with soft edges."""
    gate = np.zeros(count)
    at = 0.0
    while at < count / RATE:
        length = on * rng.uniform(1 - shake, 1 + shake)
        gate[int(at * RATE) : int((at + length) * RATE)] = 1
        at += length + off * rng.uniform(1 - shake, 1 + shake)
    edge = int(rng.uniform(8, 160))
    return np.convolve(gate, np.ones(edge) / edge, "same")


def tones(rng: Rng, seconds: float) -> np.ndarray:
    """Steady, sweeping, warbling or beeping tones, sine to square."""
    at = clock(seconds)
    out = np.zeros(len(at))
    for _ in range(int(rng.choice([1, 1, 2, 3]))):
        hz = np.exp(rng.uniform(np.log(60), np.log(6000)))
        way = rng.choice([0, 1, 1, 1, 2, 3, 4])
        if way == 0:
            curve = np.full(len(at), hz)
        elif way == 1:
            length = np.exp(rng.uniform(np.log(0.3), np.log(24)))
            curve = hz * (np.exp(rng.uniform(np.log(60), np.log(7500))) / hz) ** ((at % length) / length)
        elif way == 2:
            curve = hz * 2 ** (rng.uniform(0.05, 1.5) * np.sin(2 * np.pi * rng.uniform(0.1, 8) * at))
        elif way == 3:
            steps = np.exp(rng.uniform(np.log(100), np.log(4000), 400))
            curve = steps[(at * rng.uniform(0.5, 10)).astype(int) % 400]
        else:
            curve = hz * np.exp(0.3 * wander(rng, len(at), rng.uniform(0.2, 3)))
        tone = np.sin(2 * np.pi * np.cumsum(curve) / RATE)
        shape = rng.integers(3)
        tone = tone if shape == 0 else np.tanh(rng.uniform(1, 20) * tone) if shape == 1 else tone * (1 + rng.uniform(0.2, 1) * np.sin(2 * np.pi * rng.uniform(1, 30) * at))
        if rng.random() < 0.5:
            tone = tone * switched(rng, len(at), np.exp(rng.uniform(np.log(0.03), np.log(3))), np.exp(rng.uniform(np.log(0.03), np.log(3))), rng.choice([0, 0.5]))
        out += rng.uniform(0.2, 1) * tone
    return out


def telephone(rng: Rng, seconds: float) -> np.ndarray:
    """Dialled digits, dial, busy and ringing tones, bells, modems."""
    at = clock(seconds)
    kind = rng.integers(5)
    if kind <= 1:
        out = np.zeros(len(at))
        now, on, off = rng.uniform(0, 1), rng.uniform(0.04, 0.5), rng.uniform(0.03, 0.6)
        while now < seconds:
            low, high = DTMF[rng.integers(16)]
            length = on * rng.uniform(0.7, 1.3)
            t = clock(length)
            put(out, np.sin(2 * np.pi * low * t) + rng.uniform(0.7, 1.3) * np.sin(2 * np.pi * high * t), int(now * RATE))
            now += length + off * rng.uniform(0.6, 1.5) + (rng.random() < 0.08) * rng.uniform(0.5, 3)
        return out
    if kind == 2:
        pair = [(350, 440), (440, 480), (480, 620), (425, 425), (400, 450), (425, 450)][rng.integers(6)]
        tone = sum(np.sin(2 * np.pi * hz * rng.uniform(0.99, 1.01) * at) for hz in pair)
        cadence = [(60, 0.1), (2, 4), (0.5, 0.5), (0.25, 0.25), (1, 4), (0.4, 0.2)][rng.integers(6)]
        return tone * switched(rng, len(at), *cadence, 0.02)
    if kind == 3:
        bells = sum(np.sin(2 * np.pi * hz * at) for hz in rng.uniform(700, 4000, 3))
        return bells * (0.3 + np.abs(np.sin(np.pi * rng.uniform(8, 25) * at))) * switched(rng, len(at), rng.uniform(0.4, 2), rng.uniform(0.3, 4), 0.05)
    bits = rng.integers(0, 2, int(seconds * 300) + 2)
    curve = rng.uniform(900, 1400) + rng.uniform(100, 900) * bits[(at * rng.uniform(30, 300)).astype(int)]
    return np.sin(2 * np.pi * np.cumsum(curve) / RATE)


def hum(rng: Rng, seconds: float) -> np.ndarray:
    """Mains hum with its harmonics, transformers, buzz."""
    at = clock(seconds)
    hz = rng.choice([50, 60, rng.uniform(40, 130)]) * (1 + 0.002 * wander(rng, len(at), 0.5))
    phase = 2 * np.pi * np.cumsum(hz) / RATE
    count = int(rng.choice([1, 3, 8, 30]))
    out = sum(rng.uniform(0, 1) * k ** -rng.uniform(0, 1.5) * np.sin(k * phase + rng.uniform(0, 6.28)) for k in range(1, count + 1))
    if rng.random() < 0.4:
        out = out * (1 + 0.5 * wander(rng, len(at), rng.uniform(0.2, 4)))
    return out + rng.choice([0, 10 ** rng.uniform(-3, -0.5)]) * rng.standard_normal(len(at))


def coloured(rng: Rng, count: int) -> np.ndarray:
    """Noise with a power law or a random smooth spectrum, RMS 1."""
    spectrum = np.fft.rfft(rng.standard_normal(count))
    hz = np.linspace(1, RATE / 2, len(spectrum))
    way = rng.integers(4)
    if way == 0:
        gain = np.ones(len(hz))
    elif way == 1:
        gain = np.maximum(hz, 20) ** -(rng.choice([0.5, 1.0, rng.uniform(-0.5, 1.5)]))
    else:
        knots = np.exp(rng.uniform(np.log(40), np.log(8000), int(rng.integers(2, 9))))
        gain = 10 ** (np.interp(np.log(hz), np.log(np.sort(knots)), rng.uniform(-30, 0, len(knots))) / 20)
    out = np.fft.irfft(spectrum * gain, count)
    return out / (np.sqrt(np.mean(out**2)) + 1e-9)


def noise(rng: Rng, seconds: float) -> np.ndarray:
    """Steady, swelling, gusting, pulsing or gated noise."""
    count = int(seconds * RATE)
    out = coloured(rng, count)
    way = rng.integers(6)
    if way == 1:
        out = out * np.exp(rng.uniform(0.2, 1.5) * wander(rng, count, np.exp(rng.uniform(np.log(0.1), np.log(12)))))
    elif way == 2:
        out = out * (1 + rng.uniform(0.2, 1) * np.sin(2 * np.pi * np.exp(rng.uniform(np.log(0.1), np.log(30))) * clock(seconds)[:count]))
    elif way == 3:
        out = out * (switched(rng, count, rng.uniform(0.05, 3), rng.uniform(0.05, 3), 0.5) + rng.choice([0, 0.05]))
    elif way == 4:
        mix = 1 / (1 + np.exp(-3 * wander(rng, count, rng.uniform(0.3, 6))))
        out = mix * out + (1 - mix) * coloured(rng, count)
    return out


def grain(rng: Rng, kind: str) -> np.ndarray:
    """One short sound: a click, a key, a knock, a clap, a drop, a chirp."""
    if kind == "click":
        out = np.zeros(int(rng.integers(2, 80)))
        out[: int(rng.integers(1, 3))] = rng.choice([-1, 1])
        return out
    if kind == "chirp":
        at = clock(rng.uniform(0.03, 0.3))
        curve = rng.uniform(1500, 6000) * 2 ** (rng.uniform(-1, 1) * at / at[-1] + 0.2 * np.sin(2 * np.pi * rng.uniform(5, 50) * at))
        return np.sin(2 * np.pi * np.cumsum(curve) / RATE) * np.hanning(len(at))
    if kind == "drop":
        at = clock(rng.uniform(0.02, 0.12))
        return np.sin(2 * np.pi * np.cumsum(rng.uniform(300, 2500) * (1 + at * rng.uniform(0, 20))) / RATE) * np.exp(-at / 0.02)
    fall = {"key": rng.uniform(0.003, 0.02), "knock": rng.uniform(0.01, 0.06), "clap": rng.uniform(0.005, 0.05), "scrape": rng.uniform(0.05, 0.4)}[kind]
    at = clock(6 * fall)
    out = rng.standard_normal(len(at)) * np.exp(-at / fall)
    if kind == "scrape":
        out *= np.minimum(at / 0.03, 1)
    for _ in range(int(rng.integers(0, 4))):
        low, high = (100, 1200) if kind == "knock" else (400, 7000)
        out += rng.uniform(0.3, 2) * signal.lfilter(*signal.iirpeak(rng.uniform(low, high), rng.uniform(3, 40), fs=RATE), out)
    return out


def grains(rng: Rng, seconds: float) -> np.ndarray:
    """Clicks, typing, knocks, steps, rain, applause, birds: few or very many of one or two kinds."""
    out = np.zeros(int(seconds * RATE))
    for _ in range(int(rng.choice([1, 1, 2]))):
        kind = str(rng.choice(["click", "key", "knock", "clap", "drop", "chirp", "scrape"]))
        bank = [grain(rng, kind) for _ in range(int(rng.integers(1, 12)))]
        rate = np.exp(rng.uniform(np.log(0.5), np.log(12 if kind in ("chirp", "scrape") else 250)))
        even, now = rng.random() < 0.4, rng.uniform(0, 0.5)
        level = rng.uniform(0.2, 1)
        while now < seconds:
            put(out, level * np.exp(rng.normal(0, 0.5)) * bank[rng.integers(len(bank))], int(now * RATE))
            now += 1 / rate * (rng.uniform(0.95, 1.05) if even else rng.exponential())
            if kind in ("key", "knock", "chirp") and rng.random() < 0.05:
                now += rng.uniform(0, 2)
    return out


def machine(rng: Rng, seconds: float) -> np.ndarray:
    """Engines, fans and drills: harmonics of a wandering speed, and noise in its rhythm."""
    count = int(seconds * RATE)
    hz = np.exp(rng.uniform(np.log(12), np.log(300))) * np.exp(rng.uniform(0, 0.4) * wander(rng, count, rng.uniform(0.1, 2)))
    phase = 2 * np.pi * np.cumsum(hz) / RATE
    out = np.zeros(count)
    for k in range(1, int(rng.integers(2, 40))):
        out += rng.exponential() * k ** -rng.uniform(0.2, 1.5) * np.sin(k * phase + rng.uniform(0, 6.28)) * (k * hz.max() < 7800)
    out /= np.sqrt(np.mean(out**2)) + 1e-9
    return out + rng.uniform(0.1, 2) * coloured(rng, count) * (1 + rng.uniform(0, 1) * np.sin(phase * rng.choice([0.5, 1, 2])))


def alarm(rng: Rng, seconds: float) -> np.ndarray:
    """Sirens and alarms: harmonic sounds that go up and down, with or without resonances."""
    at = clock(seconds)
    swing = np.sin(2 * np.pi * rng.uniform(0.1, 6) * at)
    swing = swing if rng.random() < 0.5 else np.sign(swing)
    turns = np.cumsum(np.exp(rng.uniform(np.log(120), np.log(1500))) * 2 ** (rng.uniform(0.05, 0.8) * swing)) / RATE
    out = 2 * (turns % 1) - 1
    for _ in range(int(rng.integers(0, 4))):
        out = signal.lfilter(*signal.iirpeak(rng.uniform(300, 5000), rng.uniform(1, 8), fs=RATE), out) + 0.1 * out
    return out * (switched(rng, len(at), rng.uniform(0.1, 3), rng.uniform(0.05, 2), 0.1) if rng.random() < 0.5 else 1)


def beat(rng: Rng, seconds: float) -> np.ndarray:
    """Strokes of drums without a tune."""
    out = np.zeros(int(seconds * RATE))
    bank = [hit(rng, str(rng.choice(["kick", "snare", "hat", "tom", "ring"]))) for _ in range(6)]
    now, gap = 0.0, rng.uniform(0.08, 0.6)
    while now < seconds:
        put(out, rng.uniform(0.3, 1) * bank[rng.integers(6)], int(now * RATE))
        now += gap * rng.choice([0.5, 1, 1, 2])
    return out


def sampled(rng: Rng, seconds: float) -> np.ndarray:
    """Music on sampled instruments; computed ones where there are none."""
    instruments = font("FluidR3_GM.sf2")
    return piece(rng, seconds, instruments) if instruments else music(rng, seconds)


KINDS: dict[str, tuple[Callable[[Rng, float], np.ndarray], float]] = {
    "music": (music, 0.28),
    "sampled": (sampled, 0.22),
    "tones": (tones, 0.16),
    "telephone": (telephone, 0.08),
    "hum": (hum, 0.06),
    "noise": (noise, 0.11),
    "grains": (grains, 0.11),
    "machine": (machine, 0.05),
    "alarm": (alarm, 0.04),
    "beat": (beat, 0.03),
}
"""Each kind of sound with its share among them."""


def sound(rng: Rng, kind: str, seconds: float) -> np.ndarray:
    """One sound at RMS 1, float32; a tenth of them are mixed with another."""
    out = KINDS[kind][0](rng, seconds)
    return (out / (np.sqrt(np.mean(out**2)) + 1e-9)).astype(np.float32)


def any_kind(rng: Rng) -> str:
    shares = np.array([share for _, share in KINDS.values()])
    return str(rng.choice(list(KINDS), p=shares / shares.sum()))
