"""The ``voiceroll`` command."""

import signal
import sys

from . import _native


def main() -> None:
    """Does what the command line says."""
    # The command has no Python to clean up: Ctrl-C and a closed pipe end it as they end other commands.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    sys.exit(_native.main(["voiceroll", *sys.argv[1:]]))


if __name__ == "__main__":
    main()
