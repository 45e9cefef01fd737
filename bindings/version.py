#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""One version everywhere: that of the workspace in `Cargo.toml`. Python's and the crates' come from there by themselves.

Run:  python3 bindings/version.py          exits with 1 where a package has another one
      python3 bindings/version.py X.Y.Z    sets it, in Cargo.toml and in each package
"""

from __future__ import annotations

import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[1]
WORKSPACE = ("Cargo.toml", r'(\[workspace\.package\]\nversion = ")([^"]+)')
PACKAGES = [
    ("node/package.json", r'(\n  "version": ")([^"]+)'),
    ("node/package-lock.json", r'(^\{\n  "name": "voiceroll",\n  "version": ")([^"]+)'),
    ("bindings/ruby/lib/voiceroll/version.rb", r'(VERSION = ")([^"]+)'),
    ("bindings/php/composer.json", r'("version": ")([^"]+)'),
    ("bindings/java/pom.xml", r"(<artifactId>voiceroll</artifactId>\s*<version>)([^<]+)"),
    ("bindings/kotlin/pom.xml", r"(<artifactId>voiceroll-kotlin</artifactId>\s*<version>)([^<]+)"),
    ("bindings/java/README.md", r"(<artifactId>voiceroll</artifactId>\s*<version>)([^<]+)"),
    ("bindings/kotlin/README.md", r"(voiceroll-kotlin\W+(?:<version>)?)(\d+\.\d+\.\d+)"),
    ("bindings/csharp/Voiceroll.csproj", r"(<Version>)([^<]+)"),
]


def main() -> None:
    wanted = sys.argv[1] if len(sys.argv) > 1 else None
    if wanted and not re.fullmatch(r"\d+\.\d+\.\d+", wanted):
        sys.exit("a version is three numbers, such as 1.2.3")
    workspace, others = None, []
    for name, pattern in [WORKSPACE, *PACKAGES]:
        path = ROOT / name
        text = path.read_text()
        found = re.search(pattern, text)
        if not found:
            sys.exit(f"{name} has no version where this program looks for it")
        if wanted:
            path.write_text(text[: found.start(2)] + wanted + text[found.end(2) :])
        workspace = workspace or found[2]
        if found[2] != workspace:
            others.append(f"{name} has {found[2]}, the workspace {workspace}")
    if not wanted and others:
        sys.exit("\n".join(others))
    print(wanted or workspace)


main()
