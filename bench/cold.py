#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""How long the first command of the README compiles, with nothing built before.

Run:  python3 bench/cold.py [--features cli] [--limit 240]

Prints seconds of processor time (user and system), which count on every machine alike however many cores it has, and
exits with 1 where they are over the limit. Crates are downloaded before the clock starts.
"""
import argparse
import pathlib
import resource
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[1]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--features", default="cli", help="[default: cli]")
    parser.add_argument("--limit", type=float, default=240, help="the most seconds [default: 240]")
    args = parser.parse_args()
    subprocess.run(["cargo", "fetch", "--locked"], cwd=ROOT, check=True)
    with tempfile.TemporaryDirectory() as target:
        command = ["cargo", "build", "--locked", "--release", "--features", args.features, "--target-dir", target]
        started = time.monotonic()
        subprocess.run(command, cwd=ROOT, check=True)
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        seconds = used.ru_utime + used.ru_stime
    print(f"{seconds:.0f} s of processor time, {time.monotonic() - started:.0f} s in all; limit {args.limit:.0f} s")
    sys.exit(seconds > args.limit)


if __name__ == "__main__":
    main()
