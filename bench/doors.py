#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What the doors cost: the same calls from Rust, Python and Node, in ratios from one interleaved run.

Run:  python/check; node/check; python3 bench/doors.py [--rounds N]
Needs Linux, and the packages as the two checks have built them. Exits with 1 where a limit is missed.

In each round every measurement is taken once, one after the other; the least of the rounds counts. `bytes` is an
`inspect` of 1 MiB of MP3 in memory. `many` is 1,000 enrollments of a short clip by as many speakers, asked for at once
(`join_all`, `asyncio.gather`, `Promise.all`), with both cores; each waits for the disk. `nothing` is a call that does nothing.
Memory is what the process holds after the first 1,000 enrollments and after the last.
"""
import argparse
import json
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[1]
AUDIO = ROOT / "tests" / "audio"
LIMITS = {"bytes": 1.01, "many": 1.1}
NOTHING = {"python": 100e-9, "node": 500e-9}


class Worker:
    """A process that does one round of what it is asked for, and says how long it took."""

    def __init__(self, *command):
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def round(self, work):
        self.process.stdin.write(work + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())


def workers(file):
    return {
        "rust": Worker(ROOT / "target/release/examples/time_pipeline", file),
        "python": Worker(ROOT / "target/python/bin/python", ROOT / "bench/doors/worker.py", file),
        "node": Worker("node", "--expose-gc", ROOT / "bench/doors/worker.mjs", file),
    }


def measure(work, file, rounds):
    """The least seconds of each language, and the megabytes after its first and its last round."""
    asked = workers(file)
    taken = [{name: worker.round(work) for name, worker in asked.items()} for _ in range(1 + rounds)]
    least = {name: min(one[name]["seconds"] for one in taken[1:]) for name in asked}
    memory = {name: (taken[0][name]["memory"], taken[-1][name]["memory"]) for name in asked if name != "rust"}
    return least, memory


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=15)
    args = parser.parse_args()
    subprocess.run(["cargo", "build", "--release", "--example", "time_pipeline"], cwd=ROOT, check=True)
    missed = False
    with tempfile.TemporaryDirectory() as folder:
        large = pathlib.Path(folder) / "large.mp3"
        clip = (AUDIO / "ada-1.mp3").read_bytes()
        large.write_bytes(clip * ((1 << 20) // len(clip)))
        rows = (("bytes", large, args.rounds), ("many", AUDIO / "fmt-cbr-id3.mp3", max(2, args.rounds // 5)))
        for work, file, rounds in rows:
            least, memory = measure(work, file, rounds)
            for name in ("python", "node"):
                ratio = least[name] / least["rust"]
                missed |= ratio > LIMITS[work]
                print(f"{work:8}{name:8}{1e3 * least['rust']:10.1f} ms{1e3 * least[name]:10.1f} ms{ratio:8.3f} of {LIMITS[work]}")
            if work == "many":
                for name, (first, last) in memory.items():
                    print(f"memory  {name:8}{first:10.1f} MB{last:10.1f} MB")
        python = workers(large)["python"]
        timed = [[python.round(f"threads {threads}")["seconds"] for threads in (1, 2)] for _ in range(args.rounds)]
        one, two = map(min, zip(*timed))
    print(f"threads python: two inspect {one / two:.2f} times as fast as one")
    for name, limit in NOTHING.items():
        seconds = workers(AUDIO / "ada-1.mp3")[name].round("nothing")["seconds"]
        missed |= seconds > limit
        print(f"nothing {name:8}{1e9 * seconds:10.0f} ns of {1e9 * limit:.0f}")
    sys.exit(missed)


if __name__ == "__main__":
    main()
