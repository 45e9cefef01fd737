"""Trains a speaker network on what the teacher said of virtual voices (`speaker teach`), as a configuration says.

Three losses: the distance of each crop's vector from the teacher's vector of the undisturbed window; how differently
two crops are alike from how their targets are; and how differently the two see which virtual voices are near.
All vectors are taken from the mean of the teacher's vectors of the training voices, and may leave out the directions
in which telephones move them most, as the scores of the teacher do.
"""

import argparse
import copy
import json
import math
import time
import tomllib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional
from torch.utils.data import DataLoader

from .audio import read
from .speaker_channels import Acoustics
from .speaker_cohort import directions
from .speaker_crops import Mix
from .speaker_evaluate import Extractor, stretches
from .speaker_export import export, folded
from .speaker_fast import bfloat16_pays, forward
from .speaker_network import Design, SpeakerNetwork, mega_macs_per_second, parameters
from .speaker_start import grow, unfold
from .speaker_taught import Lessons, Rounds, TaughtSampler, ranking, relation
from .speaker_trials import files, half, read_trials, scores, summarize


KEEP = 300.0
"""Seconds between checkpoints."""
STOPPED = 20.0
"""No step takes more seconds; a process that was stopped for longer has not trained meanwhile."""


@dataclass(frozen=True)
class Part:
    """A part of the run with crops of one length."""

    until: float
    """Share of the run at which it ends."""
    seconds: float
    pairs: int


@dataclass(frozen=True)
class Recipe:
    parts: tuple[Part, ...]
    steps: int
    seed: int = 0
    rate: float = 1.5e-3
    last_rate: float = 1e-5
    warm_up: int = 150
    hold: float = 0.2
    """Share of the run after which the rate starts to fall, along a cosine."""
    decay: float = 0.02
    start: str = ""
    """An exported network that is gone on from,"""
    start_design: str = ""
    """the configuration of its design,"""
    inherits: tuple[int, ...] = ()
    """and for each block which of its blocks it is, or -1."""
    repeat: float = 8.0
    """Weight of saying what the teacher says."""
    relate: float = 10.0
    """Weight of finding crops as alike as it does."""
    rank: float = 1.0
    """Weight of finding the same virtual voices near."""
    scale: float = 16.0
    thaw: float = 0.0
    """Share of the run up to which the stem stays as it was in the network that is gone on from."""
    leave_out: str = ""
    """A cohort of the teacher, whose directions of telephones are left out of what it says."""
    average: float = 0.998
    """Of the moving average of the weights."""

    @classmethod
    def of(cls, table: dict) -> "Recipe":
        table = dict(table)
        parts = tuple(Part(**part) for part in table.pop("parts"))
        table["inherits"] = tuple(table.get("inherits", ()))
        return cls(parts=parts, **table)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("config", type=Path, help="configuration, such as training/configs/speaker/taught.toml")
    parser.add_argument("--voices", type=Path, default=Path("../shared/voices"), help="folder with noise/ and dev/")
    parser.add_argument("--taught", type=Path, default=Path("target/training/taught"), help="what `teach` filled")
    parser.add_argument("--out", type=Path, help="folder for checkpoints and networks; default: beside `--taught`")
    parser.add_argument("--watch", type=float, default=10, help="minutes between measurements on the watched half")
    parser.add_argument("--minutes", type=float, help="end after so much training, even if steps are left")
    parser.add_argument("--resume", action="store_true", help="go on from the last checkpoint in the folder")
    parser.add_argument("--threads", type=int, default=1)


def main(arguments: argparse.Namespace) -> None:
    torch.set_num_threads(arguments.threads)
    with arguments.config.open("rb") as file:
        table = tomllib.load(file)
    out = arguments.out or arguments.taught.parent / "runs" / arguments.config.stem
    out.mkdir(parents=True, exist_ok=True)
    Learner(table, arguments, out).run()


