"""Random crops of virtual voices under random channels, and what the teacher said of the windows they are from.

Every draw gives two crops of one window, each behind a channel of its own. Their target is the teacher's vector of the
undisturbed window, drawn towards the mean vector of that voice.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional
from torch.utils.data import IterableDataset

from .audio import SAMPLE_RATE
from .speaker_channels import Acoustics
from .speaker_crops import Channels, Mix

WEAR = 0.8
"""How often a window is heard worn that was kept worn."""
OWN = 0.5
"""Share of the window's own vector in the target."""


def unit(vectors: np.ndarray) -> np.ndarray:
    return vectors / (np.linalg.norm(vectors, axis=-1, keepdims=True) + 1e-9)


@dataclass
class Lesson:
    mel: Tensor
    """[crops, frames, bands]; crops 2 n and 2 n + 1 are of one window."""
    target: Tensor
    """[windows, size], as the teacher says it."""


class Round:
    """What `speaker teach` made in one round."""

    def __init__(self, path: Path) -> None:
        kept = np.load(path)
        number = path.stem.removeprefix("voices-")
        self.size = int(kept["size"])
        who, self.said = kept["who"], unit(kept["said"])
        self.voices = np.memmap(path.with_suffix(".i16"), np.int16, "r").reshape(-1, self.size)
        worn = np.memmap(path.parent / f"worn-{number}.i16", np.int16, "r").reshape(-1, self.size)
        self.worn = {int(n): worn[row] for row, n in enumerate(kept["worn"])}
        self.windows: dict[int, np.ndarray] = {int(w): np.flatnonzero(who == w) for w in np.unique(who)}
        """Windows of each speaker; -1: of nobody known."""
        self.means = {w: unit(self.said[own].mean(0)) for w, own in self.windows.items() if w >= 0}

    def target(self, window: int, speaker: int) -> np.ndarray:
        own = self.said[window]
        return own if speaker < 0 else unit(OWN * own + (1 - OWN) * self.means[speaker])


class Rounds:
    """All rounds that are there; more may come while training runs."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.known: dict[str, Round] = {}
        self.refresh()

    def refresh(self) -> None:
        for path in sorted(self.folder.glob("voices-*.npz")):
            if path.name not in self.known:
                self.known[path.name] = Round(path)

    def long_enough(self, samples: int) -> list[Round]:
        return [one for one in self.known.values() if one.size >= samples]

    def prototypes(self) -> Tensor:
        """The mean vector of each virtual voice [voices, size]."""
        means = [mean for one in self.known.values() for mean in one.means.values()]
        return torch.from_numpy(np.stack(means)).float()


class TaughtSampler(Channels):
    def __init__(self, rounds: Rounds, corpora: list[str], acoustics: Acoustics, mix: Mix, seed: int) -> None:
        """`corpora`: of each speaker, in the order of the rounds' numbers."""
        super().__init__(acoustics, mix, seed)
        self.rounds = rounds
        counts = {corpus: corpora.count(corpus) for corpus in corpora}
        self.members: dict[str, list[int]] = defaultdict(list)
        for n, corpus in enumerate(corpora):
            self.members[corpus if counts[corpus] > 1 else "one"].append(n)
        self.members["unlabelled"] = [-1]
        self.names = [name for name, _ in mix.corpora] + ["unlabelled"]
        shares = [share for _, share in mix.corpora]
        self.shares = [*shares, 1 - sum(shares)]

    def batch(self, pairs: int, seconds: float, speeds: int = 1) -> Lesson:
        length = int(seconds * SAMPLE_RATE)
        sound = np.zeros((2 * pairs, length), np.float32)
        channel = np.zeros(2 * pairs)
        targets = []
        rounds = self.rounds.long_enough(length)
        for pair in range(pairs):
            one = rounds[self.random.integers(len(rounds))]
            members = self.members[self.names[self.random.choice(len(self.names), p=self.shares)]]
            speaker = members[self.random.integers(len(members))]
            window = int(self.random.choice(one.windows[speaker]))
            targets.append(one.target(window, speaker))
            for row in (2 * pair, 2 * pair + 1):
                worn = window in one.worn and self.random.random() < WEAR
                source = one.worn[window] if worn else one.voices[window]
                start = int(self.random.integers(one.size - length + 1))
                sound[row] = source[start : start + length].astype(np.float32) / 32_768
                drawn = self.random.random()
                channel[row] = drawn * self.mix.worn if worn else self.mix.worn + drawn * (1 - self.mix.worn)
        mel = self.features(torch.from_numpy(sound), torch.from_numpy(channel), torch.zeros(2 * pairs, dtype=torch.long))
        return Lesson(mel, torch.from_numpy(np.stack(targets)).float())


class Lessons(IterableDataset):
    """Batches without end, to be drawn in a process of their own; rounds that come later are taken up."""

    def __init__(self, sampler: TaughtSampler, pairs: int, seconds: float) -> None:
        self.sampler, self.pairs, self.seconds = sampler, pairs, seconds

    def __iter__(self) -> Iterator[tuple[Tensor, Tensor]]:
        torch.set_num_threads(1)
        drawn = 0
        while True:
            if drawn % 100 == 0:
                self.sampler.rounds.refresh()
            lesson = self.sampler.batch(self.pairs, self.seconds)
            drawn += 1
            yield lesson.mel, lesson.target


def relation(vectors: Tensor, targets: Tensor) -> Tensor:
    """How far the likeness of each two crops is from the likeness of their targets; crops of one window aside."""
    rows = torch.arange(len(vectors)) // 2
    other = rows[:, None] != rows[None]
    return ((vectors @ vectors.T) - (targets @ targets.T))[other].square().mean()


def ranking(vectors: Tensor, targets: Tensor, prototypes: Tensor, scale: float) -> Tensor:
    """How differently the vectors and their targets see which virtual voices are near (KL divergence)."""
    ours = functional.log_softmax(scale * vectors @ prototypes.T, 1)
    theirs = functional.softmax(scale * targets @ prototypes.T, 1)
    return functional.kl_div(ours, theirs, reduction="batchmean")
