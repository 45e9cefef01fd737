"""Trains a speaker network as a configuration file says.

Two losses: an additive angular margin over classes that compete inside their own corpus, and a contrastive one over
the two crops of each voice, which went through different channels.
"""

import argparse
import copy
import math
import time
import tomllib
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from .audio import read
from .speaker_backend import embed_crops, whitening
from .speaker_channels import Acoustics
from .speaker_data import Batch, Corpus, Mix, Sampler
from .speaker_distil import Teachers
from .speaker_evaluate import Extractor, stretches
from .speaker_export import export, folded
from .speaker_network import Design, SpeakerNetwork, mega_macs_per_second, parameters
from .speaker_start import directions, unfold
from .speaker_trials import files, read_trials, scores, summarize


@dataclass(frozen=True)
class Phase:
    """A stretch of steps with the same kind of crops."""

    steps: int
    seconds: float
    pairs: int
    speeds: int = 3
    warps: int = 1
    margin: float | None = None
    """Instead of the recipe's."""
    mix: dict[str, float] = field(default_factory=dict)
    """What differs from the configuration's mix."""


@dataclass(frozen=True)
class Recipe:
    phases: tuple[Phase, ...]
    seed: int = 0
    rate: float = 2e-3
    last_rate: float = 2e-5
    warm_up: int = 200
    decay: float = 0.02
    scale: float = 30.0
    margin: float = 0.2
    margin_from: int = 300
    margin_full: int = 3000
    """Between these steps the margin grows from nothing."""
    hold: float = 0.6
    """Share of the run after which the rate starts to fall."""
    contrast: float = 0.5
    """Weight of the contrastive loss."""
    temperature: float = 0.1
    start: str = ""
    """A configuration whose trained network is gone on from, or a network that it exported (`NAME/FILE.onnx`)."""
    keep: float = 0.0
    """Share of that network's weights in the mean of both that is exported at the end."""
    teachers: tuple[str, ...] = ()
    """Configurations whose trained networks are learned from; see `speaker_distil`."""
    window: float = 3.0
    """Seconds that the teachers hear."""
    repeat: float = 8.0
    """Weight of saying what the teachers say."""
    relate: float = 30.0
    """Weight of finding voices as alike as they do."""
    average: float = 0.998
    """Of the moving average of the weights."""
    whitening: float = 0.5
    """Strength of the map behind the network; see `speaker_backend`."""

    @classmethod
    def of(cls, table: dict) -> "Recipe":
        table = dict(table)
        phases = tuple(Phase(**phase) for phase in table.pop("phases"))
        table["teachers"] = tuple(table.get("teachers", ()))
        recipe = cls(phases=phases, **table)
        if recipe.keep and recipe.start.endswith(".onnx"):
            raise ValueError("keep needs the checkpoint of start; average exported networks with `speaker average`")
        return recipe

    @property
    def steps(self) -> int:
        return sum(phase.steps for phase in self.phases)

    def phase(self, step: int) -> Phase:
        for phase in self.phases:
            if step < phase.steps:
                return phase
            step -= phase.steps
        return self.phases[-1]

    def rate_at(self, step: int) -> float:
        if step < self.warm_up:
            return self.rate * (step + 1) / self.warm_up
        held = self.hold * self.steps
        done = max(0.0, (step - held) / (self.steps - held))
        return self.last_rate + (self.rate - self.last_rate) * 0.5 * (1 + math.cos(math.pi * done))

    def margin_at(self, step: int) -> float:
        grown = (step - self.margin_from) / max(1, self.margin_full - self.margin_from)
        margin = self.phase(step).margin
        return (self.margin if margin is None else margin) * (1.0 if self.start else min(1.0, max(0.0, grown)))


class Classes(nn.Module):
    """Directions of the classes, and the margin loss towards them."""

    def __init__(self, groups: Tensor, open_group: int, size: int) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.randn(len(groups), size) * 0.05)
        self.register_buffer("groups", groups)
        self.open_group = open_group
        self.active = len(groups)
        """How many classes, from the first on, compete."""

    def forward(self, embeddings: Tensor, labels: Tensor, margin: float, scale: float) -> tuple[Tensor, float]:
        """The loss, and the share of crops whose own class is nearest."""
        cosines = functional.normalize(embeddings) @ functional.normalize(self.weight[: self.active]).T
        own = cosines.gather(1, labels[:, None]).clamp(-0.999, 0.999)
        angle = torch.acos(own) + margin
        harder = torch.where(angle < math.pi, torch.cos(angle), own - margin)
        theirs = self.groups[labels][:, None]
        competes = (self.groups[None, : self.active] == theirs) | (theirs == self.open_group)
        logits = (scale * cosines.scatter(1, labels[:, None], harder)).masked_fill(~competes, -1e4)
        right = (cosines.detach().masked_fill(~competes, -9).argmax(1) == labels).float().mean()
        return functional.cross_entropy(logits, labels), float(right)


