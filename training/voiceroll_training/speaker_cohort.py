"""Makes the cohort of a network: what scores of its voiceprints are held against (`core/src/calibration/cohort.rs`).

Two recordings of each training speaker, plain and put through a drawn telephone, are heard by the product itself. The
cohort is the voiceprints of some of these people, plain and worn, and, where asked for, the directions in which the
telephones move a voiceprint most: the leading singular vectors of all differences between a person's recordings of
which at least one is worn. How many directions carry over to people who were not heard, `--try` says.
"""

import argparse
import struct
import subprocess
import tempfile
from collections import defaultdict
from pathlib import Path

import numpy as np
import soundfile
import torch

from .audio import SAMPLE_RATE, read, read_lines
from .speaker_channels import Acoustics, Chain, encode
from .speaker_trials import eer, unit

LONG, SHORT = 20 * SAMPLE_RATE, 7 * SAMPLE_RATE
"""The most of the first and of the second recording of a speaker."""
PLAIN_LONG, PLAIN_SHORT, WORN_LONG, WORN_SHORT = range(4)
PAIRS = ((WORN_LONG, PLAIN_LONG), (WORN_SHORT, PLAIN_SHORT), (WORN_LONG, WORN_SHORT), (WORN_LONG, PLAIN_SHORT), (WORN_SHORT, PLAIN_LONG))
NEAREST_SHARE = 0.1875
TRIED = (0, 4, 8, 12, 16, 24, 32)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("out", type=Path, help="file for the cohort")
    parser.add_argument("--model", help="a network other than the built-in one, as `voiceroll --model` takes it")
    parser.add_argument("--directions", type=int, default=0, help="directions of telephones that are left out of scores")
    parser.add_argument("--people", type=int, default=200, help="speakers in the cohort, each plain and worn")
    parser.add_argument("--voices", type=Path, default=Path("../shared/voices"), help="folder with train/ and noise/")
    parser.add_argument("--cache", type=Path, default=Path("target/training/cohort"), help="folder for the recordings")
    parser.add_argument("--try", dest="tries", action="store_true", help="only say how many directions carry over")


def main(arguments: argparse.Namespace) -> None:
    recordings = _recordings(arguments.voices, arguments.cache)
    speakers, prints = _prints(recordings, arguments.model)
    if arguments.tries:
        _print_tries(speakers, prints)
        return
    directions = _directions(prints, arguments.directions)
    chosen = np.random.default_rng(0).permutation(len(speakers))[: arguments.people]
    voices = np.concatenate([prints[chosen, PLAIN_LONG], prints[chosen, WORN_LONG]])
    arguments.out.write_bytes(_cohort(voices, directions))
    print(f"{arguments.out}: {len(voices)} voices, {len(directions)} directions, {arguments.out.stat().st_size} bytes")


def _recordings(voices: Path, cache: Path) -> dict[str, list[Path]]:
    """Plain and worn recordings of each training speaker who has two, written once."""
    cache.mkdir(parents=True, exist_ok=True)
    names = ("plain-long", "plain-short", "worn-long", "worn-short")
    plain = {}
    by_speaker = defaultdict(list)
    for record in read_lines(voices / "train" / "manifest.jsonl"):
        if record["speaker"]:
            by_speaker[record["speaker"]].append(voices / "train" / record["path"])
    made = {speaker: [cache / f"{speaker}.{name}.wav" for name in names] for speaker in sorted(by_speaker)}
    done = cache / "done"
    if not done.exists():
        for speaker, paths in sorted(by_speaker.items()):
            first = read(paths[0])
            if len(paths) > 1:
                long, short = first[:LONG], read(paths[-1])[:SHORT]
            else:
                cut = min(LONG, int(0.6 * len(first)))
                long, short = first[:cut], first[cut : cut + SHORT]
            plain |= {made[speaker][PLAIN_LONG]: long, made[speaker][PLAIN_SHORT]: short}
        worn = {path.with_name(path.name.replace("plain", "worn")): sound for path, sound in plain.items()}
        for path, sound in (plain | _worn(worn, Acoustics(voices / "noise"))).items():
            soundfile.write(path, sound, SAMPLE_RATE, subtype="PCM_16")
        done.touch()
    return made


