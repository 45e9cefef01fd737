"""A trained network to one ONNX file: normalisations folded away, weights stored in 8 or 16 bits."""

import copy
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import Tensor, nn
from torch.nn.utils.fusion import fuse_conv_bn_eval

from .features import BANDS
from .speaker_network import SpeakerNetwork, Step2d

OPSET = 17
SMALLEST = 1024
"""Tensors with fewer numbers stay float."""
KEPT = ("out.weight",)
"""Stays float, too: with normalisation and whitening folded in, its columns differ too much for 8 bits (the cosine
between embeddings with and without falls to 0.98, against 0.9999 for all other tensors together)."""


def folded(network: SpeakerNetwork, transform: Tensor | None = None, offset: Tensor | None = None) -> SpeakerNetwork:
    """The same function without normalisation layers, then `transform @ (embedding - offset)` if given."""
    network = copy.deepcopy(network).eval().float()
    for step in network.stem:
        assert isinstance(step, Step2d)
        step.conv, step.norm = fuse_conv_bn_eval(step.conv, step.norm), nn.Identity()
    bodies = [network.into, network.gather, *(block.body for block in network.blocks)]
    for body in bodies:
        for n, layer in enumerate(body):
            if isinstance(layer, nn.BatchNorm1d):
                body[n - 1], body[n] = fuse_conv_bn_eval(body[n - 1], layer), nn.Identity()
    with torch.no_grad():
        before, after, out = _affine(network.norm), _affine(network.out_norm), network.out
        weight = after[0][:, None] * out.weight * before[0]
        bias = after[0] * (out.weight @ before[1] + out.bias) + after[1]
        if offset is not None:
            bias = bias - offset
        if transform is not None:
            weight, bias = transform @ weight, transform @ bias
        network.out = nn.Linear(weight.shape[1], weight.shape[0])
        network.out.weight.copy_(weight)
        network.out.bias.copy_(bias)
    network.norm, network.out_norm = nn.Identity(), nn.Identity()
    return network


def _affine(norm: nn.BatchNorm1d) -> tuple[Tensor, Tensor]:
    scale = norm.weight / torch.sqrt(norm.running_var + norm.eps)
    return scale, norm.bias - norm.running_mean * scale


def export(network: SpeakerNetwork, path: Path, storage: str = "f32") -> None:
    """Writes a folded network; `storage` is `f32`, `f16` or `int8`, and arithmetic is float in any case."""
    torch.onnx.export(
        network,
        (torch.zeros(1, 200, BANDS),),
        str(path),
        input_names=["mel"],
        output_names=["embedding"],
        dynamic_axes={"mel": {1: "frames"}},
        opset_version=OPSET,
        dynamo=False,
    )
    model = onnx.load(path)
    if storage != "f32":
        _store_small(model, storage)
    onnx.checker.check_model(model)
    onnx.save(model, path)


def _store_small(model: onnx.ModelProto, storage: str) -> None:
    graph = model.graph
    nodes, kept = [], []
    for weight in graph.initializer:
        values = numpy_helper.to_array(weight)
        if values.dtype != np.float32 or values.size < SMALLEST or weight.name in KEPT:
            kept.append(weight)
            continue
        stored, scale = f"{weight.name}.stored", f"{weight.name}.scale"
        if storage == "f16":
            kept.append(numpy_helper.from_array(values.astype(np.float16), stored))
            nodes.append(helper.make_node("Cast", [stored], [weight.name], to=TensorProto.FLOAT))
            continue
        scales = np.abs(values).reshape(len(values), -1).max(axis=1) / 127 + 1e-12
        shape = (-1, *[1] * (values.ndim - 1))
        kept.append(numpy_helper.from_array(np.round(values / scales.reshape(shape)).astype(np.int8), stored))
        kept.append(numpy_helper.from_array(scales.astype(np.float32), scale))
        nodes.append(helper.make_node("DequantizeLinear", [stored, scale], [weight.name], axis=0))
    nodes += graph.node
    del graph.initializer[:], graph.node[:]
    graph.initializer.extend(kept)
    graph.node.extend(nodes)
