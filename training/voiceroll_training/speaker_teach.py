"""Makes virtual voices of the training pack, asks the teacher about each window of them, and keeps what it says.

One *round* draws for every speaker a factor on formants and one on pitch, cuts some windows of that speaker, changes
them, asks the teacher about each, and wears part of them down as telephones and rooms do. Round N is `voices-N.npz`
(who, what the teacher said, which are worn), `voices-N.i16` (the windows, one after another, as the teacher heard
them) and `worn-N.i16`. A round depends on the seed and its number alone, so that several processes can share the work
(`--from 0 --step 2` and `--from 1 --step 2`), and training can start while rounds are still being made.
"""

import argparse
import json
import time
from collections import defaultdict
from pathlib import Path

import numpy as np
import soxr
import torch

from .audio import SAMPLE_RATE, to_int16
from .speaker_channels import Acoustics, Chain, encode
from .speaker_pitch import raised
from .speaker_prepare import decode
from .speaker_teacher import Teacher

SPEED = (0.8, 1.25)
"""Factors on the length of the vocal tract: pitch and formants move together."""
PITCH = (0.75, 1.42)
"""Factors on the pitch alone."""
WORN = 0.25
"""Share of the windows that are also kept worn."""
MOST = 8
"""Windows of one speaker in one round; twice as many in the first, of the voices as they are."""
UNLABELLED = 400
"""Unlabelled windows in one round."""
GROUP = 512
"""Windows that are worn together: starting codecs costs more than the codecs themselves."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("teacher", type=Path, help="the teacher as `speaker teacher` exported it")
    parser.add_argument("--voices", type=Path, default=Path("../shared/voices"), help="folder with train/ and noise/")
    parser.add_argument("--out", type=Path, default=Path("target/training/taught"), help="folder to fill (0.6 GB a round)")
    parser.add_argument("--from", dest="first", type=int, default=0, help="number of the first round")
    parser.add_argument("--step", type=int, default=1, help="make every so many rounds only")
    parser.add_argument("--rounds", type=int, default=20, help="make no round of this number or above")


def main(arguments: argparse.Namespace) -> None:
    torch.set_num_threads(1)
    arguments.out.mkdir(parents=True, exist_ok=True)
    if not (arguments.out / "index.json").exists():
        decode(arguments.voices, arguments.out)
    maker = Maker(arguments.out, arguments.voices / "noise", Teacher(arguments.teacher))
    for number in range(arguments.first, arguments.rounds, arguments.step):
        if not (arguments.out / f"voices-{number:03}.npz").exists():
            started = time.time()
            count = maker.round(number)
            print(f"round {number}: {count} windows in {time.time() - started:.0f} s", flush=True)


class Maker:
    def __init__(self, folder: Path, noise: Path, teacher: Teacher) -> None:
        self.folder, self.teacher = folder, teacher
        self.acoustics = Acoustics(noise)
        self.pack = np.memmap(folder / "speed-1.0.i16", np.int16, "r")
        self.stretches: dict[str, list[tuple[int, int]]] = defaultdict(list)
        """Offset and length of the recordings of each speaker, and of the utterances of nobody known ("")."""
        for entry in json.loads((folder / "index.json").read_text()):
            offset, length = entry["spans"]["1.0"]
            if entry["speaker"]:
                self.stretches[entry["speaker"]].append((offset, length))
                continue
            for start, end in entry["segments"]:
                if end - start > 1.0:
                    self.stretches[""].append((offset + int(start * SAMPLE_RATE), int((end - start) * SAMPLE_RATE)))
        self.speakers = sorted(name for name in self.stretches if name)

    def round(self, number: int) -> int:
        random = np.random.default_rng((17, number))
        size = int((6.0 if number % 3 == 2 else 4.0) * SAMPLE_RATE)
        windows, who = [], []
        for n, speaker in enumerate(self.speakers):
            own = self.voice(random, number, self.stretches[speaker], size, MOST if number else 2 * MOST)
            windows += own
            who += [n] * len(own)
        for _ in range(UNLABELLED):
            stretch = self.stretches[""][random.integers(len(self.stretches[""]))]
            windows += self.voice(random, number, [stretch], size, 1)
        who += [-1] * (len(windows) - len(who))
        kept = np.stack(windows)
        del windows
        said = self.teacher(kept)
        worn = np.sort(random.permutation(len(kept))[: int(WORN * len(kept))])
        name = f"{number:03}"
        kept.tofile(self.folder / f"voices-{name}.i16")
        self.wear(random, kept[worn]).tofile(self.folder / f"worn-{name}.i16")
        partial = self.folder / f"partial-{name}.npz"
        np.savez(partial, who=np.array(who), said=said.astype(np.float32), worn=worn, size=size)
        partial.rename(self.folder / f"voices-{name}.npz")
        return len(kept)

    def voice(
        self, random: np.random.Generator, number: int, stretches: list[tuple[int, int]], size: int, most: int
    ) -> list[np.ndarray]:
        """Windows of int16 samples of one virtual voice.

        Of six rounds after the first, three move formants and pitch together, one moves the pitch of the voice as it
        is within itself, one of a voice with other formants, and one gives a voice another pitch throughout.
        """
        kind = 0 if number == 0 else 1 + (number - 1) % 6
        speed = 1.0 if kind in (0, 2) else float(np.exp(random.uniform(*np.log(SPEED))))
        low, high = PITCH
        if kind == 4:
            low = high = float(np.exp(random.uniform(*np.log((0.8, 1.25)))))
        windows, needed = [], int(size * speed) + 1
        order = random.permutation(len(stretches))
        for offset, length in (stretches[n] for n in order):
            free = length - (length // needed) * needed
            start = offset + (int(random.integers(free + 1)) if length >= needed else 0)
            parts = [(start + n * needed, needed) for n in range(length // needed)] or [(offset, length)]
            for at, count in (parts[n] for n in random.permutation(len(parts))):
                if len(windows) == most:
                    return windows
                samples = self.pack[at : at + count].astype(np.float32) / 32_768
                if speed != 1.0:
                    samples = soxr.resample(samples, SAMPLE_RATE * speed, SAMPLE_RATE)
                if kind in (2, 4, 6):
                    samples = raised(samples, random, low, high)
                windows.append(np.resize(to_int16(samples), size))
        return windows

    def wear(self, random: np.random.Generator, windows: np.ndarray) -> np.ndarray:
        """The windows behind drawn rooms, noises, telephones and codecs."""
        worn = np.empty_like(windows)
        for start in range(0, len(windows), GROUP):
            by_codec: dict = defaultdict(list)
            for n, window in enumerate(windows[start : start + GROUP], start):
                chain = Chain.draw(random, self.acoustics, len(window) / SAMPLE_RATE)
                by_codec[chain.codec].append((n, chain.linear(window.astype(np.float32) / 32_768)))
            for codec, members in by_codec.items():
                for (n, _), sound in zip(members, encode([sound for _, sound in members], codec)):
                    worn[n] = to_int16(sound)
        return worn
