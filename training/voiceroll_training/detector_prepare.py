"""Data for the detector: speech with its truth, a bank of sounds, and mixtures as features."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import soxr

from . import detector_pack as pack
from .detector_config import Config, load
from .detector_features import BANDS, HOP, features
from .detector_mix import Clip, equalised, placed, power, recorded, speech_track
from .detector_pack import RATE, Phrase
from .detector_sounds import any_kind, sound

Rng = np.random.Generator
BANK = 720
"""Sounds that are not speech."""


def speech(config: Config) -> list[list[Phrase]]:
    """The training pack's phrases, one list for each speaker (each file, where none is known)."""
    cache = config.work_folder / "speech.npz"
    if not cache.exists():
        save_speech(config, cache)
    with np.load(cache) as stored:
        samples, spoken, speaker, starts, steps = (stored[k] for k in ("samples", "spoken", "speaker", "starts", "steps"))
    found: list[list[Phrase]] = [[] for _ in range(speaker.max() + 1)]
    at = 0
    for who, start, count in zip(speaker, starts, steps, strict=True):
        sound = samples[start : start + count * pack.STEP].astype(np.float32) / 32768
        found[who].append(Phrase(sound, spoken[at : at + count]))
        at += count
    return [pack.levelled(phrases) for phrases in found if phrases]