def _worn(sounds: dict[Path, np.ndarray], acoustics: Acoustics) -> dict[Path, np.ndarray]:
    """Each recording through a telephone of its own."""
    random = np.random.default_rng(1)
    by_codec = defaultdict(list)
    for path, sound in sounds.items():
        chain = None
        while chain is None or chain.band is None:
            chain = Chain.draw(random, acoustics, len(sound) / SAMPLE_RATE)
        by_codec[chain.codec].append((path, chain.linear(sound)))
    return {
        path: sound
        for codec, members in by_codec.items()
        for (path, _), sound in zip(members, encode([sound for _, sound in members], codec))
    }


def _prints(recordings: dict[str, list[Path]], model: str | None) -> tuple[list[str], np.ndarray]:
    """[speakers, 4, size], of length 1, of those of whom all four recordings have speech enough."""
    with tempfile.TemporaryDirectory() as folder:
        heard, out = Path(folder) / "list", Path(folder) / "prints"
        heard.write_text("".join(f"{path.absolute()}\n" for paths in recordings.values() for path in paths))
        command = ["cargo", "run", "--release", "--quiet", "--features", "__bench", "--example", "voiceprints", "--"]
        subprocess.run([*command, str(heard), str(out), *([model] if model else [])], check=True)
        values = np.fromfile(out, "<f4")
    prints = values[1:].reshape(len(recordings), 4, int(values[0])).astype(np.float64)
    whole = np.abs(prints).sum(-1).min(-1) > 0
    return [name for name, kept in zip(recordings, whole) if kept], unit(prints[whole])


def _directions(prints: np.ndarray, count: int) -> np.ndarray:
    differences = np.concatenate([prints[:, a] - prints[:, b] for a, b in PAIRS])
    return np.linalg.svd(differences, full_matrices=False)[2][:count]


def _compared(prints: np.ndarray, mean: np.ndarray, directions: np.ndarray) -> np.ndarray:
    rest = prints - mean
    return unit(rest - (rest @ directions.T) @ directions)


def _cohort(voices: np.ndarray, directions: np.ndarray) -> bytes:
    mean = voices.mean(axis=0)
    compared = _compared(voices, mean, directions)
    codes = np.rint(127 * compared / np.abs(compared).max(axis=1, keepdims=True)).astype(np.int8)
    sizes = struct.pack("<4H", voices.shape[1], len(directions), len(voices), round(NEAREST_SHARE * len(voices)))
    return b"vrcohor1" + sizes + mean.astype("<f4").tobytes() + directions.astype("<f4").tobytes() + codes.tobytes()


def directions(path: Path) -> torch.Tensor:
    """[directions, size], those that a cohort leaves out."""
    data = path.read_bytes()
    size, count, _, _ = struct.unpack_from("<4H", data, 8)
    found = np.frombuffer(data, "<f4", size * count, 16 + 4 * size)
    return torch.from_numpy(found.reshape(count, size).copy())


def _print_tries(speakers: list[str], prints: np.ndarray) -> None:
    """Error rates on half of the speakers by the mean and the directions of the other half."""
    corpus = np.array([name.split("-")[0] for name in speakers])
    half = np.random.default_rng(0).random(len(speakers)) < 0.5
    pairs = {"telephone, telephone": (WORN_LONG, WORN_SHORT), "plain, telephone": (PLAIN_LONG, WORN_SHORT), "plain, plain": (PLAIN_LONG, PLAIN_SHORT)}
    print("EER % among people who were not heard, mean over corpora\ndirections " + " ".join(f"{name:>20}" for name in pairs))
    for count in TRIED:
        rates = defaultdict(list)
        for part in (half, ~half):
            mean = prints[~part][:, (PLAIN_LONG, WORN_LONG)].mean(axis=(0, 1))
            directions = _directions(prints[~part], count)
            for name, (a, b) in pairs.items():
                for of in (c for c in np.unique(corpus) if np.sum(part & (corpus == c)) > 5):
                    here = _compared(prints[part & (corpus == of)], mean, directions)
                    rates[name].append(eer((here[:, a] @ here[:, b].T).ravel(), np.eye(len(here), dtype=bool).ravel()))
        print(f"{count:10} " + " ".join(f"{100 * np.mean(rates[name]):20.2f}" for name in pairs))
