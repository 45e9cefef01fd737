#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes what the binaries are made of, as a CycloneDX 1.5 bill of materials: `python3 bindings/sbom.py OUT`.

The libraries are those of `notices.py`, with the checksums of `Cargo.lock` and what each depends on.
"""

import json
import pathlib
import sys
import tomllib

from notices import ROOT, linked, metadata


def name_of(package: dict) -> str:
    return f"pkg:cargo/{package['name']}@{package['version']}"


def component(package: dict, sums: dict[tuple[str, str], str]) -> dict:
    made = {
        "type": "library",
        "bom-ref": name_of(package),
        "name": package["name"],
        "version": package["version"],
        "purl": name_of(package),
    }
    if package["license"]:
        made["licenses"] = [{"expression": package["license"].replace("/", " OR ")}]
    digest = sums.get((package["name"], package["version"]))
    if digest:
        made["hashes"] = [{"alg": "SHA-256", "content": digest}]
    if package["repository"]:
        made["externalReferences"] = [{"type": "vcs", "url": package["repository"]}]
    return made


def main() -> None:
    found = metadata()
    packages = {package["id"]: package for package in found["packages"]}
    libraries = linked(found)
    core = next(package for package in found["packages"] if package["name"] == "voiceroll")
    with open(ROOT / "Cargo.lock", "rb") as file:
        locked = tomllib.load(file)["package"]
    sums = {(package["name"], package["version"]): package.get("checksum", "") for package in locked}
    listed = {package["id"] for package in libraries}
    nodes = {node["id"]: node["dependencies"] for node in found["resolve"]["nodes"]}
    bill = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {"component": {**component(core, sums), "type": "application"}},
        "components": [component(package, sums) for package in libraries],
        "dependencies": [
            {
                "ref": name_of(package),
                "dependsOn": sorted({name_of(packages[other]) for other in nodes[package["id"]] if other in listed}),
            }
            for package in [core, *libraries]
        ],
    }
    pathlib.Path(sys.argv[1]).write_text(json.dumps(bill, indent=1) + "\n")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main()
