#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Whether all languages give the same results, to the last digit: one row a case, one column a language.

Run:  python3 bindings/table.py FOLDER
FOLDER has a file for each language, `ruby.jsonl` and so on, which its runner of the cases wrote where the environment named
it in VOICEROLL_RESULTS. Exits with 1 where two differ, or where a language lacks a case.
"""

from __future__ import annotations

import hashlib
import json
import pathlib
import re
import sys

# When something happened is of the run, as are the folder, and the random key that pseudonyms and the chain of an audit trail
# are made with; what a prepared recording sounds like is not JSON.
OF_THE_RUN = {"aside", "digest", "enrolled_at", "expires_at", "exported_at", "speaker", "time", "wav", "withdrawn_at"}
PSEUDONYM = re.compile("[0-9a-f]{32}")


def told(folder: pathlib.Path) -> dict[str, dict[str, str]]:
    """Of each language, the results of its cases as text."""
    languages = {}
    for file in sorted(folder.glob("*.jsonl")):
        rows = [json.loads(line, parse_float=str, parse_int=str) for line in file.read_text().splitlines()]
        languages[file.stem] = {
            f"{row['case']}, {row['where']}": row["error"] if "error" in row else text(row["result"]) for row in rows
        }
    return languages


def text(value: object) -> str:
    """A result with its digits as they were written, but for the ways to write one number."""
    return json.dumps(plain(value), sort_keys=True)


def plain(value: object) -> object:
    if isinstance(value, dict):
        return {name: plain(member) for name, member in value.items() if name not in OF_THE_RUN and member is not None}
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, str):
        # An export is JSON as text.
        if value.startswith("{"):
            return plain(json.loads(value, parse_float=str, parse_int=str))
        if PSEUDONYM.fullmatch(value):
            return "a pseudonym"
        try:
            return repr(float(value))
        except ValueError:
            return value
    return value


def main() -> None:
    languages = told(pathlib.Path(sys.argv[1]))
    cases = sorted({case for results in languages.values() for case in results})
    width = max(map(len, cases), default=0)
    print(" " * width, *(f"{name:>10}" for name in languages))
    differing = 0
    for case in cases:
        row = [results.get(case) for results in languages.values()]
        differing += len(set(row)) > 1
        marks = ["lacks" if it is None else hashlib.sha256(it.encode()).hexdigest()[:8] for it in row]
        print(f"{case:{width}}", *(f"{mark:>10}" for mark in marks), "" if len(set(row)) == 1 else "  DIFFERS")
    print(f"test result: {len(cases) - differing} passed; {differing} failed;")
    sys.exit(differing > 0 or not cases)


main()
