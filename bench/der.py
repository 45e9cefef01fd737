#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Compares `voiceroll score` with `pyannote.metrics` on pairs of made-up conversations.

Run:  python3 bench/der.py [--pairs 50] [--seed 1]

Needs cargo, and for Python pyannote.metrics (4.2.0 was tried). Each pair has a truth of 1 to 6 speakers whose turns may
overlap, and a hypothesis with moved boundaries, missing, added and swapped turns. Exits with 1 where a diarization error rate,
with or without collar and overlap, differs by more than 0.01 points.
"""
import argparse
import itertools
import json
import pathlib
import random
import subprocess
import sys
import tempfile
import warnings

from pyannote.core import Annotation, Segment
from pyannote.metrics.diarization import DiarizationErrorRate

ROOT = pathlib.Path(__file__).resolve().parents[1]
LIMIT = 0.01


def truth(rng):
    at, turns, speakers = 0.0, [], rng.randint(1, 6)
    for _ in range(rng.randint(2, 40)):
        start = max(0.0, at + rng.uniform(-1.5, 2.0))
        at = start + rng.uniform(0.2, 8.0)
        turns.append((round(start, 3), round(at, 3), f"s{rng.randrange(speakers)}"))
    return turns


def found(rng, turns):
    names = [f"h{n}" for n in range(rng.randint(1, 7))]
    mapping = {who: rng.choice(names) for _, _, who in turns}
    moved = []
    for start, end, who in turns:
        if rng.random() < 0.1:
            continue
        start, end = max(0.0, start + rng.gauss(0, 0.3)), end + rng.gauss(0, 0.3)
        if end > start:
            moved.append((round(start, 3), round(end, 3), rng.choice(names) if rng.random() < 0.15 else mapping[who]))
    for _ in range(rng.randint(0, 3)):
        start = rng.uniform(0, 60)
        moved.append((round(start, 3), round(start + rng.uniform(0.2, 4), 3), rng.choice(names)))
    return moved


def rttm(name, turns):
    return "".join(f"SPEAKER {name} 1 {start:.3f} {end - start:.3f} <NA> <NA> {who} <NA> <NA>\n" for start, end, who in turns)


def annotation(turns):
    made = Annotation()
    for number, (start, end, who) in enumerate(turns):
        made[Segment(start, end), number] = who
    return made


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pairs", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    warnings.filterwarnings("ignore")
    rng = random.Random(arguments.seed)
    pairs = {}
    for number in range(arguments.pairs):
        turns = truth(rng)
        pairs[f"pair{number:03}"] = (turns, found(rng, turns))
    command = ["cargo", "run", "--quiet", "--release", "--features", "full", "--bin", "voiceroll", "--", "--json", "score"]
    worst = 0.0
    with tempfile.TemporaryDirectory() as folder:
        reference, hypothesis = pathlib.Path(folder, "reference.rttm"), pathlib.Path(folder, "hypothesis.rttm")
        reference.write_text("".join(rttm(name, turns) for name, (turns, _) in pairs.items()))
        hypothesis.write_text("".join(rttm(name, turns) for name, (_, turns) in pairs.items()))
        for collar, skip in itertools.product((0.0, 0.25, 0.5), (False, True)):
            options = ["--collar", str(collar)] + (["--skip-overlap"] if skip else [])
            out = subprocess.run([*command, str(hypothesis), str(reference), *options], cwd=ROOT, check=True, capture_output=True)
            ours = {row["recording"]: row["der"] for row in map(json.loads, out.stdout.splitlines())}
            metric = DiarizationErrorRate(collar=collar, skip_overlap=skip)
            apart = []
            for name, (turns, other) in pairs.items():
                theirs = metric(annotation(turns), annotation(other), detailed=True)
                if theirs["total"] > 0:
                    apart.append(abs(100 * theirs["diarization error rate"] - ours[name]))
            worst = max(worst, *apart)
            print(f"collar {collar}, overlap {'left out' if skip else 'scored'}: {len(apart)} pairs, apart by at most {max(apart):.5f} points")
    return int(worst > LIMIT)


if __name__ == "__main__":
    sys.exit(main())
