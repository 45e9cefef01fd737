#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Builds conversations of known truth from single voices, and scores `voiceroll diarize` and `identify`.

Run:  python3 bench/conversations.py [--model compact|campplus] [--split watch|report|both] [--each N]
                                      [--voices FOLDER] [--work FOLDER]
      python3 bench/conversations.py --tune [--model compact|campplus]

Needs cargo; for Python numpy, scipy and soundfile. The voices are those of ../shared/voices/dev beside the
checkout (`manifest.jsonl`: `path`, `speaker`, `corpus`, `session`, `role`); noises come from
../shared/voices/noise. The recordings go to a scratch folder and are made anew where the recipe has
changed; the same seed gives the same recordings.

The speakers are halved: constants are chosen on `watch`, the speakers with an even number, and `report`,
those with an odd one, shows what they are worth on voices that they never saw.

Diarization is scored by DER: the time in which speech is missed, made up or given to the wrong
person, over the time spoken, under the best one-to-one mapping of names, with 0.25 s about each
change of the truth left out. A conversation has no overlapping speech.
Identification is scored over the turns of more than 3 s: the share of their time that is given
the right id, or none where the speaker is a stranger.
The rows "all" and the conditions are over 2 to 4 speakers; single speakers have a row of their own.

--tune is for a new network: it listens once, then clusters again and again, changing one constant of
its clustering in core/src/rules.rs at a time, and prints what is best on `watch` and what that is worth
on `report`. Nothing in the tree is changed.

