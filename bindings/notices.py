#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes the notices of the libraries that the binaries link: `python3 bindings/notices.py OUT`.

What is linked is what cargo says, for the features that are released and for this platform; the texts are those that each
library ships. A library under a licence that is not on the list in `deny.toml`, or without a text, ends it with an error.
"""

import json
import pathlib
import subprocess
import sys
import tomllib

ROOT = pathlib.Path(__file__).resolve().parent.parent
# Names of files that hold a licence or a notice.
TEXTS = ("license", "licence", "copying", "notice", "unlicense", "copyright")


def metadata() -> dict:
    host = next(
        line.split(": ")[1]
        for line in subprocess.check_output(["rustc", "-vV"], cwd=ROOT, text=True).splitlines()
        if line.startswith("host: ")
    )
    command = ["cargo", "metadata", "--locked", "--format-version", "1", "--filter-platform", host, "--features", "voiceroll/full"]
    return json.loads(subprocess.check_output(command, cwd=ROOT))


def linked(found: dict) -> list[dict]:
    """The libraries that end up in a binary: reached without what only builds or tests need."""
    packages = {package["id"]: package for package in found["packages"]}
    nodes = {node["id"]: node for node in found["resolve"]["nodes"]}
    waiting = list(found["workspace_members"])
    reached = set(waiting)
    while waiting:
        for dependency in nodes[waiting.pop()]["deps"]:
            kinds = {kind["kind"] for kind in dependency["dep_kinds"]}
            # None is an ordinary dependency.
            if None in kinds and dependency["pkg"] not in reached:
                reached.add(dependency["pkg"])
                waiting.append(dependency["pkg"])
    others = (packages[name] for name in reached if packages[name]["source"] is not None)
    return sorted(others, key=lambda package: (package["name"], package["version"]))


def allowed() -> set[str]:
    with open(ROOT / "deny.toml", "rb") as file:
        return set(tomllib.load(file)["licenses"]["allow"])


def fits(expression: str, licences: set[str]) -> bool:
    """Whether one way through an SPDX expression has only these licences."""
    expression = expression.replace("/", " OR ")
    words = expression.replace("(", " ( ").replace(")", " ) ").split()

    def either() -> bool:
        fine = both()
        while words and words[0] == "OR":
            words.pop(0)
            fine = both() or fine
        return fine

    def both() -> bool:
        fine = one()
        while words and words[0] == "AND":
            words.pop(0)
            fine = one() and fine
        return fine

    def one() -> bool:
        word = words.pop(0)
        if word == "(":
            fine = either()
            words.pop(0)
            return fine
        if words and words[0] == "WITH":
            word = f"{word} WITH {words[1]}"
            del words[:2]
        return word in licences

    return either()


def texts(package: dict) -> list[str]:
    folder = pathlib.Path(package["manifest_path"]).parent
    files = [file for file in sorted(folder.iterdir()) if file.is_file() and file.name.lower().startswith(TEXTS)]
    return [file.read_text(encoding="utf-8", errors="replace").strip() for file in files]


def main() -> int:
    licences = allowed()
    parts: dict[str, list[str]] = {}
    wrong = []
    bare = []
    packages = linked(metadata())
    for package in packages:
        name = f"{package['name']} {package['version']}"
        licence = package["license"] or "none"
        if not fits(licence, licences):
            wrong.append(f"{name}: {licence}")
        source = package["repository"] or f"https://crates.io/crates/{package['name']}"
        head = f"{name} ({licence}), {source}"
        found = texts(package)
        if not found:
            bare.append(head)
        # Many share one text; it stands there once.
        for text in found:
            parts.setdefault(text, []).append(head)
    if wrong:
        print("licences that deny.toml does not allow:", *wrong, sep="\n  ", file=sys.stderr)
        return 1
    with open(sys.argv[1], "w", encoding="utf-8") as out:
        out.write("Voiceroll links the libraries below. Their authors' terms follow, each text once.\n")
        out.write("Of those under the MPL-2.0 the source is at the address beside each; they are used unmodified.\n\n")
        out.write("These ship no text of their own; the licence that they name is that of the list:\n")
        out.writelines(f"  {head}\n" for head in bare)
        for text, heads in sorted(parts.items(), key=lambda part: part[1]):
            out.write("\n" + "=" * 100 + "\n")
            out.writelines(f"{head}\n" for head in heads)
            out.write("-" * 100 + "\n" + text + "\n")
    print(f"{len(packages)} libraries, {len(parts)} texts, {len(bare)} without a text")
    return 0


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python3 bindings/notices.py OUT")
    sys.exit(main())