def contrast(embeddings: Tensor, labels: Tensor, temperature: float) -> Tensor:
    """Each crop must find its partner among the batch; crops of one class are never each other's rivals."""
    vectors = functional.normalize(embeddings)
    count = len(vectors)
    own = torch.arange(count)
    partner = own ^ 1
    similar = vectors @ vectors.T / temperature
    same = (labels[:, None] == labels[None]) & (labels >= 0)[:, None]
    same[own, partner] = False
    same[own, own] = True
    return functional.cross_entropy(similar.masked_fill(same, -1e4), partner)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("config", type=Path, help="configuration, such as training/configs/speaker/shipped.toml")
    parser.add_argument("--voices", type=Path, default=Path("../shared/voices"), help="folder with noise/ and dev/")
    parser.add_argument("--cache", type=Path, default=Path("target/training/speaker"), help="what `prepare` filled")
    parser.add_argument("--out", type=Path, help="folder for checkpoints and the network; default: beside the cache")
    parser.add_argument("--watch", type=int, default=2000, help="steps between measurements on dev")
    parser.add_argument("--until", type=int, help="stop at this step, for a short look that can be resumed")
    parser.add_argument("--resume", action="store_true", help="go on from the last checkpoint in the folder")


def main(arguments: argparse.Namespace) -> None:
    torch.set_num_threads(1)
    with arguments.config.open("rb") as file:
        table = tomllib.load(file)
    out = arguments.out or arguments.cache.parent / "runs" / arguments.config.stem
    out.mkdir(parents=True, exist_ok=True)
    trainer = Trainer(table, arguments, out)
    trainer.run(arguments.until or trainer.recipe.steps)
    if trainer.step == trainer.recipe.steps:
        trainer.finish()


