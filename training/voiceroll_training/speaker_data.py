"""Random crops of the training pack under random channels, as log-mel features.

A class is a speaker at one speed and one warp of the frequency axis: a voice made faster, or with other formants, is
another voice. Every draw gives two crops of one class under two channels.
"""

import json
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from .audio import SAMPLE_RATE
from .speaker_channels import Acoustics
from .speaker_crops import Channels, Mix, level

SPEEDS = ("1.0", "0.9", "1.1")


@dataclass
class Batch:
    mel: Tensor
    """[crops, frames, bands]; crops 2 n and 2 n + 1 are of one voice."""
    label: Tensor
    """Class of each crop, or -1."""
    windows: Tensor | None = None
    """[pairs, frames, bands]: what each pair was cut from, as it was recorded; where it was asked for."""


class Corpus:
    """The prepared files and who speaks in them."""

    def __init__(self, cache: Path) -> None:
        entries = json.loads((cache / "index.json").read_text())
        self.plain = {s: np.memmap(cache / f"speed-{s}.i16", np.int16, "r") for s in SPEEDS}
        self.worn, self.raised = (
            {s: [np.memmap(p, np.int16, "r") for p in sorted(cache.glob(f"speed-{s}-{kind}-*.i16"))] for s in SPEEDS}
            for kind in ("worn", "raised")
        )
        labelled = [e for e in entries if e["speaker"]]
        self.speakers = sorted({e["speaker"] for e in labelled})
        self.of_speaker: dict[str, list[dict]] = defaultdict(list)
        for entry in labelled:
            self.of_speaker[entry["speaker"]].append(entry)
        prefix = {s: s.split("-")[0] for s in self.speakers}
        sizes = defaultdict(list)
        for speaker, corpus in prefix.items():
            sizes[corpus].append(speaker)
        self.groups: dict[str, list[str]] = defaultdict(list)
        for corpus, members in sizes.items():
            self.groups[corpus if len(members) > 1 else "one"] += members
        names = sorted(self.groups)
        self.group_of = {s: names.index(g) for g, members in self.groups.items() for s in members}
        self.open_group = names.index("one")
        self.utterances = [
            (e, start, end) for e in entries if not e["speaker"] for start, end in e["segments"] if end - start > 1.0
        ]


class Sampler(Channels):
    """Draws batches; everything random comes from one seed."""

    def __init__(self, corpus: Corpus, acoustics: Acoustics, mix: Mix, seed: int) -> None:
        super().__init__(acoustics, mix, seed)
        self.corpus = corpus
        self.number = {s: n for n, s in enumerate(corpus.speakers)}
        self.names = [name for name, _ in mix.corpora]
        self.shares = [share for _, share in mix.corpora]
        if sum(self.shares) < 1 - 1e-9:
            self.names, self.shares = [*self.names, "unlabelled"], [*self.shares, 1 - sum(self.shares)]
        self.classes = len(corpus.speakers) * len(SPEEDS) * len(mix.warps)

    def groups(self) -> Tensor:
        """The group of each class; classes only compete inside their own."""
        one = [self.corpus.group_of[s] for s in self.corpus.speakers]
        return torch.tensor(one * (len(SPEEDS) * len(self.mix.warps)))

    def batch(self, pairs: int, seconds: float, speeds: int = 1, warps: int = 1, window: float = 0.0) -> Batch:
        """Draws pairs of crops among the first `speeds` and `warps`; with a `window`, in seconds, both from one."""
        length, wide = int(seconds * SAMPLE_RATE), int(window * SAMPLE_RATE)
        sound = np.zeros((2 * pairs, length), np.float32)
        windows = np.zeros((pairs, wide), np.float32)
        label = np.full(2 * pairs, -1)
        warp = np.zeros(2 * pairs, np.int64)
        channel = self.random.random(2 * pairs)
        for pair in range(pairs):
            rows = (2 * pair, 2 * pair + 1)
            name = self.names[self.random.choice(len(self.names), p=self.shares)]
            bend = int(self.random.integers(warps))
            warp[[*rows]] = bend
            if name == "unlabelled":
                entry, start, end = self.corpus.utterances[self.random.integers(len(self.corpus.utterances))]
                drawn, speed = [(entry, (start, end))] * 2, "1.0"
            else:
                members = self.corpus.groups[name]
                speaker = members[self.random.integers(len(members))]
                recordings = self.corpus.of_speaker[speaker]
                drawn = [(recordings[self.random.integers(len(recordings))], None) for _ in rows]
                faster = int(self.random.integers(speeds))
                speed = SPEEDS[faster]
                label[[*rows]] = (bend * len(SPEEDS) + faster) * len(self.corpus.speakers) + self.number[speaker]
            if wide:
                entry, span = self.stretch(*drawn[0], speed, wide)
                drawn = [(entry, span)] * 2
                windows[pair] = self.crop(entry, speed, 1.0, wide, span)
            for row, (entry, span) in zip(rows, drawn):
                sound[row] = self.crop(entry, speed, channel[row], length, span)
        bends = torch.from_numpy(warp)
        mel = self.features(torch.from_numpy(sound), torch.from_numpy(channel), bends)
        plain = self.mel(self.power(level(torch.from_numpy(windows))), bends[::2]) if wide else None
        return Batch(mel, torch.from_numpy(label), plain)

    def stretch(self, entry: dict, span: tuple[float, float] | None, speed: str, wide: int) -> tuple[dict, tuple[float, float]]:
        """A random part of a recording, or of a part of it, in seconds."""
        start, end = span or (0.0, entry["spans"][speed][1] / SAMPLE_RATE)
        start += self.random.random() * max(0.0, end - start - wide / SAMPLE_RATE)
        return entry, (start, min(end, start + wide / SAMPLE_RATE))

    def crop(
        self, entry: dict, speed: str, channel: float, length: int, seconds: tuple[float, float] | None = None
    ) -> np.ndarray:
        """A crop, worn or raised as `channel` (0 to 1) says; as it is at 1."""
        worn, raised = self.corpus.worn[speed], self.corpus.raised[speed]
        if worn and channel < self.mix.worn:
            source = worn[self.random.integers(len(worn))]
        elif raised and channel < 1 and self.random.random() < self.mix.raised:
            source = raised[self.random.integers(len(raised))]
        else:
            source = self.corpus.plain[speed]
        offset, available = entry["spans"][speed]
        if seconds:
            start, end = (int(second * SAMPLE_RATE) for second in seconds)
            offset, available = offset + start, min(end, available) - start
        start = int(self.random.integers(0, max(1, available - length + 1)))
        samples = source[offset + start : offset + min(available, start + length)].astype(np.float32) / 32_768
        return samples if len(samples) == length else np.resize(samples, length)
