"""The mean of exported networks: of runs that went on from the same one with other seeds or other mixes of channels.

Such runs lie near enough for the mean of their weights to be a network that hears voices, too (Wortsman et al., "Model
soups", 2022); `evaluate` says whether it errs less than each.
"""

import argparse
from pathlib import Path

import torch

from .speaker_export import export, folded
from .speaker_network import Design, SpeakerNetwork
from .speaker_start import weights


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("config", type=Path, help="configuration whose design all of them have")
    parser.add_argument("networks", type=Path, nargs="+", help="exported networks (`.onnx`)")
    parser.add_argument("--out", type=Path, required=True, help="file for the mean")
    parser.add_argument("--storage", choices=("f32", "f16", "int8"), default="int8")


def main(arguments: argparse.Namespace) -> None:
    network = folded(SpeakerNetwork(Design.read(arguments.config)))
    parts = [weights(path, network.state_dict()) for path in arguments.networks]
    network.load_state_dict({name: torch.stack([part[name] for part in parts]).mean(0) for name in parts[0]})
    export(network, arguments.out, arguments.storage)
