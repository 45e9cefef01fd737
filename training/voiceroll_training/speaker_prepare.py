"""Decodes the training pack once into flat files of int16 samples, which training then maps.

`speed-S.i16` holds all recordings at speed S one after another. `speed-S-worn-N.i16` holds the same samples after a
drawn chain of room, noise, telephone and codec, at the same offsets, and `speed-S-raised-N.i16` the same voices at
another pitch; where there are both, the later worn copies are made of the raised ones. `index.json` says where each
recording lies.
"""

import argparse
import hashlib
import json
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np
import soxr

from .audio import SAMPLE_RATE, read, read_lines, to_int16
from .speaker_channels import Acoustics, Chain, encode
from .speaker_pitch import raised

SPEEDS = (1.0, 0.9, 1.1)
PITCH = (0.75, 1.42)
"""Factors on the pitch of raised copies."""
GROUP = 48
"""Recordings whose chains are applied together: few enough to hold, many enough to share codec runs."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--voices", type=Path, default=Path("../shared/voices"), help="folder with train/ and noise/")
    parser.add_argument("--cache", type=Path, default=Path("target/training/speaker"), help="folder to fill (20 GB)")
    parser.add_argument("--worn", type=int, default=1, help="worn copies at each speed")
    parser.add_argument("--raised", type=int, default=2, help="copies at other pitches, at each speed")
    parser.add_argument("--worn-raised", type=int, default=1, help="worn copies of raised copies")
    parser.add_argument("--processes", type=int, default=2)


def main(arguments: argparse.Namespace) -> None:
    cache: Path = arguments.cache
    cache.mkdir(parents=True, exist_ok=True)
    records = read_lines(arguments.voices / "train" / "manifest.jsonl")
    with ProcessPoolExecutor(arguments.processes) as pool:
        plain = [(arguments.voices, cache, speed) for speed in SPEEDS]
        spans = dict(zip(SPEEDS, pool.map(_decode, *zip(*plain))))
        index = [
            {key: record.get(key) for key in ("speaker", "corpus", "session", "segments")}
            | {"spans": {str(speed): spans[speed][n] for speed in SPEEDS}}
            for n, record in enumerate(records)
        ]
        (cache / "index.json").write_text(json.dumps(index))
        higher = [(cache, speed, copy) for copy in range(arguments.raised) for speed in SPEEDS]
        list(pool.map(_raise, *zip(*higher)))
        sources = [""] * arguments.worn + [f"-raised-{copy}" for copy in range(arguments.worn_raised)]
        worn = [
            (arguments.voices / "noise", cache, speed, source, copy)
            for copy, source in enumerate(sources)
            for speed in SPEEDS
        ]
        list(pool.map(_wear, *zip(*worn)))


def decode(voices: Path, cache: Path) -> None:
    """Writes all recordings at normal speed, and `index.json`."""
    spans = _decode(voices, cache, 1.0)
    records = read_lines(voices / "train" / "manifest.jsonl")
    index = [
        {key: record.get(key) for key in ("speaker", "corpus", "session", "segments")} | {"spans": {"1.0": span}}
        for record, span in zip(records, spans)
    ]
    (cache / "index.json").write_text(json.dumps(index))


def _decode(voices: Path, cache: Path, speed: float) -> list[tuple[int, int]]:
    """Writes all recordings at one speed; the offset and length of each, in samples."""
    spans, offset = [], 0
    with (cache / f"speed-{speed}.i16").open("wb") as out:
        for record in read_lines(voices / "train" / "manifest.jsonl"):
            samples = read(voices / "train" / record["path"])
            if speed != 1.0:
                samples = soxr.resample(samples, SAMPLE_RATE * speed, SAMPLE_RATE)
            out.write(to_int16(samples).tobytes())
            spans.append((offset, len(samples)))
            offset += len(samples)
    return spans


def _random(name: str) -> np.random.Generator:
    return np.random.default_rng(int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "little"))


def _raise(cache: Path, speed: float, copy: int) -> None:
    """Writes one copy of all recordings at one speed with the pitch changed."""
    plain = np.memmap(cache / f"speed-{speed}.i16", dtype=np.int16, mode="r")
    name = f"speed-{speed}-raised-{copy}"
    random = _random(name)
    partial = cache / f"{name}.partial"
    other = np.memmap(partial, dtype=np.int16, mode="w+", shape=plain.shape)
    for entry in json.loads((cache / "index.json").read_text()):
        offset, length = entry["spans"][str(speed)]
        speech = plain[offset : offset + length].astype(np.float32) / 32_768
        other[offset : offset + length] = to_int16(raised(speech, random, *PITCH))
    other.flush()
    partial.rename(cache / f"{name}.i16")


def _wear(noise_folder: Path, cache: Path, speed: float, source: str, copy: int) -> None:
    """Writes one worn copy of all recordings at one speed."""
    index = json.loads((cache / "index.json").read_text())
    acoustics = Acoustics(noise_folder)
    plain = np.memmap(cache / f"speed-{speed}{source}.i16", dtype=np.int16, mode="r")
    name = f"speed-{speed}-worn-{copy}"
    random = _random(name)
    partial = cache / f"{name}.partial"
    worn = np.memmap(partial, dtype=np.int16, mode="w+", shape=plain.shape)
    spans = [entry["spans"][str(speed)] for entry in index]
    order = random.permutation(len(spans))
    for group in np.array_split(order, max(1, len(order) // GROUP)):
        by_codec: dict = {}
        for n in group:
            offset, length = spans[n]
            chain = Chain.draw(random, acoustics, length / SAMPLE_RATE)
            sound = chain.linear(plain[offset : offset + length].astype(np.float32) / 32_768)
            by_codec.setdefault(chain.codec, []).append((offset, sound))
        for codec, members in by_codec.items():
            for (offset, _), sound in zip(members, encode([sound for _, sound in members], codec)):
                worn[offset : offset + len(sound)] = to_int16(sound)
    worn.flush()
    partial.rename(cache / f"{name}.i16")
