#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Peak memory of `voiceroll enroll`: half a minute, and an hour.

Run:  python3 bench/memory.py [--rounds N]
Needs cargo and ffmpeg. Exits with 1 where a limit is missed.

The peak is what the system counts as the process's largest resident set, each time into a fresh
store; the highest of the rounds counts. `--version` is the floor: the program and its libraries.
Limits: pages of the program's file count too, and how many threads there are (one arena each) makes
a difference. The hour is the same half minute, looped.
"""
import argparse
import os
import pathlib
import subprocess
import sys
import tempfile

import clips

BINARY = clips.ROOT / "target" / "release" / "voiceroll"
GNU_TIME = pathlib.Path("/usr/bin/time")


def peak(*arguments):
    """The largest resident set of one run, in bytes."""
    with tempfile.TemporaryDirectory() as folder:
        measured = pathlib.Path(folder) / "peak"
        timed = GNU_TIME.exists() and sys.platform == "linux"
        time = [GNU_TIME, "--format", "%M", "--output", measured] if timed else []
        environment = {**os.environ, "VOICEROLL_DB": f"{folder}/voices.db"}
        process = subprocess.Popen([*time, BINARY, *arguments], stdout=subprocess.DEVNULL, env=environment)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            sys.exit(f"voiceroll {arguments[0]} failed with {process.returncode}")
        if timed:
            return int(measured.read_text()) * 1024
        # Counts this Python's pages too, as they were before the program took its place.
        return usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3, help="[default: 3]")
    args = parser.parse_args()
    subprocess.run(["cargo", "build", "--release", "--features", "full"], cwd=clips.ROOT, check=True)

    hour, short = clips.hour(), clips.half_minute()

    def highest(*arguments):
        return max(peak(*arguments) for _ in range(args.rounds)) / 1e6

    floor = highest("--version")
    listened = {file: highest("inspect", file) for file in (short, hour)}
    enrolled = {file: highest("enroll", "ada", file) for file in (short, hour)}
    rows = [
        ("floor: --version", floor, None),
        ("inspect, 30 s", listened[short], None),
        ("inspect, 60 min", listened[hour], None),
        ("enroll, 30 s", enrolled[short], 80.0),
        ("enroll, 60 min", enrolled[hour], None),
        ("enroll, 60 min above 30 s", enrolled[hour] - enrolled[short], 60.0),
    ]
    print(f"peak resident memory, highest of {args.rounds} rounds\n")
    print(f"{'':28}{'MB':>8}{'limit':>8}")
    for label, megabytes, limit in rows:
        held = "" if limit is None else f"{limit:8.0f}  {'held' if megabytes <= limit else 'missed'}"
        print(f"{label:28}{megabytes:8.1f}{held}")
    sys.exit(any(limit is not None and megabytes > limit for _, megabytes, limit in rows))


if __name__ == "__main__":
    main()
