"""The detector's network: dilated convolutions over pairs of frames."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from torch import nn

from .detector_features import BANDS

KERNEL = 5
STEM = 6
"""Frames that the first layer looks at; it moves on by two."""


class Block(nn.Module):
    """Each channel along time, then all channels across; added to what came in."""

    def __init__(self, channels: int, dilation: int) -> None:
        super().__init__()
        reach = dilation * (KERNEL // 2)
        self.along = nn.Conv1d(channels, channels, KERNEL, padding=reach, dilation=dilation, groups=channels, bias=False)
        self.along_norm = nn.BatchNorm1d(channels)
        self.across = nn.Conv1d(channels, channels, 1, bias=False)
        self.across_norm = nn.BatchNorm1d(channels)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        inner = torch.relu(self.along_norm(self.along(x)))
        return x + torch.relu(self.across_norm(self.across(inner)))


class Detector(nn.Module):
    """Features, batch x frames (even) x 40, to log odds of speech, batch x frames."""

    def __init__(self, channels: int, dilations: tuple[int, ...]) -> None:
        super().__init__()
        self.scale = nn.BatchNorm1d(BANDS, affine=False)
        self.stem = nn.Conv1d(BANDS, channels, STEM, stride=2, padding=STEM // 2 - 1, bias=False)
        self.stem_norm = nn.BatchNorm1d(channels)
        self.blocks = nn.ModuleList(Block(channels, dilation) for dilation in dilations)
        self.head = nn.Conv1d(channels, 2, 1)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = torch.relu(self.stem_norm(self.stem(self.scale(x.transpose(1, 2)))))
        for block in self.blocks:
            x = block(x)
        return self.head(x).transpose(1, 2).flatten(1)


def folded(weight: torch.Tensor, norm: nn.BatchNorm1d) -> tuple[np.ndarray, np.ndarray]:
    """A convolution without bias and the norm behind it as one weight and one bias."""
    gain = norm.weight / torch.sqrt(norm.running_var + norm.eps)
    bias = norm.bias - gain * norm.running_mean
    return (weight * gain[:, None, None]).detach().numpy(), bias.detach().numpy()


def arrays(model: Detector) -> list[np.ndarray]:
    """All weights in the order of the file; inputs vary slower than outputs."""
    found = [model.scale.running_mean.numpy(), 1 / np.sqrt(model.scale.running_var.numpy() + model.scale.eps)]
    weight, bias = folded(model.stem.weight, model.stem_norm)
    found += [weight.transpose(2, 1, 0), bias]
    for block in model.blocks:
        weight, bias = folded(block.along.weight, block.along_norm)
        found += [weight[:, 0].T, bias]
        weight, bias = folded(block.across.weight, block.across_norm)
        found += [weight[:, :, 0].T, bias]
    found += [model.head.weight[:, :, 0].T.detach().numpy(), model.head.bias.detach().numpy()]
    return found


def export(model: Detector, path: Path) -> int:
    """Writes the file that the core reads and returns the number of parameters.

    `VRD1`, then u8: channels, blocks, and each block's dilation; then the arrays as bfloat16,
    little endian.
    """
    dilations = [block.along.dilation[0] for block in model.blocks]
    head = b"VRD1" + bytes([model.head.in_channels, len(dilations), *dilations])
    flat = np.concatenate([np.ascontiguousarray(array).ravel() for array in arrays(model)]).astype(np.float32)
    bits = flat.view(np.uint32)
    rounded = ((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16).astype("<u2")
    path.write_bytes(head + rounded.tobytes())
    return len(flat)
