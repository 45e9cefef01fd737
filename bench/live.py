#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Measures live sessions: what they cost, and how soon and how often they say right who speaks.

Run:  python3 bench/live.py [--model compact|campplus] [--split watch|report|both] [--each N]
                            [--voices FOLDER] [--work FOLDER]

Needs what conversations.py needs, and Linux. The conversations are those of conversations.py, with half of the speakers
enrolled; each is pushed a tenth of a second at a time into a live identification and a live enrollment, as fast as it is
taken (core/examples/live.rs).

Printed: processor time of a session as a share of the time of its sound; the longest push; and over the turns of more than
3 s, in which the live answer is looked at every tenth of a second: the share of the time in which it is right (the id, or
nobody for a stranger), over whole turns and from the third second of a turn on; the same share for the result at the end;
and of the turns of enrolled speakers the time from the start to the first right name.

Exits with 1 if a session takes 2 % of a core or more, or a push 250 ms.

Limits: those of conversations.py.
"""
import argparse
import json
import pathlib
import statistics
import subprocess
import sys

import soundfile

import conversations
from conversations import ROOT

STEP = 0.1
SETTLED = 3.0


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--model", choices=("compact", "campplus"), default="compact")
    parser.add_argument("--split", choices=("watch", "report", "both"), default="report")
    parser.add_argument("--each", type=int, default=2)
    parser.add_argument("--voices", type=pathlib.Path, default=ROOT.parent / "shared" / "voices" / "dev")
    parser.add_argument("--work", type=pathlib.Path, default=ROOT / "target" / "live")
    options = parser.parse_args()
    cargo = ["cargo", "build", "--release", "--locked", "--features", "full", "--bin", "voiceroll", "--example", "live"]
    subprocess.run(cargo, cwd=ROOT, check=True)
    halves = conversations.split(conversations.voices(options.voices))
    if options.split != "both":
        halves = {options.split: halves[options.split]}
    truths = conversations.build(options.work, halves, options.each, options.voices.parent / "noise")
    sums = Sums()
    for half, pool in halves.items():
        command, enrolled = conversations.enroll(options.work, half, pool, options.model, None)
        mine = [truth for truth in truths if truth["split"] == half and truth["speakers"] > 1]
        for truth, found in zip(mine, answered(options.work, command, mine, options.model)):
            sums.add(truth, found, set(enrolled))
    sys.exit(sums.show())


def answered(work, command, truths, model):
    files = []
    for truth in truths:
        samples, rate = soundfile.read(work / truth["file"], dtype="int16")
        files.append(work / "now.wav" if not files else work / f"now-{len(files)}.wav")
        soundfile.write(files[-1], samples, rate, subtype="PCM_16")
    program = ROOT / "target" / "release" / "examples" / "live"
    environment = {**conversations.os.environ, "VOICEROLL_MODEL": model}
    done = subprocess.run([program, command.store, *files], stdout=subprocess.PIPE, text=True, check=True, env=environment)
    for file in files:
        file.unlink()
    return [json.loads(line) for line in done.stdout.splitlines()]


class Sums:
    def __init__(self):
        self.seconds = self.identify = self.enroll = 0.0
        self.longest = []
        self.right = {"live": [0, 0], "settled": [0, 0], "end": [0, 0]}
        self.first, self.never = [], 0

    def add(self, truth, found, enrolled):
        self.seconds += found["seconds"]
        self.identify += found["cpu_identify"]
        self.enroll += found["cpu_enroll"]
        self.longest.append(max(found["longest_push"], found["longest_status"]))
        for start, end, who in truth["turns"]:
            if end - start <= conversations.LONG_TURN:
                continue
            expected = who if who in enrolled else None
            named = None
            for at in range(round(start / STEP), min(round(end / STEP), len(found["answers"]))):
                answer = found["answers"][at]
                since = (at + 1) * STEP - start
                # Nothing said is not right, of a stranger either.
                right = answer is not None and answer[0] == expected
                if right and named is None:
                    named = since
                for name in ("live", "settled") if since >= SETTLED else ("live",):
                    self.right[name][0] += right
                    self.right[name][1] += 1
                middle = (at + 0.5) * STEP
                inside = [s for s in found["segments"] if s["start"] <= middle < s["end"]]
                self.right["end"][0] += bool(inside) and inside[0]["speaker_id"] == expected
                self.right["end"][1] += 1
            if expected is not None:
                if named is None:
                    self.never += 1
                else:
                    self.first.append(named)

    def show(self):
        cost = {"identification": self.identify / self.seconds, "enrollment": self.enroll / self.seconds}
        for name, share in cost.items():
            print(f"{name}: {100 * share:.2f} % of a core per session")
        ordered = sorted(self.longest)
        print(f"longest push: {1000 * ordered[-1]:.1f} ms, in the median session {1000 * statistics.median(ordered):.1f} ms")
        for name, text in [("live", "right while they speak"), ("settled", f"right from {SETTLED:.0f} s of a turn on"),
                           ("end", "right at the end")]:
            right, of = self.right[name]
            print(f"{text}: {100 * right / max(1, of):.1f} % of {of * STEP:.0f} s")
        print(f"first right name: median {statistics.median(self.first):.1f} s, ninth decile "
              f"{sorted(self.first)[len(self.first) * 9 // 10]:.1f} s, of {len(self.first)} turns; in {self.never} more never")
        return int(max(cost.values()) >= 0.02 or ordered[-1] >= 0.25)


if __name__ == "__main__":
    main()
