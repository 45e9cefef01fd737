#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""How much crosstalk changes the speech that `diarize --per-channel` finds in each channel.

Run:  python3 bench/crosstalk.py, after `cargo build --release --features full`
Needs ffmpeg, numpy, and ../shared/voices. Makes 40 calls of two people who take turns, from recordings of single speakers, and
mixes each side into the other, softer by 12 to 60 dB. What is found in a channel is compared with what is found there without
crosstalk. Exits with 1 if more than 2 % of the calls are off by more than 5 %.
"""
import json
import os
import pathlib
import random
import subprocess
import sys
import tempfile
import wave

import numpy as np

ROOT = pathlib.Path(__file__).resolve().parents[1]
VOICES = ROOT.parent / "shared" / "voices" / "dev"
PROGRAM = ROOT / "target" / "release" / "voiceroll"
RATE = 16_000
CALLS, TURNS = 40, 8
SOFTER = (12, 18, 24, 36, 48, 60)


def decoded(path):
    command = ["ffmpeg", "-v", "error", "-i", path, "-ac", "1", "-ar", str(RATE), "-f", "f32le", "-"]
    return np.frombuffer(subprocess.run(command, capture_output=True, check=True).stdout, np.float32)


def call(speakers, chance, noise):
    """Two channels, in which two people speak in turn, each at a level of its own, over faint noise."""
    voices = []
    for files in chance.sample(speakers, 2):
        samples = decoded(VOICES / chance.choice(files))
        voices.append(samples / np.sqrt(np.mean(samples**2) + 1e-9) * 0.05 * chance.uniform(0.7, 1.4))
    sides, at = ([], []), [0, 0]
    for turn in range(TURNS):
        who, length = turn % 2, int(RATE * chance.uniform(1.5, 4))
        part = voices[who][at[who] : at[who] + length]
        at[who] += length
        if len(part) < RATE // 2:
            at[who], part = 0, voices[who][:length]
        silent = np.zeros(len(part) + int(RATE * chance.uniform(0.1, 0.6)), np.float32)
        spoken = silent.copy()
        spoken[: len(part)] = part
        sides[who].append(spoken)
        sides[1 - who].append(silent)
    return [np.concatenate(side) + noise.normal(0, 1e-4, sum(map(len, side))) for side in sides]


def spoken(left, right, folder):
    """Seconds of speech in each channel."""
    file = pathlib.Path(folder) / "call.wav"
    samples = (np.clip(np.stack([left, right], 1), -1, 1) * 32767).astype("<i2")
    with wave.open(str(file), "wb") as out:
        out.setnchannels(2)
        out.setsampwidth(2)
        out.setframerate(RATE)
        out.writeframes(samples.tobytes())
    environment = {**os.environ, "VOICEROLL_MODEL": "compact"}
    command = [PROGRAM, "diarize", "--per-channel", "--json", file]
    found = json.loads(subprocess.run(command, capture_output=True, check=True, env=environment).stdout)
    lengths = {1: 0.0, 2: 0.0}
    for segment in found["segments"]:
        lengths[segment["channel"]] += segment["end"] - segment["start"]
    return lengths[1], lengths[2]


def main():
    chance, noise = random.Random(5), np.random.default_rng(5)
    speakers = {}
    for line in open(VOICES / "manifest.jsonl"):
        one = json.loads(line)
        if one["seconds"] > 8:
            speakers.setdefault(one["speaker"], []).append(one["path"])
    speakers = [speakers[name] for name in sorted(speakers)]
    off = []
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(CALLS):
            left, right = call(speakers, chance, noise)
            clean = spoken(left, right, folder)
            for softer in SOFTER:
                leak = 10 ** (-softer / 20)
                mixed = spoken(left + leak * right, right + leak * left, folder)
                off.append(max(abs(one - other) / max(other, 1.0) for one, other in zip(mixed, clean)))
    beyond = sum(share > 0.05 for share in off)
    print(f"{len(off)} calls with crosstalk: {beyond} off by more than 5 %, at most {100 * max(off):.1f} %, mean {100 * np.mean(off):.2f} %")
    return beyond > 0.02 * len(off)


if __name__ == "__main__":
    sys.exit(main())
