"""Music on sampled instruments: a piece as MIDI events, played by `fluidsynth` with a General MIDI sound font.

Both are Debian packages: `fluidsynth`, and `fluid-soundfont-gm` (MIT licence, for training) or `timgm6mb-soundfont`
(for the examination). What is not installed is left out.
"""

from __future__ import annotations

import shutil
import struct
import subprocess
import tempfile
from pathlib import Path

import numpy as np

from .detector_pack import RATE, read

Rng = np.random.Generator
Event = tuple[int, bytes]
"""When, in ticks of 1/480 beat, and a MIDI message."""

BEAT = 480
DRUMS = 9
SCALES = ([0, 2, 4, 5, 7, 9, 11], [0, 2, 3, 5, 7, 8, 10], [0, 2, 4, 7, 9], [0, 3, 5, 6, 7, 10], list(range(12)))


def font(name: str) -> Path | None:
    """The sound font of that name, if it can be played."""
    path = Path("/usr/share/sounds/sf2") / name
    return path if path.exists() and shutil.which("fluidsynth") else None


def played(events: list[Event], beats_per_minute: float, instruments: Path, count: int) -> np.ndarray:
    """The first `count` samples of a piece at 16 kHz."""
    track, now = b"\0\xff\x51\x03" + int(60e6 / beats_per_minute).to_bytes(3, "big"), 0
    for tick, message in sorted(events, key=lambda event: event[0]):
        delta, now = tick - now, tick
        number = bytes([delta & 0x7F])
        while delta := delta >> 7:
            number = bytes([0x80 | delta & 0x7F]) + number
        track += number + message
    track += b"\0\xff\x2f\0"
    with tempfile.TemporaryDirectory() as folder:
        midi, wav = Path(folder) / "a.mid", Path(folder) / "a.wav"
        midi.write_bytes(b"MThd" + struct.pack(">IHHH", 6, 0, 1, BEAT) + b"MTrk" + struct.pack(">I", len(track)) + track)
        subprocess.run(["fluidsynth", "-niq", "-r", "32000", "-F", wav, instruments, midi], check=True, capture_output=True)
        samples = read(wav)
    return np.pad(samples, (0, max(count - len(samples), 0)))[:count].astype(np.float64)


def note(channel: int, start: float, length: float, key: int, loud: int) -> list[Event]:
    """One note; start and length in beats."""
    start, end = int(start * BEAT), int((start + length) * BEAT)
    return [(start, bytes([0x90 | channel, key, loud])), (max(end, start + 10), bytes([0x80 | channel, key, 0]))]


def piece(rng: Rng, seconds: float, instruments: Path) -> np.ndarray:
    """A random piece of one to four instruments of any kind, with or without drums."""
    tempo = rng.uniform(50, 180)
    beats = seconds * tempo / 60 + 1
    scale, root = SCALES[rng.integers(len(SCALES))], int(rng.integers(0, 12))
    events: list[Event] = []
    for channel in range(int(rng.choice([1, 1, 2, 3, 4]))):
        events += part(rng, channel, beats, scale, root)
    if rng.random() < 0.35:
        events += drums(rng, beats)
    return played(events, tempo, instruments, int(seconds * RATE))


def part(rng: Rng, channel: int, beats: float, scale: list[int], root: int) -> list[Event]:
    """What one instrument plays: a line, broken or whole chords, sometimes with slides and swelling."""
    events: list[Event] = [(0, bytes([0xC0 | channel, int(rng.integers(128))]))]
    events.append((0, bytes([0xB0 | channel, 1, int(rng.choice([0, rng.integers(128)]))])))
    usual = rng.choice([0.25, 0.5, 1, 2, 4])
    voices, broken = int(rng.choice([1, 1, 1, 2, 3, 4])), rng.random() < 0.3
    held, rests = rng.uniform(0.3, 1.1), rng.choice([0.0, rng.uniform(0, 0.5)])
    lowest, degree, beat = int(rng.integers(3, 7)) * 12 + root, 0, 0.0
    slides, swells = rng.random() < 0.15, rng.random() < 0.15
    while beat < beats:
        length = usual * rng.choice([0.5, 1, 1, 1, 2])
        degree = int(np.clip(degree + rng.integers(-3, 4), -4, 11))
        if rng.random() >= rests:
            for voice in range(voices):
                at = degree + 2 * voice
                key = int(np.clip(lowest + 12 * (at // len(scale)) + scale[at % len(scale)], 21, 108))
                late = voice * length / voices if broken else 0.0
                events += note(channel, beat + late, held * length, key, int(rng.integers(40, 127)))
        for step in range(8 if slides or swells else 0):
            tick = int((beat + step * length / 8) * BEAT)
            if slides:
                bend = int(8192 * (1 + 0.9 * np.sin(step / 8 * np.pi) * rng.uniform(-1, 1)))
                events.append((tick, bytes([0xE0 | channel, bend & 0x7F, bend >> 7])))
            if swells:
                events.append((tick, bytes([0xB0 | channel, 11, int(127 * rng.uniform(0.3, 1))])))
        beat += length
    return events


def drums(rng: Rng, beats: float) -> list[Event]:
    """A bar of random hits, over and over, with changes."""
    kit = rng.choice(np.arange(35, 82), int(rng.integers(2, 7)), replace=False)
    likely = rng.random((len(kit), 16)) * rng.uniform(0.3, 1)
    return [
        event
        for quarter in range(int(beats * 4))
        for row, key in zip(likely, kit)
        if rng.random() < row[quarter % 16] ** 2
        for event in note(DRUMS, quarter / 4, 0.1, int(key), int(rng.integers(50, 127)))
    ]
