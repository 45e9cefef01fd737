#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes an ECAPA-TDNN with 512 channels (Desplanques et al., 2020) as ONNX for sherpa-onnx.

Its weights are random: it takes as long as a trained one and recognises nobody. 6.2 M parameters,
80 mel bands in, 192 values out.
"""
import sys

import onnx
import torch
from torch import nn

CHANNELS, SCALE, BANDS, WIDTH = 512, 8, 80, 192
METADATA = {
    "framework": "wespeaker",
    "language": "none",
    "url": "none",
    "comment": "random weights",
    "sample_rate": "16000",
    "output_dim": str(WIDTH),
    "normalize_samples": "0",
    "feature_normalize_type": "global-mean",
}


def conv(inside, outside, kernel=1, dilation=1):
    """Convolution over time, rectifier, batch norm: the order of the paper."""
    padding = dilation * (kernel - 1) // 2
    return nn.Sequential(
        nn.Conv1d(inside, outside, kernel, dilation=dilation, padding=padding), nn.ReLU(), nn.BatchNorm1d(outside)
    )


class Block(nn.Module):
    """SE-Res2Block: a convolution split into eight steps that feed each other, then a gate by channel."""

    def __init__(self, dilation):
        super().__init__()
        part = CHANNELS // SCALE
        self.enter, self.leave = conv(CHANNELS, CHANNELS), conv(CHANNELS, CHANNELS)
        self.steps = nn.ModuleList(conv(part, part, 3, dilation) for _ in range(SCALE - 1))
        self.gate = nn.Sequential(nn.Conv1d(CHANNELS, 128, 1), nn.ReLU(), nn.Conv1d(128, CHANNELS, 1), nn.Sigmoid())

    def forward(self, x):
        parts = torch.chunk(self.enter(x), SCALE, dim=1)
        out = [parts[0]]
        for step, part in zip(self.steps, parts[1:]):
            out.append(step(part if len(out) == 1 else part + out[-1]))
        y = self.leave(torch.cat(out, dim=1))
        return x + y * self.gate(y.mean(2, keepdim=True))


class Ecapa(nn.Module):
    """1 x frames x 80 to 1 x 192."""

    def __init__(self):
        super().__init__()
        self.enter = conv(BANDS, CHANNELS, 5)
        self.blocks = nn.ModuleList(Block(dilation) for dilation in (2, 3, 4))
        self.join = nn.Sequential(nn.Conv1d(3 * CHANNELS, 1536, 1), nn.ReLU())
        self.attend = nn.Sequential(
            nn.Conv1d(3 * 1536, 128, 1), nn.ReLU(), nn.BatchNorm1d(128), nn.Tanh(), nn.Conv1d(128, 1536, 1)
        )
        self.leave = nn.Sequential(nn.BatchNorm1d(2 * 1536), nn.Linear(2 * 1536, WIDTH))

    def forward(self, features):
        x = self.enter(features.transpose(1, 2))
        layers = []
        for block in self.blocks:
            x = block(x)
            layers.append(x)
        x = self.join(torch.cat(layers, dim=1))
        mean = x.mean(2, keepdim=True)
        deviation = ((x - mean).square().mean(2, keepdim=True) + 1e-5).sqrt()
        weight = torch.softmax(self.attend(torch.cat([x, mean.expand_as(x), deviation.expand_as(x)], dim=1)), dim=2)
        mean = (weight * x).sum(2)
        deviation = ((weight * x.square()).sum(2) - mean.square()).clamp(min=1e-5).sqrt()
        return self.leave(torch.cat([mean, deviation], dim=1))


def write(path):
    torch.manual_seed(0)
    torch.onnx.export(
        Ecapa().eval(), (torch.zeros(1, 200, BANDS),), path, input_names=["feats"], output_names=["embs"],
        dynamic_axes={"feats": {1: "frames"}}, opset_version=17, dynamo=False,
    )
    model = onnx.load(path)
    onnx.helper.set_model_props(model, METADATA)
    onnx.save(model, path)


if __name__ == "__main__":
    write(sys.argv[1])
