"""The same function as `SpeakerNetwork.forward`, with its trunk as products of matrices [batch x steps, channels].

PyTorch's 1-D convolutions on a processor move their inputs from one layout to another and back; so a step of training
takes 28 % longer with them (0.63 s of processor instead of 0.49, 64 crops of 2 s of `taught.toml` on a busy machine), and
80 % longer than with this and a frozen stem (0.35 s).
"""

import torch
from torch import Tensor, nn
from torch.nn import functional

from .speaker_network import Gate, SpeakerNetwork


def bfloat16_pays() -> bool:
    """Whether products in bfloat16 are faster here: with AMX tiles; AVX-512 alone takes 1.4 times as long as floats."""
    return torch.cpu._is_amx_tile_supported()


def forward(network: SpeakerNetwork, mel: Tensor, stem: nn.Module | None = None) -> Tensor:
    """`stem`: a folded copy that is heard in place of the network's own, and not trained."""
    x = (mel - mel.mean(1, keepdim=True)).transpose(1, 2).unsqueeze(1).contiguous(memory_format=torch.channels_last)
    if stem is None:
        x = network.stem(x)
    else:
        with torch.no_grad():
            x = stem(x)
    x = _chain(x.permute(0, 3, 1, 2).flatten(2), network.into)
    outputs = []
    for block in network.blocks:
        x = functional.relu(x + _gated(_chain(x, block.body), block.gate))
        outputs.append(x)
    x = _chain(torch.cat(outputs[-network.design.pooled_from :], 2), network.gather)
    weights = torch.softmax(_chain(x, network.attend).float(), 1)
    x = x.float()
    mean = (weights * x).sum(1)
    spread = ((weights * (x - mean[:, None]).square()).sum(1) + 1e-5).sqrt()
    return network.out_norm(network.out(network.norm(torch.cat([mean, spread], 1))).float())


def _chain(x: Tensor, layers: nn.Sequential) -> Tensor:
    for layer in layers:
        if isinstance(layer, nn.Conv1d):
            x = _convolve(x, layer)
        elif isinstance(layer, nn.BatchNorm1d):
            x = layer(x.flatten(0, 1)).view(x.shape)
        else:
            x = layer(x)
    return x


def _convolve(x: Tensor, layer: nn.Conv1d) -> Tensor:
    taps, steps, apart, pad = layer.kernel_size[0], x.shape[1], layer.dilation[0], layer.padding[0]
    if taps > 1:
        padded = functional.pad(x, (0, 0, pad, pad))
        x = torch.cat([padded[:, n * apart : n * apart + steps] for n in range(taps)], 2)
    return functional.linear(x, layer.weight.permute(0, 2, 1).flatten(1), layer.bias)


def _gated(x: Tensor, gate: nn.Module) -> Tensor:
    if not isinstance(gate, Gate):
        return gate(x)
    mean = x.mean(1)
    down = functional.relu(functional.linear(mean, gate.down.weight[:, :, 0], gate.down.bias))
    return x * torch.sigmoid(functional.linear(down, gate.up.weight[:, :, 0], gate.up.bias))[:, None]
