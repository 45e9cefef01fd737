"""Speaker networks: log-mel energies to an embedding.

All share one plan. A stem shortens time by four (40 ms steps) and mixes the bands; residual bottleneck blocks widen
the view along time; attentive statistics turn any length into one vector; one linear layer makes the embedding.
`core/src/voice/compact` runs those with a 2-D stem and gates, in any sizes: keep the two alike.
"""

import tomllib
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional

from .features import BANDS


@dataclass(frozen=True)
class Layer2d:
    """A 3 x 3 convolution over bands and frames."""

    channels: int
    stride_bands: int = 1
    stride_frames: int = 1
    residual: bool = False


@dataclass(frozen=True)
class Design:
    """What a configuration file says about the network."""

    stem: tuple[Layer2d, ...] = ()
    """2-D layers; none: two 1-D convolutions that see all bands at once."""
    flat_width: int = 256
    """Channels between the two convolutions of a 1-D stem."""
    width: int = 384
    bottleneck: int | tuple[int, ...] = 128
    """Of all blocks, or of each."""
    dilations: tuple[int, ...] = (1, 2, 3, 4)
    pooled_from: int = 3
    """How many of the last blocks feed the pooling."""
    pooled: int = 256
    attention: int = 64
    embedding: int = 192
    squeeze: bool = True

    @classmethod
    def of(cls, table: dict) -> "Design":
        table = dict(table)
        stem = tuple(Layer2d(**layer) for layer in table.pop("stem", ()))
        if isinstance(table.get("bottleneck"), list):
            table["bottleneck"] = tuple(table["bottleneck"])
        return cls(stem=stem, dilations=tuple(table.pop("dilations", cls.dilations)), **table)

    @property
    def bottlenecks(self) -> tuple[int, ...]:
        one = self.bottleneck
        return one if isinstance(one, tuple) else (one,) * len(self.dilations)

    @classmethod
    def read(cls, config: Path) -> "Design":
        with config.open("rb") as file:
            return cls.of(tomllib.load(file).get("network", {}))


class Gate(nn.Module):
    """Squeeze and excitation: each channel is weighted by what the whole stretch holds."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.down, self.up = nn.Conv1d(width, width // 4, 1), nn.Conv1d(width // 4, width, 1)

    def forward(self, x: Tensor) -> Tensor:
        mean = x.mean(2, keepdim=True)
        return x * torch.sigmoid(self.up(functional.relu(self.down(mean))))


class Block(nn.Module):
    """Residual bottleneck [batch, width, steps] with one dilated convolution."""

    def __init__(self, width: int, bottleneck: int, dilation: int, squeeze: bool) -> None:
        super().__init__()
        self.body = nn.Sequential(
            *conv1d(width, bottleneck, 1),
            nn.ReLU(),
            *conv1d(bottleneck, bottleneck, 3, dilation=dilation),
            nn.ReLU(),
            *conv1d(bottleneck, width, 1),
        )
        self.gate = Gate(width) if squeeze else nn.Identity()

    def forward(self, x: Tensor) -> Tensor:
        return functional.relu(x + self.gate(self.body(x)))


class Step2d(nn.Module):
    """Convolution, normalisation, rectifier over [batch, channels, bands, frames]."""

    def __init__(self, before: int, layer: Layer2d) -> None:
        super().__init__()
        stride = (layer.stride_bands, layer.stride_frames)
        self.conv = nn.Conv2d(before, layer.channels, 3, stride, 1, bias=False)
        self.norm = nn.BatchNorm2d(layer.channels)
        self.residual = layer.residual

    def forward(self, x: Tensor) -> Tensor:
        y = self.norm(self.conv(x))
        return functional.relu(x + y if self.residual else y)


def conv1d(before: int, after: int, size: int, stride: int = 1, dilation: int = 1) -> tuple[nn.Conv1d, nn.BatchNorm1d]:
    padding = dilation * (size // 2)
    conv = nn.Conv1d(before, after, size, stride, padding, dilation, bias=False)
    return conv, nn.BatchNorm1d(after)


class SpeakerNetwork(nn.Module):
    """Log-mel energies [batch, frames, bands] to embeddings [batch, size], not yet of unit length."""

    def __init__(self, design: Design) -> None:
        super().__init__()
        self.design = design
        before, bands = 1, BANDS
        steps: list[nn.Module] = []
        for layer in design.stem:
            steps.append(Step2d(before, layer))
            before, bands = layer.channels, bands // layer.stride_bands
        self.stem = nn.Sequential(*steps)
        if steps:
            self.into = nn.Sequential(*conv1d(before * bands, design.width, 1), nn.ReLU())
        else:
            self.into = nn.Sequential(
                *conv1d(BANDS, design.flat_width, 5, stride=2),
                nn.ReLU(),
                *conv1d(design.flat_width, design.width, 3, stride=2),
                nn.ReLU(),
            )
        self.blocks = nn.ModuleList(
            Block(design.width, bottleneck, dilation, design.squeeze)
            for bottleneck, dilation in zip(design.bottlenecks, design.dilations, strict=True)
        )
        self.gather = nn.Sequential(*conv1d(design.width * design.pooled_from, design.pooled, 1), nn.ReLU())
        self.attend = nn.Sequential(
            nn.Conv1d(design.pooled, design.attention, 1), nn.Tanh(), nn.Conv1d(design.attention, design.pooled, 1)
        )
        self.norm = nn.BatchNorm1d(2 * design.pooled)
        self.out = nn.Linear(2 * design.pooled, design.embedding)
        self.out_norm = nn.BatchNorm1d(design.embedding)

    def forward(self, mel: Tensor) -> Tensor:
        x = (mel - mel.mean(1, keepdim=True)).transpose(1, 2)
        if len(self.stem):
            x = x.unsqueeze(1)
            if self.training:
                x = x.contiguous(memory_format=torch.channels_last)
            x = self.stem(x).flatten(1, 2)
        x = self.into(x)
        outputs = []
        for block in self.blocks:
            x = block(x)
            outputs.append(x)
        x = self.gather(torch.cat(outputs[-self.design.pooled_from :], 1))
        weights = torch.softmax(self.attend(x).float(), 2)
        x = x.float()
        mean = (weights * x).sum(2)
        spread = ((weights * (x - mean.unsqueeze(2)).square()).sum(2) + 1e-5).sqrt()
        return self.out_norm(self.out(self.norm(torch.cat([mean, spread], 1))).float())


def parameters(network: nn.Module) -> int:
    return sum(p.numel() for p in network.parameters())


def mega_macs_per_second(network: SpeakerNetwork) -> float:
    """Multiplications in convolutions and linear layers for one second of speech, in millions."""
    total = 0

    def count(module: nn.Module, _: tuple, output: Tensor) -> None:
        nonlocal total
        weight = module.weight
        total += output[0].numel() * weight[0].numel()

    layers = [m for m in network.modules() if isinstance(m, (nn.Conv1d, nn.Conv2d, nn.Linear))]
    hooks = [layer.register_forward_hook(count) for layer in layers]
    was_training = network.training
    network.eval()
    with torch.no_grad():
        network(torch.zeros(1, 1000, BANDS))
    network.train(was_training)
    for hook in hooks:
        hook.remove()
    return total / 10 / 1e6
