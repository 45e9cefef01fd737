#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""An hour of two voices through `voiceroll diarize`, on one core.

Run:  python3 bench/hour.py [--rounds N]
Needs cargo, ffmpeg and taskset (Linux). Exits with 1 where it is slower than 200 times real time or
where it does not hear two voices.

The least time of the rounds counts, with starting the program and decoding FLAC inside.
Limits: the hour is four synthetic utterances, looped, so the voices never change and nobody interrupts.
"""
import argparse
import json
import subprocess
import sys
import time

import clips

BINARY = clips.ROOT / "target" / "release" / "voiceroll"
HOUR = 3600.0
LIMIT = 200.0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3, help="[default: 3]")
    args = parser.parse_args()
    subprocess.run(["cargo", "build", "--release", "--features", "full"], cwd=clips.ROOT, check=True)
    command = ["taskset", "-c", "0", BINARY, "diarize", clips.conversation(), "--json"]
    taken = []
    for _ in range(args.rounds):
        start = time.perf_counter()
        answer = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)
        taken.append(time.perf_counter() - start)
    speed = HOUR / min(taken)
    print(f"{min(taken):.1f} s on one core, {speed:.0f} times real time (at least {LIMIT:.0f}); {answer['speakers']} voices")
    sys.exit(speed < LIMIT or answer["speakers"] != 2)


if __name__ == "__main__":
    main()