def save_speech(config: Config, cache: Path) -> None:
    rng = np.random.default_rng(config.seed)
    folder = config.voices_folder / "train"
    samples, spoken, speaker, starts, steps = [], [], [], [], []
    seconds: dict[str, float] = {}
    numbers: dict[str, int] = {}
    position = 0
    for line in pack.manifest(folder):
        name = line["speaker"] or line["path"]
        if seconds.get(name, 0.0) >= config.seconds_per_speaker:
            continue
        seconds[name] = seconds.get(name, 0.0) + line["seconds"]
        for phrase in pack.phrases(pack.read(folder / line["path"]), rng):
            count = min(len(phrase.spoken), len(phrase.samples) // pack.STEP)
            samples.append((np.clip(phrase.samples[: count * pack.STEP], -1, 1) * 32767).astype(np.int16))
            spoken.append(phrase.spoken[:count])
            speaker.append(numbers.setdefault(name, len(numbers)))
            starts.append(position)
            steps.append(count)
            position += count * pack.STEP
    np.savez(cache, samples=np.concatenate(samples), spoken=np.concatenate(spoken), speaker=speaker, starts=starts, steps=steps)
    print(f"speech: {len(numbers)} speakers, {len(starts)} phrases, {position / RATE / 3600:.2f} h", flush=True)


def sounds(config: Config, count: int) -> np.ndarray:
    """A bank of computed sounds, float16 at RMS 1; shape (count, samples)."""
    cache = config.work_folder / f"sounds-{config.seed}-{count}.npy"
    if not cache.exists():
        rng = np.random.default_rng(config.seed + 1)
        bank = np.zeros((count, int(config.sound_seconds * RATE)), np.float16)
        for row in bank:
            row[:] = np.clip(sound(rng, any_kind(rng), config.sound_seconds), -60, 60)
        np.save(cache, bank)
    return np.load(cache, mmap_mode="r")


def background(rng: Rng, count: int, bank: np.ndarray, noises: list[np.ndarray]) -> np.ndarray:
    """Something that is not speech, RMS 1: from the bank or the pack's noises, other speed and colour."""
    if len(bank) == 0 or rng.random() < 0.5:
        out = np.zeros(count + RATE, np.float32)
        at = 0
        while at < count:
            part = noises[rng.integers(len(noises))]
            part = np.roll(part[:: rng.choice([-1, 1])], -int(rng.integers(len(part))))[: count + RATE - at]
            out[at : at + len(part)] = part / np.sqrt(power(part))
            at += len(part)
    else:
        out = np.asarray(bank[rng.integers(len(bank))], np.float32)
    if rng.random() < 0.5:
        out = soxr.resample(out, RATE * rng.uniform(0.65, 1.5), RATE, quality="QQ").astype(np.float32)
    if len(out) < count:
        out = np.tile(out, 3)
    start = int(rng.integers(len(out) - count + 1))
    out = out[start : start + count]
    if rng.random() < 0.6:
        out = equalised(rng, out, rng.uniform(1, 15))
    return out / np.sqrt(power(out))


def clip(rng: Rng, config: Config, voices: list[list[Phrase]], bank: np.ndarray, noises: list, rooms: list) -> Clip:
    """One mixture."""
    count = int(config.clip_seconds * RATE) // HOP * HOP
    quiet = rng.random() < config.quiet_share
    if quiet:
        samples, spoken = np.zeros(count, np.float32), np.zeros(count // pack.STEP, bool)
    else:
        people = [voices[k] for k in rng.integers(0, len(voices), int(rng.choice([1, 1, 1, 1, 2, 3])))]
        samples, spoken = speech_track(rng, people, count / RATE)
        if rng.random() < 0.55:
            samples = placed(rng, samples, rooms)
    layers = int(rng.choice([0, 1, 1, 1, 2])) if not quiet else int(rng.choice([0, 1, 1, 1, 1, 1, 1, 2, 2, 3]))
    for layer in range(layers):
        sound = background(rng, count, bank, noises)
        if rng.random() < 0.3:
            sound = placed(rng, sound, rooms)
        if rng.random() < 0.15:
            sound = sound * present(rng, count)
        ratio = rng.uniform(-5, 40) if rng.random() < 0.5 else rng.normal(10, 6)
        ratio = max(ratio, -5) if not quiet else (0 if layer == 0 else rng.uniform(-5, 30))
        samples = samples + sound * 10 ** (-ratio / 20) / np.sqrt(power(sound))
    if rng.random() < 0.85:
        floor = background(rng, count, bank[:0], noises) if rng.random() < 0.3 else rng.standard_normal(count)
        samples = samples + floor.astype(np.float32) * 10 ** (-rng.uniform(25, 70) / 20)
    elif not quiet and rng.random() < 0.3:
        samples = samples * np.repeat(np.pad(spoken, (0, 2))[: -(-count // pack.STEP)], pack.STEP)[:count]
    return Clip(recorded(rng, samples), spoken)


def present(rng: Rng, count: int) -> np.ndarray:
    """1 for part of the time, with edges of 10 ms: a sound that begins or ends."""
    start, end = np.sort(rng.integers(0, count, 2))
    gate = np.zeros(count, np.float32)
    gate[start:end] = 1
    return np.convolve(gate, np.ones(160, np.float32) / 160, "same")


def mixtures(config: Config, seed: int, count: int) -> Iterator[Clip]:
    """So many mixtures of training material."""
    voices, bank = speech(config), sounds(config, BANK)
    noises = pack.noises(config.voices_folder / "noise", "train")
    rooms = pack.rooms(config.voices_folder / "noise", "train")
    for number in range(count):
        yield clip(np.random.default_rng((seed, number)), config, voices, bank, noises, rooms)


def main(argv: list[str]) -> None:
    """`prepare [CONFIG]`: writes the mixtures' features, targets and weights to the work folder."""
    config = load(Path(argv[0])) if argv else load()
    frames = int(config.clip_seconds * RATE) // HOP
    inputs = np.lib.format.open_memmap(config.work_folder / f"inputs-{config.seed}.npy", "w+", np.float16, (config.clips, frames, BANDS))
    targets = np.zeros((2, config.clips, frames), np.float32)
    began = time.monotonic()
    for number, made in enumerate(mixtures(config, config.seed + 2, config.clips)):
        inputs[number] = features(made.samples)
        targets[:, number] = made.targets()
        if number % 200 == 199:
            print(f"{number + 1} mixtures, {time.monotonic() - began:.0f} s", flush=True)
    inputs.flush()
    np.save(config.work_folder / f"targets-{config.seed}.npy", targets)