class Learner:
    def __init__(self, table: dict, arguments: argparse.Namespace, out: Path) -> None:
        self.recipe, self.out, self.watch = Recipe.of(table["recipe"]), out, 60 * arguments.watch
        self.limit = 60 * arguments.minutes if arguments.minutes else math.inf
        torch.manual_seed(self.recipe.seed)
        self.rounds = Rounds(arguments.taught)
        index = json.loads((arguments.taught / "index.json").read_text())
        speakers = sorted({entry["speaker"] for entry in index if entry["speaker"]})
        self.corpora = [speaker.split("-")[0] for speaker in speakers]
        self.acoustics, self.mix = Acoustics(arguments.voices / "noise"), Mix.of(table.get("mix", {}))
        self.network = SpeakerNetwork(Design.of(table.get("network", {})))
        self.network.stem.to(memory_format=torch.channels_last)
        self.step, self.spent = 0, 0.0
        self.bfloat16 = bfloat16_pays()
        self.frozen: nn.Module | None = None
        self.dev = arguments.voices / "dev"
        self.trials = half(read_trials(self.dev / "trials.csv"), "watch")
        self.stretches: dict[str, list[np.ndarray]] | None = None
        self.centre = torch.from_numpy(np.mean(list(self.rounds.known["voices-000.npz"].means.values()), 0)).float()
        self.left_out = directions(Path(self.recipe.leave_out)) if self.recipe.leave_out else torch.zeros(0, len(self.centre))
        if self.recipe.start and not arguments.resume:
            self.begin_from(arguments.config.parent)
        self.average = copy.deepcopy(self.network)
        decayed = [p for p in self.network.parameters() if p.ndim > 1]
        others = [p for p in self.network.parameters() if p.ndim <= 1]
        self.optimiser = torch.optim.AdamW(
            [{"params": decayed, "weight_decay": self.recipe.decay}, {"params": others, "weight_decay": 0.0}],
            betas=(0.9, 0.98),
            foreach=True,
        )
        if arguments.resume:
            self.load()
        self.say(
            f"{parameters(self.network)} parameters, {mega_macs_per_second(self.network):.1f} M MAC per second,"
            f" {len(self.rounds.known)} rounds, {self.recipe.steps} steps"
        )

    def begin_from(self, configs: Path) -> None:
        recipe = self.recipe
        smaller = SpeakerNetwork(Design.read(configs / recipe.start_design))
        unfold(smaller, Path(recipe.start), self.sampler(0))
        grow(self.network, smaller, recipe.inherits)

    def sampler(self, seed: int) -> TaughtSampler:
        return TaughtSampler(self.rounds, self.corpora, self.acoustics, self.mix, seed)

    def say(self, line: str) -> None:
        line = f"{time.strftime('%H:%M:%S')} {line}"
        print(line, flush=True)
        with (self.out / "log.txt").open("a") as log:
            log.write(line + "\n")

    def share(self) -> float:
        return max(self.step / self.recipe.steps, self.spent / self.limit)

    def rate(self) -> float:
        recipe, done = self.recipe, max(0.0, (self.share() - self.recipe.hold) / (1 - self.recipe.hold))
        falling = recipe.last_rate + (recipe.rate - recipe.last_rate) * 0.5 * (1 + math.cos(math.pi * min(1, done)))
        return falling * min(1.0, (self.step + 1) / recipe.warm_up)

    def run(self) -> None:
        watched = kept = self.spent
        for part in self.recipe.parts:
            if self.share() >= part.until:
                continue
            lessons = Lessons(self.sampler(1000 * self.recipe.seed + self.step + 1), part.pairs, part.seconds)
            self.say(f"crops of {part.seconds} s, {part.pairs} pairs, {len(self.rounds.known)} rounds")
            sums, count, since = np.zeros(3), 0, time.time()
            for mel, target in DataLoader(lessons, batch_size=None, num_workers=1, prefetch_factor=6):
                if self.step % 200 == 0 or not count:
                    self.rounds.refresh()
                    self.prototypes = self.compared(self.rounds.prototypes())
                sums += self.learn(mel, target)
                count += 1
                self.step += 1
                self.spent += min(time.time() - since, STOPPED)
                since = time.time()
                if self.step % 50 == 0:
                    far, unlike, rank = sums / count
                    self.say(
                        f"step {self.step} share {self.share():.3f} rate {self.rate():.1e} repeat {far:.3f}"
                        f" relate {unlike:.4f} rank {rank:.3f} {self.spent / 60:.1f} min {len(self.rounds.known)} rounds"
                    )
                    sums, count = np.zeros(3), 0
                if self.spent - kept > KEEP:
                    kept = self.spent
                    self.save()
                if self.spent - watched > self.watch:
                    watched = self.spent
                    self.save()
                    self.measure()
                    since = time.time()
                if self.share() >= part.until:
                    break
        self.save()
        network = self.measure()
        for storage in ("f32", "int8"):
            export(network, self.out / f"speaker-{storage}.onnx", storage)

    def learn(self, mel: Tensor, target: Tensor) -> np.ndarray:
        recipe = self.recipe
        for group in self.optimiser.param_groups:
            group["lr"] = self.rate()
        self.network.train()
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=self.bfloat16):
            said = forward(self.network, mel, self.stem())
        vectors = functional.normalize(said.float())
        targets = self.compared(target)[torch.arange(len(mel)) // 2]
        far = 1 - (vectors * targets).sum(1).mean()
        unlike = relation(vectors, targets)
        rank = ranking(vectors, targets, self.prototypes, recipe.scale)
        self.optimiser.zero_grad(set_to_none=True)
        (recipe.repeat * far + recipe.relate * unlike + recipe.rank * rank).backward()
        nn.utils.clip_grad_norm_(self.network.parameters(), 5.0)
        self.optimiser.step()
        if self.step % 4:
            return np.array([far.item(), unlike.item(), rank.item()])
        keep = min(recipe.average**4, (self.step + 4) / (self.step + 80))
        with torch.no_grad():
            for mine, theirs in zip(self.average.state_dict().values(), self.network.state_dict().values()):
                if mine.dtype.is_floating_point:
                    mine.lerp_(theirs, 1 - keep)
        return np.array([far.item(), unlike.item(), rank.item()])

    def compared(self, said: Tensor) -> Tensor:
        """Vectors of the teacher as they are learned."""
        rest = said - self.centre
        return functional.normalize(rest - (rest @ self.left_out.T) @ self.left_out)

    def stem(self) -> nn.Module | None:
        """The stem while it is not trained."""
        if self.share() >= self.recipe.thaw:
            return None
        if self.frozen is None:
            self.frozen = folded(self.network).stem.to(memory_format=torch.channels_last)
        return self.frozen

    def measure(self) -> SpeakerNetwork:
        """Says how the averaged network does on the watched half of dev, and exports it."""
        if self.stretches is None:
            self.stretches = {path: stretches(read(self.dev / path)) for path in files(self.trials)}
        network = folded(self.average)
        extractor = Extractor(lambda mel: network(torch.from_numpy(mel)).detach().numpy())
        prints = {path: extractor.of_stretches(parts) for path, parts in self.stretches.items()}
        scored = scores(self.trials, prints.__getitem__)
        results = summarize(self.trials, scored, rounds=0)
        figures = " ".join(f"{r.condition} {r.eer:.1f}/{r.equal_callers:.1f}" for r in results)
        self.say(f"step {self.step} watch EER/equal callers: {figures}")
        export(network, self.out / "network.onnx")
        return network

    def save(self) -> None:
        state = {
            "step": self.step,
            "spent": self.spent,
            "network": self.network.state_dict(),
            "average": self.average.state_dict(),
            "optimiser": self.optimiser.state_dict(),
            "centre": self.centre,
        }
        partial = self.out / "last.partial"
        torch.save(state, partial)
        partial.rename(self.out / "last.pt")

    def load(self) -> None:
        state = torch.load(self.out / "last.pt")
        self.step, self.spent, self.centre = state["step"], state["spent"], state["centre"]
        self.network.load_state_dict(state["network"])
        self.average.load_state_dict(state["average"])
        self.optimiser.load_state_dict(state["optimiser"])
