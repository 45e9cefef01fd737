"""`detector prepare | train | evaluate`: the built-in speech detector from data to figures."""

from __future__ import annotations

import sys

from . import detector_evaluate, detector_prepare, detector_train

COMMANDS = {"prepare": detector_prepare.main, "train": detector_train.main, "evaluate": detector_evaluate.main}


def main(argv: list[str]) -> None:
    """Runs the command that the first argument names."""
    if not argv or argv[0] not in COMMANDS:
        sys.exit(f"usage: detector {' | '.join(COMMANDS)} [ARGUMENTS]")
    COMMANDS[argv[0]](argv[1:])


if __name__ == "__main__":
    main(sys.argv[1:])
