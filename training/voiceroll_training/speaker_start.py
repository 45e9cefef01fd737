"""Going on from a network that was exported, of which no checkpoint is left.

Its normalisations were folded away. They come back as layers that change nothing yet: their statistics are measured
on drawn crops, their scale and shift undo them. The directions of the classes are the means of what it says.
"""

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import Tensor, nn
from torch.nn import functional

from .speaker_data import Sampler
from .speaker_export import folded
from .speaker_network import SpeakerNetwork

NORMS = (nn.BatchNorm1d, nn.BatchNorm2d)


def weights(path: Path, like: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """The weights of an exported network as float, by the names that they have in `like`, a folded network's."""
    stored = {w.name: numpy_helper.to_array(w) for w in onnx.load(path).graph.initializer}
    found = {}
    for name, values in stored.items():
        whole, kind = name.rsplit(".", 1)
        if kind == "stored":
            scales = stored.get(f"{whole}.scale", np.ones(len(values), np.float32))
            found[whole] = values.astype(np.float32) * scales.reshape(-1, *[1] * (values.ndim - 1))
        elif kind != "scale":
            found[name] = values
    different = {name for name in found.keys() | like.keys() if np.shape(found.get(name)) != np.shape(like.get(name))}
    if different:
        raise ValueError(f"{path} is of another design than the configuration: {', '.join(sorted(different))}")
    return {name: torch.from_numpy(np.array(values)) for name, values in found.items()}


@torch.no_grad()
def unfold(network: SpeakerNetwork, path: Path, sampler: Sampler, batches: int = 40) -> None:
    """Makes `network` say what the exported one says, with normalisations at work."""
    exported = weights(path, folded(network).state_dict())
    biases = _after_convolutions(network, exported)
    network.load_state_dict(exported, strict=False)
    norms = {name: module for name, module in network.named_modules() if isinstance(module, NORMS)}
    for name, norm in norms.items():
        norm.running_mean.zero_()
        norm.running_var.fill_(1 - norm.eps)
        norm.weight.fill_(1)
        norm.bias.copy_(biases.get(name, torch.zeros_like(norm.bias)))
    heard = {name: [] for name in norms}

    def listen(name: str):
        def hook(_: nn.Module, inputs: tuple[Tensor]) -> None:
            values = inputs[0].float().transpose(0, 1).flatten(1)
            heard[name].append((values.mean(1), values.square().mean(1)))

        return hook

    hooks = [norm.register_forward_pre_hook(listen(name)) for name, norm in norms.items()]
    network.eval()
    for _ in range(batches):
        network(sampler.batch(32, 2.0, speeds=3).mel)
    network.train()
    for hook in hooks:
        hook.remove()
    for name, norm in norms.items():
        mean, square = (torch.stack(values).mean(0) for values in zip(*heard[name]))
        norm.running_mean.copy_(mean)
        norm.running_var.copy_((square - mean.square()).clamp(min=1e-6))
        norm.weight.copy_((norm.running_var + norm.eps).sqrt())
        norm.bias.add_(mean)


@torch.no_grad()
def grow(network: SpeakerNetwork, smaller: SpeakerNetwork, blocks: tuple[int, ...]) -> None:
    """Gives `network` the layers of a smaller one of the same plan, up to the pooling. `blocks` says for each block
    which of the smaller network's it is, or -1: such a block changes nothing until it has learned to."""
    for name in ("stem", "into", "gather", "attend", "norm"):
        getattr(network, name).load_state_dict(getattr(smaller, name).state_dict())
    for block, place in zip(network.blocks, blocks, strict=True):
        if place >= 0:
            block.load_state_dict(smaller.blocks[place].state_dict())
        else:
            block.body[-1].weight.zero_()
            block.body[-1].bias.zero_()


def _after_convolutions(network: SpeakerNetwork, exported: dict[str, Tensor]) -> dict[str, Tensor]:
    """Takes the biases that folding gave to convolutions out of `exported`: by the name of the normalisation."""
    taken, before = {}, ""
    for name, module in network.named_modules():
        if isinstance(module, NORMS):
            if f"{before}.bias" in exported and f"{before}.bias" not in network.state_dict():
                taken[name] = exported.pop(f"{before}.bias")
        elif isinstance(module, (nn.Conv1d, nn.Conv2d, nn.Linear)):
            before = name
    return taken


@torch.no_grad()
def directions(network: SpeakerNetwork, sampler: Sampler, batches: int = 300) -> Tensor:
    """The mean of what the network says of each class [classes, size], of unit length; of a class that was not drawn,
    that of its speaker at normal speed, or no direction."""
    speakers = len(sampler.corpus.speakers)
    sums = torch.zeros(sampler.classes, network.design.embedding)
    network.eval()
    for _ in range(batches):
        batch = sampler.batch(32, 2.0, speeds=3)
        known = batch.label >= 0
        sums.index_add_(0, batch.label[known], functional.normalize(network(batch.mel[known])))
    network.train()
    empty = sums.norm(dim=1) == 0
    sums[empty] = sums[torch.arange(sampler.classes) % speakers][empty]
    return functional.normalize(sums)
