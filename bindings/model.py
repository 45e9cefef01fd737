# SPDX-License-Identifier: Apache-2.0
"""The types of what Voiceroll gives back, read from `c/schema.json`, for the programs that write them in a language."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

SCHEMA = Path(__file__).parent / "c" / "schema.json"
# What goes in, and what has no members, is written by hand in each language.
NOT_RESULTS = {"Error", "ErrorKind", "Known", "ProblemCode", "Settings", "Source"}


@dataclass(frozen=True)
class Type:
    """What a member holds: `string`, `integer`, `long`, `number`, `boolean`, or `list` or `named` of something."""

    kind: str
    of: Type | str | None = None
    nullable: bool = False


@dataclass(frozen=True)
class Member:
    name: str
    type: Type
    doc: str


@dataclass(frozen=True)
class Record:
    name: str
    doc: str
    members: list[Member]


@dataclass(frozen=True)
class Enum:
    name: str
    doc: str
    words: list[tuple[str, str]]


def read() -> tuple[list[Record], list[Enum]]:
    """All results, and the words that are among their members, by their names."""
    records, enums = [], []
    for name, schema in json.loads(SCHEMA.read_text())["$defs"].items():
        if name in NOT_RESULTS or name.endswith("Args"):
            continue
        if "oneOf" in schema:
            words = [(word["const"], _doc(word)) for word in schema["oneOf"]]
            enums.append(Enum(name, _doc(schema), words))
        else:
            required = schema.get("required", ())
            members = [
                Member(member, _type(told, member not in required), _doc(told))
                for member, told in schema["properties"].items()
            ]
            records.append(Record(name, _doc(schema), members))
    return records, enums


def _doc(schema: dict) -> str:
    return " ".join(schema.get("description", "").split("\n\n")[0].split())


def _type(schema: dict, absent: bool) -> Type:
    if "anyOf" in schema:
        [inner] = [one for one in schema["anyOf"] if one != {"type": "null"}]
        found = _type(inner, absent)
        return Type(found.kind, found.of, True)
    if "$ref" in schema:
        name = schema["$ref"].rsplit("/", 1)[-1]
        return Type("string" if name == "ProblemCode" else "named", None if name == "ProblemCode" else name, absent)
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    [kind] = [one for one in kinds if one != "null"]
    nullable = absent or "null" in kinds
    if kind == "array":
        return Type("list", _type(schema["items"], False), nullable)
    if kind == "integer" and "64" in schema.get("format", ""):
        kind = "long"
    return Type(kind, None, nullable)
