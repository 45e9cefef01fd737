"""`python -m voiceroll_training speaker|detector prepare|train|average|evaluate ...`, run from the repository's root."""

import argparse
import importlib
import sys

from . import detector_cli

COMMANDS = {
    "speaker": {
        "prepare": "Decode the training pack and wear copies of it down.",
        "teacher": "Export the teacher's checkpoint for `teach`.",
        "teach": "Make virtual voices and ask the teacher about them.",
        "learn": "Train a network on what the teacher says, and export it.",
        "train": "Train a network as a configuration says, and export it.",
        "average": "Export the mean of networks that went on from the same one.",
        "evaluate": "Measure exported networks on the development trials.",
        "cohort": "Make what the scores of a network are held against.",
    },
}
"""Each network, its commands, and what each does; `NETWORK_COMMAND.py` has `add_arguments` and `main`."""


def main() -> None:
    if sys.argv[1:2] == ["detector"]:
        detector_cli.main(sys.argv[2:])
        return
    parser = argparse.ArgumentParser(prog="voiceroll_training", description="Trains the networks that Voiceroll ships.")
    networks = parser.add_subparsers(required=True, metavar="network")
    for network, commands in COMMANDS.items():
        of_network = networks.add_parser(network).add_subparsers(required=True, metavar="command")
        for command, help_ in commands.items():
            module = importlib.import_module(f".{network}_{command}", __package__)
            of_command = of_network.add_parser(command, help=help_, description=help_)
            module.add_arguments(of_command)
            of_command.set_defaults(main=module.main)
    arguments = parser.parse_args()
    arguments.main(arguments)


main()
