#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The equal error rate of women and of men apart, on the reporting half of the development trials.

Run:  python3 bench/groups.py [--model MODEL]... [--voiceroll PATH]

Needs ../shared/voices. Impostors have the sex of the person enrolled where it is known, so each list is one of trials within
a sex. Limits: the collection has labels of two sexes and of no ages; its English corpora are the only ones with labels, and
each condition has 5 to 25 people of a sex, so that differences of some points between the two are chance.
"""
import argparse
import csv
import json
import pathlib
import re
import subprocess
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[1]
VOICES = ROOT.parent / "shared" / "voices" / "dev"
SEXES = {"f": "women", "m": "men"}


def lists(folder):
    """A list of trials for each sex, with paths that hold from anywhere."""
    recordings = map(json.loads, (VOICES / "manifest.jsonl").read_text().splitlines())
    sexes = {recording["path"]: recording["gender"] for recording in recordings}
    with open(VOICES / "trials.csv", newline="") as file:
        header, *trials = csv.reader(file)
    for label, name in SEXES.items():
        path = pathlib.Path(folder) / f"{name}.csv"
        with open(path, "w", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(header)
            for enrolled, test, *rest in trials:
                enrolled = enrolled.split(";")
                if sexes[enrolled[0]] == label:
                    writer.writerow([";".join(str(VOICES / one) for one in enrolled), VOICES / test, *rest])
        yield name, path


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", action="append", help="`compact`, `campplus` or a file [default: both]")
    parser.add_argument("--voiceroll", default=ROOT / "target" / "release" / "voiceroll", help="the command")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        apart = list(lists(folder))
        for model in args.model or ["campplus", "compact"]:
            for name, path in apart:
                command = [args.voiceroll, "--model", model, "evaluate", path, "--half", "report"]
                printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
                # The table of error rates is the first one.
                table = printed.split("\n\n")[1]
                for line in table.splitlines()[1:]:
                    if found := re.match(r"(\S+)\s+([\d.]+)\s+([\d.]+) to ([\d.]+)", line):
                        condition, rate, low, high = found.groups()
                        print(f"{pathlib.Path(model).stem:10}{name:7}{condition:32}{rate:>6} % ({low} to {high})")


if __name__ == "__main__":
    main()
