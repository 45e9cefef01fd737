#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Voiceroll beside Resemblyzer and sherpa-onnx on one recording: ratios from one interleaved run.

Run:  python3 bench/peer/compare.py [--python PATH] [--campplus FILE] [--file FILE] [--rounds N]
Needs cargo, ffmpeg and taskset (Linux), and Voiceroll's own Python package as `python/check` builds it. Without --python it
makes an environment in target/peer and installs both peers there, which takes 6 GB with the default build of torch.
With --campplus, the ONNX export of CAM++ that `speaker teacher` writes (see training), `campplus` is measured too, beside
the same network in sherpa-onnx; it has to be in target/campplus, where `bindings/campplus` puts it.
Exits with 1 where a limit is missed.

In each round every measurement is taken once, one after the other, all on one core and one thread;
the least of the rounds counts. Both sides are warm and in process: loading models, numba's compiler
and starting Python are left out.
Limits: they do not do the same work. `inspect` also measures level, noise, clipping and bandwidth;
`enroll` also inspects, makes a store in the temporary folder and waits for its disk, which neither peer
has a part like; sherpa-onnx is given the samples without a detector, and an ECAPA-512 of random weights
(`ecapa.py`); the networks differ.
"""
import argparse
import json
import os
import pathlib
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
import clips  # noqa: E402

PACKAGES = ["resemblyzer==0.1.4", "setuptools<81", "soundfile", "sherpa-onnx", "onnx"]
# What is measured: our work, by whom, the peer, its work, the label, the most that our time may be of the peer's.
COMPARED = [
    ("inspect", "rust", "resemblyzer", "inspect", "inspect / preprocess_wav", 0.65),
    ("prepare", "rust", "resemblyzer", "inspect", "without the network / the same", 0.5),
    ("enroll", "rust", "resemblyzer", "enroll", "enroll / preprocess_wav + embed", 1 / 3),
    ("enroll", "rust", "sherpa-onnx", "enroll", "enroll / soundfile + ECAPA-512", 1 / 6),
    ("enroll", "python", "sherpa-onnx", "enroll", "enroll in Python / the same", 1 / 6),
]
COMPARED_CAMPPLUS = [
    ("enroll", "campplus", "resemblyzer", "enroll", "campplus: enroll / Resemblyzer", 1),
    ("enroll", "campplus", "onnx-campplus", "enroll", "campplus: enroll / sherpa-onnx", 0.45),
]
ONE_CORE = ["taskset", "-c", "0"]
ONE_THREAD = {"OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1", "NUMBA_NUM_THREADS": "1"}


class Worker:
    """A process that does one round of what it is asked for, and says how long it took."""

    def __init__(self, *command, model="compact"):
        self.process = subprocess.Popen(
            [*ONE_CORE, *command],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, **ONE_THREAD, "VOICEROLL_MODEL": str(model)},
        )

    def read(self):
        line = self.process.stdout.readline()
        if not line:
            sys.exit(f"{self.process.args[3]} stopped early")
        return json.loads(line)

    def round(self, work):
        self.process.stdin.write(work + "\n")
        self.process.stdin.flush()
        return self.read()

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def peer_python():
    """The Python of an environment with both peers in it."""
    folder = clips.ROOT / "target" / "peer"
    python = folder / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    subprocess.run([python, "-m", "pip", "install", "--quiet", *PACKAGES], check=True)
    return python


def timed(work):
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def ffmpeg(file, *options):
    command = [*ONE_CORE, *clips.FFMPEG, "-threads", "1", "-i", file, *options, "-f", "null", "-"]
    return timed(lambda: subprocess.run(command, check=True))


def measure(ours, peers, compared, file, rounds):
    """The least time of each measurement over the rounds, the first of which is for warming up."""
    taken = []
    for _ in range(1 + rounds):
        one = {}
        for work, name in sorted({(work, name) for work, name, *_ in compared}):
            mine = ours[name].round(work)
            one[name, work] = mine["seconds"]
            if (name, work) == ("rust", "enroll"):
                one["store"] = mine["store_seconds"]
        for name, work in sorted({(name, work) for _, _, name, work, *_ in compared}):
            one[name, work] = peers[name].round(work)["seconds"]
        one["read"] = timed(file.read_bytes)
        one["start"] = ffmpeg(file, "-t", "0.001")
        one["decode"] = ffmpeg(file)
        taken.append(one)
    return {name: min(one[name] for one in taken[1:]) for name in taken[0]}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--python", type=pathlib.Path, help="a Python that has both peers, instead of target/peer")
    parser.add_argument("--campplus", type=pathlib.Path, help="CAM++ as ONNX, to measure `campplus` too")
    parser.add_argument("--file", type=pathlib.Path, help="a recording, instead of 30 s made from the project's clips")
    parser.add_argument("--rounds", type=int, default=15, help="at least 5 [default: 15]")
    args = parser.parse_args()
    if args.rounds < 5:
        parser.error("fewer than 5 rounds say nothing")

    subprocess.run(["cargo", "build", "--release", "--example", "time_pipeline"], cwd=clips.ROOT, check=True)
    python = args.python or peer_python()
    file = args.file or clips.half_minute()
    if not (ours_python := clips.ROOT / "target" / "python" / "bin" / "python").exists():
        sys.exit("run python/check first: it installs Voiceroll's own package")
    pipeline = clips.ROOT / "target" / "release" / "examples" / "time_pipeline"
    ours = {
        "rust": Worker(pipeline, file),
        "python": Worker(ours_python, HERE.parent / "bindings" / "worker.py", file),
    }
    peers = {
        "resemblyzer": Worker(python, HERE / "resemblyzer_worker.py", file),
        "sherpa-onnx": Worker(python, HERE / "sherpa_worker.py", file),
    }
    compared = list(COMPARED)
    if args.campplus:
        compared += COMPARED_CAMPPLUS
        ours["campplus"] = Worker(pipeline, file, model=clips.ROOT / "target" / "campplus" / "campplus.voicemodel")
        peers["onnx-campplus"] = Worker(python, HERE / "sherpa_worker.py", file, args.campplus)
    versions = {name: version for peer in peers.values() for name, version in peer.read().items()}
    least = measure(ours, peers, compared, file, args.rounds)
    for worker in (*ours.values(), *peers.values()):
        worker.close()

    print(", ".join(f"{name} {version}" for name, version in versions.items()))
    print(f"{file.name}, {file.stat().st_size} bytes; least of {args.rounds} rounds, one thread on one core;")
    print("warm and in process: model loading, numba's compiler and start-up are left out\n")
    print(f"{'':34}{'voiceroll':>12}{'peer':>13}{'ratio':>8}{'limit':>8}")
    missed = False
    for work, us, name, theirs, label, limit in compared:
        mine, theirs = least[us, work], least[name, theirs]
        ratio = mine / theirs
        missed |= ratio > limit
        verdict = "missed" if ratio > limit else "held"
        print(f"{label:34}{1e3 * mine:9.1f} ms{1e3 * theirs:10.1f} ms{ratio:8.2f}{limit:8.2f}  {verdict}")
    print(f"{'  of it, making an empty store':34}{1e3 * least['store']:9.1f} ms")
    print(f"{'floor: read the bytes':34}{1e3 * least['read']:9.2f} ms")
    print(f"{'floor: ffmpeg decodes, no start-up':34}{1e3 * (least['decode'] - least['start']):9.1f} ms")
    sys.exit(missed)


if __name__ == "__main__":
    main()