class Trainer:
    def __init__(self, table: dict, arguments: argparse.Namespace, out: Path) -> None:
        self.recipe, self.out, self.watch = Recipe.of(table["recipe"]), out, arguments.watch
        torch.manual_seed(self.recipe.seed)
        corpus = Corpus(arguments.cache)
        acoustics = Acoustics(arguments.voices / "noise")
        self.mix = Mix.of(table.get("mix", {}))
        self.sampler = Sampler(corpus, acoustics, self.mix, self.recipe.seed)
        self.network = SpeakerNetwork(Design.of(table.get("network", {})))
        self.network.stem.to(memory_format=torch.channels_last)
        self.classes = Classes(self.sampler.groups(), corpus.open_group, self.network.design.embedding)
        names = self.recipe.teachers
        self.teachers = Teachers(names, arguments.config.parent, out.parent, self.network.design.embedding) if names else None
        decayed = [p for p in self.network.parameters() if p.ndim > 1]
        others = [p for p in self.network.parameters() if p.ndim <= 1]
        self.optimiser = torch.optim.AdamW(
            [
                {"params": decayed, "weight_decay": self.recipe.decay},
                {"params": [*others, *self.classes.parameters(), *self.maps()], "weight_decay": 0.0},
            ],
            betas=(0.9, 0.98),
            foreach=True,
        )
        self.average = copy.deepcopy(self.network)
        self.step = self.met = 0
        self.trials = read_trials(arguments.voices / "dev" / "trials.csv")
        self.stretches: dict[str, list[np.ndarray]] | None = None
        self.dev = arguments.voices / "dev"
        if arguments.resume:
            self.load()
        elif self.recipe.start.endswith(".onnx"):
            self.begin_from_exported(out.parent / self.recipe.start)
        elif self.recipe.start:
            self.begin_from(out.parent / self.recipe.start / "last.pt")
        self.say(
            f"{parameters(self.network)} parameters, {mega_macs_per_second(self.network):.1f} M MAC per second,"
            f" {self.sampler.classes} classes, {self.recipe.steps} steps"
        )

    def maps(self) -> list[nn.Parameter]:
        return list(self.teachers.parameters()) if self.teachers else []

    def say(self, line: str) -> None:
        line = f"{time.strftime('%H:%M:%S')} {line}"
        print(line, flush=True)
        with (self.out / "log.txt").open("a") as log:
            log.write(line + "\n")

    def run(self, until: int) -> None:
        sums, since, data_seconds = np.zeros(5), time.time(), 0.0
        while self.step < until:
            phase = self.recipe.phase(self.step)
            before = time.process_time()
            self.admit(phase)
            self.sampler.mix = replace(self.mix, **phase.mix)
            window = max(phase.seconds, self.recipe.window) if self.teachers else 0.0
            batch = self.sampler.batch(phase.pairs, phase.seconds, phase.speeds, phase.warps, window)
            data_seconds += time.process_time() - before
            sums += self.learn(batch)
            self.step += 1
            if self.step % 200 == 0:
                loss, against, right, far, unlike = sums / 200
                self.say(
                    f"step {self.step} margin loss {loss:.3f} contrast {against:.3f} right {right:.3f}"
                    f" repeat {far:.3f} relate {unlike:.4f}"
                    f" ms per step {(time.time() - since) * 5:.0f} data {data_seconds * 5:.0f}"
                )
                sums, since, data_seconds = np.zeros(5), time.time(), 0.0
            if self.step % self.watch == 0 or self.step == until:
                self.save()
                self.measure()
                since = time.time()

    def admit(self, phase: Phase) -> None:
        """Has the classes of a phase compete; warped voices start where the unwarped ones are when they join."""
        size = self.sampler.classes // len(self.sampler.mix.warps)
        with torch.no_grad():
            for n in range(self.met // size, phase.warps):
                self.classes.weight[n * size : (n + 1) * size] = self.classes.weight[:size]
        self.met = max(self.met, phase.warps * size)
        unwarped = phase.speeds * len(self.sampler.corpus.speakers)
        self.classes.active = phase.warps * size if phase.warps > 1 else unwarped

    def learn(self, batch: Batch) -> np.ndarray:
        """One step; the two losses, the share of crops that were right, and the two losses against the teachers."""
        mel, labels = batch.mel, batch.label
        recipe = self.recipe
        for group in self.optimiser.param_groups:
            group["lr"] = recipe.rate_at(self.step)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            embeddings = self.network(mel)
        embeddings = embeddings.float()
        known = labels >= 0
        loss, right = self.classes(embeddings[known], labels[known], recipe.margin_at(self.step), recipe.scale)
        against = contrast(embeddings, labels, recipe.temperature)
        far = unlike = torch.zeros(())
        if self.teachers and batch.windows is not None:
            far, unlike = self.teachers.losses(embeddings, self.teachers.hear(batch.windows))
        self.optimiser.zero_grad(set_to_none=True)
        (loss + recipe.contrast * against + recipe.repeat * far + recipe.relate * unlike).backward()
        nn.utils.clip_grad_norm_(self.network.parameters(), 5.0)
        self.optimiser.step()
        keep = min(recipe.average, (self.step + 1) / (self.step + 20))
        with torch.no_grad():
            for mine, theirs in zip(self.average.state_dict().values(), self.network.state_dict().values()):
                if mine.dtype.is_floating_point:
                    mine.lerp_(theirs, 1 - keep)
        return np.array([loss.item(), against.item(), right, far.item(), unlike.item()])

    def measure(self, network: SpeakerNetwork | None = None) -> None:
        """Says how the averaged network, or another, does on dev, and exports it."""
        if self.stretches is None:
            self.stretches = {path: stretches(read(self.dev / path)) for path in files(self.trials)}
        network = network or folded(self.average)
        extractor = Extractor(lambda mel: network(torch.from_numpy(mel)).numpy())
        prints = {path: extractor.of_stretches(parts) for path, parts in self.stretches.items()}
        scored = scores(self.trials, prints.__getitem__)
        figures = " ".join(
            f"{r.condition} {r.eer:.1f}/{r.equal_callers:.1f}" for r in summarize(self.trials, scored, rounds=0)
        )
        self.say(f"step {self.step} dev EER/equal callers: {figures}")
        export(network, self.out / "network.onnx")

    def finish(self) -> None:
        """Whitens the averaged network and exports it with its weights in three forms."""
        if self.recipe.keep:
            before = torch.load(self.out.parent / self.recipe.start / "last.pt")["average"]
            for mine, old in zip(self.average.state_dict().values(), before.values()):
                if mine.dtype.is_floating_point:
                    mine.lerp_(old, self.recipe.keep)
        self.sampler.reseed(self.step)
        self.sampler.mix = replace(self.mix, worn=0.4, untouched=0.25)
        vectors, labels = embed_crops(folded(self.average), self.sampler, batches=200, seconds=3.0)
        transform, offset = whitening(vectors, labels, self.recipe.whitening)
        network = folded(self.average, transform, offset)
        self.measure(network)
        for storage in ("f32", "f16", "int8"):
            export(network, self.out / f"speaker-{storage}.onnx", storage)

    def save(self) -> None:
        state = {
            "step": self.step,
            "network": self.network.state_dict(),
            "average": self.average.state_dict(),
            "classes": self.classes.state_dict(),
            "met": self.met,
            "maps": self.teachers.maps.state_dict() if self.teachers else {},
            "optimiser": self.optimiser.state_dict(),
        }
        torch.save(state, self.out / "last.pt")

    def begin_from(self, checkpoint: Path) -> None:
        state = torch.load(checkpoint)
        self.network.load_state_dict(state["average"])
        self.average.load_state_dict(state["average"])
        with torch.no_grad():
            self.classes.weight.copy_(state["classes"]["weight"][: len(self.classes.weight)])
        self.met = len(self.classes.weight)

    def begin_from_exported(self, path: Path) -> None:
        unfold(self.network, path, self.sampler)
        self.average.load_state_dict(self.network.state_dict())
        with torch.no_grad():
            self.classes.weight.copy_(directions(self.network, self.sampler))
        self.met = len(self.classes.weight)
        self.measure()

    def load(self) -> None:
        state = torch.load(self.out / "last.pt")
        self.step = state["step"]
        self.sampler.reseed(self.step)
        self.network.load_state_dict(state["network"])
        self.average.load_state_dict(state["average"])
        self.classes.load_state_dict(state["classes"])
        self.met = state["met"]
        if self.teachers:
            self.teachers.maps.load_state_dict(state["maps"])
        self.optimiser.load_state_dict(state["optimiser"])
