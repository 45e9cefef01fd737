"""Trains the detector on the prepared mixtures and writes the core's weights."""

from __future__ import annotations

import copy
import time
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional

from .detector_config import ROOT, Config, load
from .detector_model import Detector, export

HELD_OUT = 0.05
"""Share of the mixtures, the last ones, that only measure."""
WEIGHTS = ROOT / "core" / "models" / "detector.bin"


def crops(config: Config, inputs: np.ndarray, targets: np.ndarray, rng: np.random.Generator, rows: np.ndarray):
    """Batches of random stretches: features, targets, weights. Some get a random colour and lost bands."""
    length = config.crop_frames
    for first in range(0, len(rows) - config.batch + 1, config.batch):
        x, y, w = [], [], []
        for row in rows[first : first + config.batch]:
            start = int(rng.integers(inputs.shape[1] - length + 1))
            part = inputs[row, start : start + length].astype(np.float32)
            if rng.random() < 0.5:
                part = part + np.interp(np.arange(40), np.linspace(0, 39, 5), rng.normal(0, 0.8, 5)).astype(np.float32)
            if rng.random() < 0.3:
                low = int(rng.integers(0, 38))
                part[:, low : low + int(rng.integers(1, 7))] = -13.8
            x.append(part)
            y.append(targets[0, row, start : start + length])
            w.append(targets[1, row, start : start + length])
        yield tuple(torch.from_numpy(np.stack(part)) for part in (x, y, w))


def measure(model: Detector, inputs: np.ndarray, targets: np.ndarray) -> tuple[float, float, float]:
    """Loss, share of wrong frames, and seconds of speech heard to those true, less 1."""
    model.eval()
    losses, wrong, heard = [], [], 0.0
    with torch.no_grad():
        for x, y, w in zip(inputs, targets[0], targets[1], strict=True):
            odds = model(torch.from_numpy(x.astype(np.float32))[None])[0]
            truth, weight = torch.from_numpy(y), torch.from_numpy(w)
            losses.append(functional.binary_cross_entropy_with_logits(odds, truth, weight).item())
            wrong.append((((odds > 0) != (truth > 0.5)) * (weight > 0.9)).float().mean().item())
            heard += (odds > 0).float().sum().item()
    return float(np.mean(losses)), float(np.mean(wrong)), heard / float(targets[0].sum()) - 1


def main(argv: list[str]) -> None:
    """`train [CONFIG]`: writes `core/models/detector.bin` and `detector.pt` in the work folder."""
    config = load(Path(argv[0])) if argv else load()
    torch.manual_seed(config.seed)
    torch.set_num_threads(1)
    rng = np.random.default_rng(config.seed + 3)
    seeds = (*config.earlier, config.seed)
    inputs = np.concatenate([np.load(config.work_folder / f"inputs-{seed}.npy") for seed in seeds])
    targets = np.concatenate([np.load(config.work_folder / f"targets-{seed}.npy") for seed in seeds], axis=1)
    train = int(len(inputs) * (1 - HELD_OUT))
    model = Detector(config.channels, config.dilations)
    if config.earlier:
        model.load_state_dict(torch.load(config.work_folder / "detector.pt"))
    smooth = copy.deepcopy(model)
    optimiser = torch.optim.AdamW(model.parameters(), config.learning_rate, weight_decay=config.weight_decay)
    steps = config.epochs * (train // config.batch)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, config.learning_rate, steps, pct_start=0.15)
    began = time.monotonic()
    for epoch in range(config.epochs):
        model.train()
        total = 0.0
        for x, y, w in crops(config, inputs, targets, rng, rng.permutation(train)):
            loss = functional.binary_cross_entropy_with_logits(model(x), y, w)
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 2.0)
            optimiser.step()
            schedule.step()
            total += loss.item()
            average(smooth, model, 0.99)
        held = measure(smooth, inputs[train:], targets[:, train:])
        print(
            f"epoch {epoch + 1}: loss {total / (train // config.batch):.4f}, held out {held[0]:.4f}, "
            f"{100 * held[1]:.2f} % of frames wrong, {100 * held[2]:+.2f} % speech, {time.monotonic() - began:.0f} s",
            flush=True,
        )
        torch.save(smooth.state_dict(), config.work_folder / "detector.pt")
    count = export(smooth.eval(), WEIGHTS)
    print(f"{count} parameters in {WEIGHTS.name}")


@torch.no_grad()
def average(smooth: Detector, model: Detector, keep: float) -> None:
    """Moves the smooth model's state towards the model's."""
    for ours, theirs in zip(smooth.state_dict().values(), model.state_dict().values(), strict=True):
        if ours.dtype.is_floating_point:
            ours.lerp_(theirs, 1 - keep)
        else:
            ours.copy_(theirs)