Limits: single voices, mostly read, pasted in turns: nobody interrupts, laughs or moves.
"""
import argparse
import collections
import itertools
import json
import math
import os
import pathlib
import subprocess
import sys

import numpy as np
import soundfile

ROOT = pathlib.Path(__file__).resolve().parents[1]
RATE = 16000
CONDITIONS = ("clean", "noisy", "telephone")
COUNTS = (2, 3, 4)
# Recordings of a single speaker, for each conversation of another count.
SINGLES = 3
COLLAR = 0.25
STEP = 0.01
LONG_TURN = 3.0
RECIPE = 3


# The voices

class Voice:
    """One speaker: what is enrolled, and what is said in conversations, never the same recording."""

    def __init__(self, folder, speaker, rows):
        self.folder, self.id, self.corpus = folder, speaker.replace("-", "_"), rows[0]["corpus"]
        self.gender = rows[0].get("gender", "?")
        sessions = collections.defaultdict(list)
        for row in rows:
            sessions[row["session"]].append(row)
        names = sorted(sessions)
        if len(names) > 1:
            # Another call, or another chapter, than what was enrolled.
            self.enrolled = [row["path"] for row in sessions[names[0]]]
            # The longest of the other sessions: one microphone within a conversation.
            talk = max(names[1:], key=lambda name: sum(row["seconds"] for row in sessions[name]))
            self.said = [row["path"] for row in sessions[talk]]
        else:
            self.enrolled = [row["path"] for row in rows if row["role"] == "enroll"]
            self.said = [row["path"] for row in rows if row["role"] == "test"]
        seconds = {row["path"]: row["seconds"] for row in rows}
        self.seconds = sum(seconds[path] for path in self.said)

    def samples(self):
        parts = [read(self.folder / path) for path in self.said]
        return [part / (np.sqrt((part ** 2).mean()) + 1e-9) for part in parts]


def read(path):
    samples, rate = soundfile.read(path, dtype="float32")
    if samples.ndim > 1:
        samples = samples.mean(axis=1)
    assert rate == RATE, path
    return samples


def voices(folder):
    rows = collections.defaultdict(list)
    for line in (folder / "manifest.jsonl").read_text().splitlines():
        row = json.loads(line)
        rows[row["speaker"]].append(row)
    found = [Voice(folder, speaker, rows[speaker]) for speaker in sorted(rows)]
    return [voice for voice in found if voice.seconds >= 15]


def split(everyone):
    """Speakers with an even number, and those with an odd one."""
    halves = {"watch": [], "report": []}
    for voice in everyone:
        number = int(voice.id.rsplit("_", 1)[1])
        halves["watch" if number % 2 == 0 else "report"].append(voice)
    return halves


# The conversations

def cast(rng, pool, condition, count):
    """Who talks: in two of three conversations people of one corpus, so that no microphone gives them away."""
    telephone = [voice for voice in pool if voice.corpus == "wuw"]
    wide = [voice for voice in pool if voice.corpus != "wuw"]
    if condition == "telephone" and rng.random() < 0.6:
        pool = telephone
    else:
        pool = wide
        if rng.random() < 0.67:
            corpora = sorted({voice.corpus for voice in wide})
            sizes = {corpus: sum(voice.corpus == corpus for voice in wide) for corpus in corpora}
            fit = [corpus for corpus in corpora if sizes[corpus] >= count]
            weights = np.array([sizes[corpus] for corpus in fit], float)
            corpus = rng.choice(fit, p=weights / weights.sum())
            pool = [voice for voice in wide if voice.corpus == corpus]
    return [pool[at] for at in rng.choice(len(pool), count, replace=False)]


def converse(rng, people):
    """Turns of 1 to 15 s until somebody has nothing left to say: samples, and who from when to when."""
    tongues = []
    for voice in people:
        parts = voice.samples()
        rng.shuffle(parts)
        tongues.append(np.concatenate(parts) * 10 ** (rng.uniform(-3, 3) / 20))
    said = [0] * len(people)
    budget = rng.uniform(30, 60)
    pieces, turns, at, last = [], [], 0, None

    def silence(seconds):
        nonlocal at
        pieces.append(np.zeros(int(seconds * RATE), np.float32))
        at += len(pieces[-1])

    silence(rng.uniform(0.2, 1.5))
    while True:
        length = int(math.exp(rng.uniform(math.log(1), math.log(15))) * RATE)
        able = [n for n in range(len(people))
                if (n != last or len(people) == 1) and min(len(tongues[n]), budget * RATE) - said[n] >= RATE]
        if not able:
            break
        who = int(rng.choice(able))
        turn = tongues[who][said[who]: said[who] + length].copy()
        said[who] += len(turn)
        fade = np.linspace(0, 1, RATE // 200, dtype=np.float32)
        turn[: len(fade)] *= fade
        turn[-len(fade):] *= fade[::-1]
        turns.append((at / RATE, (at + len(turn)) / RATE, people[who].id))
        pieces.append(turn)
        at += len(turn)
        last = who
        silence(float(rng.choice([rng.uniform(0, 0.3), rng.uniform(0.3, 1.0), rng.uniform(1.0, 3.0)], p=[0.35, 0.45, 0.2])))
    return np.concatenate(pieces), turns


def telephone_band(rng, samples):
    """Telephone: 300 to 3400 Hz, 8 bits of u-law at 8 kHz."""
    spectrum = np.fft.rfft(samples)
    hertz = np.fft.rfftfreq(len(samples), 1 / RATE)
    shape = 1 / (1 + (300 / np.maximum(hertz, 1)) ** 8) ** 0.5 / (1 + (hertz / 3400) ** 24) ** 0.5
    band = np.fft.irfft(spectrum * shape, len(samples))[::2]
    band = np.clip(band, -1, 1)
    coded = np.round(np.sign(band) * np.log1p(255 * np.abs(band)) / np.log(256) * 127) / 127
    return (np.sign(coded) * np.expm1(np.abs(coded) * np.log(256)) / 255).astype(np.float32)


def noise(rng, folder, length):
    files = sorted((folder / "test").glob("*.opus")) + sorted((folder / "train").glob("*.opus")) if folder.exists() else []
    white = rng.standard_normal(length).astype(np.float32)
    if not files or rng.random() < 0.4:
        spectrum = np.fft.rfft(white)
        spectrum /= np.sqrt(np.maximum(np.arange(len(spectrum)), 20))
        sound = np.fft.irfft(spectrum, length)
    else:
        sound = read(files[rng.integers(len(files))])
        sound = np.tile(sound, length // len(sound) + 1)[:length]
    return sound / np.sqrt((sound ** 2).mean())


def conversation(rng, pool, condition, count, noises):
    people = cast(rng, pool, condition, count)
    samples, turns = converse(rng, people)
    samples *= 10 ** (rng.uniform(-28, -20) / 20)
    level = 10 ** (-24 / 20)
    room = rng.standard_normal(len(samples)).astype(np.float32)
    samples = samples + level * 10 ** (-rng.uniform(40, 55) / 20) * room
    if condition == "noisy":
        spoken = np.sqrt((samples ** 2).mean())
        samples = samples + spoken * 10 ** (-rng.uniform(8, 20) / 20) * noise(rng, noises, len(samples))
    samples = samples / max(1.0, np.abs(samples).max() / 0.98)
    if condition == "telephone":
        return telephone_band(rng, samples), RATE // 2, turns
    return samples, RATE, turns


def build(work, halves, each, noises):
    """All recordings with their truth, in a folder that is used again while the recipe is the same."""
    stamp = json.dumps({"recipe": RECIPE, "each": each})
    if (work / "stamp").exists() and (work / "stamp").read_text() == stamp:
        return [json.loads(line) for line in (work / "truth.jsonl").read_text().splitlines()]
    work.mkdir(parents=True, exist_ok=True)
    for old in [*work.glob("*.flac"), *work.glob("*.windows")]:
        old.unlink()
    truths = []
    kinds = [(count, number) for count in COUNTS for number in range(each)]
    kinds += [(1, number) for number in range(SINGLES * each)]
    for half, pool in halves.items():
        for condition, (count, number) in itertools.product(CONDITIONS, kinds):
            name = f"{half}-{condition}-{count}-{number}"
            rng = np.random.default_rng([(count + 2) % 4, CONDITIONS.index(condition), number, half == "watch"])
            samples, rate, turns = conversation(rng, pool, condition, count, noises)
            soundfile.write(work / f"{name}.flac", samples, rate, subtype="PCM_16")
            truths.append({"file": f"{name}.flac", "split": half, "condition": condition, "speakers": len({t[2] for t in turns}),
                           "duration": round(len(samples) / rate, 3),
                           "turns": [[round(a, 3), round(b, 3), who] for a, b, who in turns]})
            rttm = [f"SPEAKER {name} 1 {a:.3f} {b - a:.3f} <NA> <NA> {who} <NA> <NA>\n" for a, b, who in turns]
            (work / f"{name}.rttm").write_text("".join(rttm))
    (work / "truth.jsonl").write_text("".join(json.dumps(truth) + "\n" for truth in truths))
    (work / "stamp").write_text(stamp)
    return truths


# The scores

def grid(segments, frames, name):
    """Who speaks in each hundredth of a second: a row for each name, so that several may at once."""
    rows = {}
    for segment in segments:
        start, end, who = name(segment)
        rows.setdefault(who, np.zeros(frames, bool))[round(start / STEP): round(end / STEP)] = True
    return np.array(list(rows.values())).reshape(len(rows), frames)


def best_mapping(overlap):
    """The greatest sum of a one-to-one mapping of rows to columns."""
    from scipy.optimize import linear_sum_assignment
    rows, columns = linear_sum_assignment(-overlap)
    return overlap[rows, columns].sum()


def errors(truth, segments, collar=COLLAR, overlap=True):
    """Seconds missed, made up, confused, and spoken, outside the collars. Where several speak at once, each counts;
    without `overlap` that time is left out."""
    frames = round(truth["duration"] / STEP) + 100
    said = grid(truth["turns"], frames, tuple)
    heard = grid(segments, frames, lambda s: (s["start"], s["end"], s["speaker_id"]))
    scored = np.ones(frames, bool)
    for start, end, _ in truth["turns"]:
        for edge in (start, end):
            scored[max(0, round((edge - collar) / STEP)): round((edge + collar) / STEP)] = False
    if not overlap:
        scored &= said.sum(axis=0) < 2
    said, heard = said[:, scored], heard[:, scored]
    several, found = said.sum(axis=0), heard.sum(axis=0)
    right = best_mapping(said.astype(float) @ heard.T.astype(float)) if said.size and heard.size else 0.0
    return {"missed": STEP * np.maximum(several - found, 0).sum(), "made up": STEP * np.maximum(found - several, 0).sum(),
            "confused": STEP * (np.minimum(several, found).sum() - right), "spoken": STEP * several.sum()}


def identified(truth, segments):
    """Seconds of long turns that were given the right person, or none for a stranger; and of how many."""
    frames = round(truth["duration"] / STEP) + 100
    heard = np.full(frames, "", object)
    for segment in segments:
        heard[round(segment["start"] / STEP): round(segment["end"] / STEP)] = segment["speaker_id"] or "unknown"
    tally = collections.Counter()
    for start, end, who in truth["turns"]:
        if end - start <= LONG_TURN:
            continue
        within = heard[round((start + COLLAR) / STEP): round((end - COLLAR) / STEP)]
        within = within[within != ""]
        expected = who if who in truth["enrolled"] else "unknown"
        kind = "stranger" if expected == "unknown" else "enrolled"
        tally[kind, "right"] += STEP * np.count_nonzero(within == expected)
        tally[kind, "taken"] += STEP * np.count_nonzero((within != expected) & (within != "unknown"))
        tally[kind, "heard"] += STEP * len(within)
    return tally


# The command

class Command:
    def __init__(self, store, model, program=None):
        self.store, self.model = store, model
        self.program = program or ROOT / "target" / "release" / "voiceroll"

    def __call__(self, *arguments):
        command = [self.program, "--db", self.store, "--json", *map(str, arguments)]
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, env={**os.environ, "VOICEROLL_MODEL": self.model})
        lines = [json.loads(line) for line in done.stdout.splitlines()]
        for line in lines:
            if "error" in line:
                sys.exit(f"voiceroll {arguments[0]}: {line['error']['message']}")
        return lines


def enroll(work, half, pool, model, program):
    """Half of the speakers go on the roll; the others are strangers."""
    store = work / f"{half}.db"
    for old in work.glob(f"{half}.db*"):
        old.unlink()
    command = Command(store, model, program)
    enrolled = []
    for at, voice in enumerate(pool):
        if at % 2 == 0:
            [found] = command("enroll", voice.id, *(voice.folder / path for path in voice.enrolled))
            if found["complete"]:
                enrolled.append(voice.id)
    return command, enrolled


class Table:
    """Sums over recordings, by condition, by number of speakers, and over all."""

    def __init__(self):
        self.rows = collections.defaultdict(collections.Counter)

    def add(self, truth, tally):
        count = truth["speakers"]
        for row in ("all", truth["condition"], f"{count} speakers") if count > 1 else ("1 speaker",):
            self.rows[row].update(tally)
            self.rows[row]["recordings"] += 1

    def diarized(self, title):
        print(f"\n{title}\n{'':14}{'n':>5}{'DER':>8}{'missed':>8}{'made up':>9}{'confused':>10}{'count right':>13}")
        for name, row in self.order():
            spoken = row["spoken"]
            share = {kind: row[kind] / spoken for kind in ("missed", "made up", "confused")}
            print(f"{name:14}{row['recordings']:5}{100 * sum(share.values()):6.1f} %{100 * share['missed']:6.1f} %"
                  f"{100 * share['made up']:7.1f} %{100 * share['confused']:8.1f} %{100 * row['count right'] / row['recordings']:11.0f} %")

    def identified(self, title):
        print(f"\n{title}\n{'':14}{'n':>5}{'enrolled right':>16}{'as another':>12}{'strangers right':>17}{'both right':>12}{'seconds':>9}")
        for name, row in self.order():
            share = lambda kind, what: 100 * row[kind, what] / max(STEP, row[kind, "heard"])
            heard = row["enrolled", "heard"] + row["stranger", "heard"]
            both = 100 * (row["enrolled", "right"] + row["stranger", "right"]) / max(STEP, heard)
            print(f"{name:14}{row['recordings']:5}{share('enrolled', 'right'):14.1f} %{share('enrolled', 'taken'):10.1f} %"
                  f"{share('stranger', 'right'):15.1f} %{both:10.1f} %{heard:9.0f}")

    def order(self):
        names = ["all", *CONDITIONS, *(f"{count} speakers" for count in COUNTS), "1 speaker"]
        return [(name, self.rows[name]) for name in names if name in self.rows]


def score(work, half, pool, truths, model, program):
    command, enrolled = enroll(work, half, pool, model, program)
    files = {truth["file"]: truth for truth in truths if truth["split"] == half}
    paths = [work / name for name in files]

    table = Table()
    for count in (*COUNTS, 1):
        chosen = [truth for truth in files.values() if truth["speakers"] == count]
        for truth, found in zip(chosen, command("diarize", "--speakers", count, *(work / truth["file"] for truth in chosen))):
            table.add(truth, {**errors(truth, found["segments"]), "count right": found["speakers"] == count})
    table.diarized(f"{half}: diarize --speakers N")

    table = Table()
    for truth, found in zip(files.values(), command("diarize", *paths)):
        table.add(truth, {**errors(truth, found["segments"]), "count right": found["speakers"] == truth["speakers"]})
    table.diarized(f"{half}: diarize")

    several = collections.Counter()
    for truth, found in zip(files.values(), command("inspect", *paths)):
        several[truth["speakers"], found["speakers"] > 1] += 1
    print(f"\n{half}: inspect, more than one voice heard")
    for count in (1, *COUNTS):
        print(f"{count} speaker{'s'[:count > 1]:5}{several[count, True]:4} of {several[count, True] + several[count, False]}")

    table = Table()
    for truth, found in zip(files.values(), command("identify", *paths)):
        truth["enrolled"] = enrolled
        table.add(truth, identified(truth, found["segments"]))
    table.identified(f"{half}: identify, {len(enrolled)} on the roll, turns over {LONG_TURN:.0f} s")


# Choosing the constants

# What is tried for each constant, as multiples of its value or as values.
FACTORS = (0.5, 0.7, 0.85, 1.2, 1.4, 2.0)
TRIED = {
    "within": [0.4, 0.5, 0.6, 0.7, 0.8],
    "alike": [0.5, 0.6, 0.65, 0.7, 0.8, 0.9],
    "most_voices": [6, 8, 10, 14],
    **{f"{model}.{what}": FACTORS for model in ("count_unknown", "count_given") for what in ("evidence", "parsimony")},
    "second_voice.parsimony": FACTORS,
    **{f"{model}.stay": [0.5, 0.6, 0.7, 0.8, 0.9] for model in ("count_unknown", "count_given")},
}
ROUNDS = 2


class Tuner:
    """Clusters recordings whose windows were made once, under any constants."""

    def __init__(self, work, truths, model, window, program):
        self.work, self.truths, self.model, self.program = work, truths, model, program
        self.tool("listen", json.dumps(window))

    def tool(self, *arguments):
        build = ["cargo", "run", "--quiet", "--release", "--features", "__bench", "--example", "tune_conversations", "--"]
        command = [str(self.program)] if self.program else build
        subprocess.run([*command, self.model, str(self.work), *arguments], cwd=ROOT, check=True)

    def score(self, half, rules):
        """DER with the count given, and without; the share of counts that are right; second voices."""
        truths = [truth for truth in self.truths if truth["split"] == half]
        wanted = [(truth, given) for truth in truths for given in (True, False)]
        lines = [{"file": truth["file"], "speakers": truth["speakers"] if given else None, "rules": rules} for truth, given in wanted]
        (self.work / "wanted.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
        self.tool("cluster")
        tallies = {True: collections.Counter(), False: collections.Counter()}
        counts, second = collections.Counter(), collections.Counter()
        for (truth, given), line in zip(wanted, (self.work / "found.jsonl").read_text().splitlines()):
            found, several = json.loads(line), truth["speakers"] > 1
            if several:
                tallies[given].update(errors(truth, found["segments"]))
            if not given:
                counts[several, found["speakers"] == truth["speakers"]] += 1
                if truth["speakers"] <= 2:
                    second[several, found["second_share"] > 0] += 1
        rate = lambda t: (t["missed"] + t["made up"] + t["confused"]) / t["spoken"]
        share = lambda c, kind: c[kind, True] / max(1, c[kind, True] + c[kind, False])
        return {"given": rate(tallies[True]), "unknown": rate(tallies[False]), "counts": share(counts, True),
                "single": share(counts, False), "second found": share(second, True), "second false": share(second, False)}


def in_words(score):
    return ", ".join(f"{name} {100 * value:.1f} %" for name, value in score.items())


def cost(score):
    """What is made small: both errors, single speakers taken for several, and second voices made up or missed."""
    one = 0.2 * (1 - score["single"]) + score["second false"] + 0.1 * (1 - score["second found"])
    return score["given"] + score["unknown"] + one


def put(rules, name, value):
    rules = json.loads(json.dumps(rules))
    *way, last = name.split(".")
    inner = rules
    for step in way:
        inner = inner.setdefault(step, {})
    inner[last] = value
    return rules


def present(model):
    """The constants as they stand in core/src/rules.rs."""
    text = (ROOT / "core" / "src" / "rules.rs").read_text()
    text = text[text.index("const CLUSTERING:" if model == "compact" else "const CAMPPLUS_CLUSTERING:"):]
    text = text[text.index("{") + 1: text.index("};")]
    rules = {}
    for part in text.replace("Model {", "{").replace(" ", "").replace("\n", "").replace("}", ",}").split(","):
        if part == "}":
            model = None
        elif ":{" in part:
            model, part = part.split(":{")
            name, value = part.split(":")
            rules = put(rules, f"{model}.{name}", float(value))
        elif ":" in part:
            name, value = part.split(":")
            rules = put(rules, name if name not in ("evidence", "parsimony", "stay") else f"{model}.{name}", float(value))
    return rules


def tune(work, truths, model, window, program):
    rules = present(model)
    rules.update(window)
    tuner = Tuner(work, truths, model, window, program)
    best = tuner.score("watch", rules)
    print(f"now on watch:   {in_words(best)}\nnow on report:  {in_words(tuner.score('report', rules))}", flush=True)
    for _ in range(ROUNDS):
        for name, values in TRIED.items():
            here = rules
            for step in name.split("."):
                here = here[step]
            for value in [round(here * factor, 4) for factor in values] if values is FACTORS else values:
                score = tuner.score("watch", put(rules, name, value))
                if cost(score) < cost(best) - 0.0005:
                    best, rules = score, put(rules, name, value)
                    print(f"{name} = {value}: {in_words(score)}", flush=True)
    print(f"best on watch:  {in_words(best)}\nbest on report: {in_words(tuner.score('report', rules))}")
    print(json.dumps(rules, indent=2))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--voices", type=pathlib.Path, default=ROOT.parent / "shared" / "voices" / "dev",
                        help="single voices [default: ../shared/voices/dev]")
    parser.add_argument("--noises", type=pathlib.Path, default=ROOT.parent / "shared" / "voices" / "noise")
    parser.add_argument("--work", type=pathlib.Path, default=ROOT / "target" / "conversations", help="scratch folder")
    parser.add_argument("--each", type=int, default=6, help="conversations of each kind and split [default: 6]")
    parser.add_argument("--model", choices=("compact", "campplus"), default="compact", help="the network [default: compact]")
    parser.add_argument("--split", choices=("watch", "report", "both"), default="both")
    parser.add_argument("--program", type=pathlib.Path,
                        help="a built `voiceroll`, or `tune_conversations` with --tune [default: build one]")
    parser.add_argument("--tune", action="store_true", help="choose the constants for a new network")
    parser.add_argument("--window", type=float, nargs=2, metavar=("LENGTH", "STEP"), help="with --tune: other windows, in seconds")
    args = parser.parse_args()
    if not (args.voices / "manifest.jsonl").exists():
        sys.exit(f"skipped: there are no voices in {args.voices}")
    if not args.program and not args.tune:
        subprocess.run(["cargo", "build", "--release", "--features", "full"], cwd=ROOT, check=True)
    halves = split(voices(args.voices))
    truths = build(args.work, halves, args.each, args.noises)
    if args.tune:
        window = dict(zip(("window", "step"), args.window)) if args.window else {}
        return tune(args.work, truths, args.model, window, args.program)
    for half, pool in halves.items():
        if args.split in (half, "both"):
            score(args.work, half, pool, truths, args.model, args.program)


if __name__ == "__main__":
    main()
