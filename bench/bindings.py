#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What the bindings cost: the same calls from Rust and from each language, in ratios from one interleaved run.

Run:  ./check; python3 bench/bindings.py [--rounds N] [LANGUAGE...]
Needs Linux, and the packages as their checks have built them. Exits with 1 where a limit is missed.

In each round every measurement is taken once, one after the other; the least of the rounds counts. `bytes` is an
`inspect` of 1 MiB of MP3 in memory. `many` is 1,000 enrollments of a short clip by as many speakers, asked for at once
(`join_all`, `asyncio.gather`, `Promise.all`), with both cores; each waits for the disk. `nothing` is a call that does
nothing, `add` hands 1 MiB over. Memory is what the process holds after the first 1,000 enrollments and after the last.
"""
import argparse
import json
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[1]
AUDIO = ROOT / "tests" / "audio"
TARGET = ROOT / "target"
BINDINGS = ROOT / "bench" / "bindings"
LIMITS = {"bytes": 1.02, "many": 1.1}
# Python and Node have bindings of their own; the others stand on the C library.
OWN = ("python", "node")
STRICTER = {("bytes", "python"): 1.01, ("bytes", "node"): 1.01}
NOTHING = {"python": 100e-9, "node": 500e-9}


class Worker:
    """A process that does one round of what it is asked for, and says how long it took."""

    def __init__(self, *command):
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def round(self, work):
        self.process.stdin.write(work + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())


def commands():
    """How each language's worker is run; the file to listen to comes behind."""
    java = f"{TARGET}/java/bench:{read(TARGET / 'java/classpath')}"
    kotlin = f"{TARGET}/kotlin/tests/test-classes:{read(TARGET / 'kotlin/classpath')}"
    return {
        "rust": [TARGET / "release/examples/time_pipeline"],
        "python": [TARGET / "python/bin/python", BINDINGS / "worker.py"],
        "node": ["node", "--expose-gc", BINDINGS / "worker.mjs"],
        "ruby": ["env", f"VOICEROLL_LIBRARY={TARGET}/release/libvoiceroll_c.so", "ruby", "-I", ROOT / "bindings/ruby/lib", BINDINGS / "worker.rb"],
        "php": ["php", BINDINGS / "worker.php"],
        "java": ["java", "-cp", java, "dev.voiceroll.Worker"],
        "csharp": ["mono", TARGET / "csharp/tests/Worker.exe"],
        "kotlin": ["java", "-cp", kotlin, "WorkerKt"],
    }


def read(file):
    return file.read_text().strip() if file.exists() else ""


def start(name, file):
    return Worker(*commands()[name], file)


def measure(work, names, file, rounds):
    """The least seconds of each language, and the megabytes after its first and its last round."""
    asked = {name: start(name, file) for name in ("rust", *names)}
    taken = [{name: worker.round(work) for name, worker in asked.items()} for _ in range(1 + rounds)]
    least = {name: min(one[name]["seconds"] for one in taken[1:]) for name in asked}
    memory = {name: (taken[0][name]["memory"], taken[-1][name]["memory"]) for name in asked if name != "rust"}
    return least, memory


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=15)
    every = [name for name in commands() if name != "rust"]
    parser.add_argument("languages", nargs="*", default=every, help=f"default: {' '.join(every)}")
    args = parser.parse_args()
    subprocess.run(["cargo", "build", "--release", "--example", "time_pipeline"], cwd=ROOT, check=True)
    own = [name for name in args.languages if name in OWN]
    missed = False
    with tempfile.TemporaryDirectory() as folder:
        large = pathlib.Path(folder) / "large.mp3"
        clip = (AUDIO / "ada-1.mp3").read_bytes()
        large.write_bytes(clip * ((1 << 20) // len(clip)))
        rows = [("bytes", args.languages, large, args.rounds)]
        if own:
            rows.append(("many", own, AUDIO / "fmt-cbr-id3.mp3", max(2, args.rounds // 5)))
        for work, names, file, rounds in rows:
            least, memory = measure(work, names, file, rounds)
            for name in names:
                ratio, limit = least[name] / least["rust"], STRICTER.get((work, name), LIMITS[work])
                missed |= ratio > limit
                print(f"{work:8}{name:8}{1e3 * least['rust']:10.1f} ms{1e3 * least[name]:10.1f} ms{ratio:8.3f} of {limit}")
            if work == "many":
                for name, (first, last) in memory.items():
                    print(f"memory  {name:8}{first:10.1f} MB{last:10.1f} MB")
        if "python" in own:
            python = start("python", large)
            timed = [[python.round(f"threads {threads}")["seconds"] for threads in (1, 2)] for _ in range(args.rounds)]
            one, two = map(min, zip(*timed))
            print(f"threads python: two inspect {one / two:.2f} times as fast as one")
    for name in args.languages:
        worker = start(name, AUDIO / "ada-1.mp3")
        seconds = worker.round("nothing")["seconds"]
        missed |= seconds > NOTHING.get(name, seconds)
        added = "" if name in OWN else f"{1e6 * worker.round('add')['seconds']:10.1f} us to add 1 MiB"
        print(f"nothing {name:8}{1e9 * seconds:10.0f} ns{added}")
    sys.exit(missed)


if __name__ == "__main__":
    main()
