#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes `types/`: a class for each result and each kind of error, an enum for each list of words, all from
`../c/schema.json` and `../../tests/errors.json`. `--check` only compares."""

import json
import re
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(HERE.parent))

import model  # noqa: E402

HEAD = """<?php

// SPDX-License-Identifier: Apache-2.0
// Made by tools/make_types.py.

declare(strict_types=1);

namespace Voiceroll;
"""
PLAIN = {"string": "string", "integer": "int", "long": "int", "number": "float", "boolean": "bool"}
# What people are called and what they say is not printed.
HIDDEN = {
    "ConsentRecord": ["reference", "purposes", "collected_by"],"CallSegment": ["name"], "Transcript": ["text", "words", "utterances"], "Word": ["word"], "Utterance": ["text"]}
# Before a parameter that no trace may show.
SECRET = "#[\\SensitiveParameter] "
QUALITY = """
    /** 0 for the lowest, 3 for the highest. */
    public function rank(): int
    {
        return (int) \\array_search($this, self::cases(), true);
    }

    /** Whether it is this or better. */
    public function isAtLeast(self $other): bool
    {
        return $this->rank() >= $other->rank();
    }
"""

ACCEPTED = """
    /** Whether it would be accepted for enrollment. */
    public function accepted(): bool
    {
        return !\\in_array(Severity::Refuse, \\array_column($this->problems, 'severity'), true);
    }
"""


def camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(part.capitalize() for part in rest)


def doc(text: str) -> str:
    """A sentence of the schema in PHP's names; what it says of Rust stays there."""
    text = text.replace(" Its `Debug` form leaves the name out.", " The name is not printed.")
    text = text.replace(" Its `Debug` form leaves the words out.", " The words are not printed.")
    text = text.replace("`Error::problems`", "`problems`").replace("none ", "null ")
    return re.sub(r"`([a-z]+_[a-z_]+)`", lambda found: f"`{camel(found[1])}`", text)


def wrapped(lines: list[str], indent: str) -> str:
    out = []
    for line in lines:
        rest = line
        while len(rest) > 115 - len(indent):
            cut = rest.rfind(" ", 0, 115 - len(indent))
            out.append(rest[:cut])
            rest = rest[cut + 1 :]
        out.append(rest)
    if len(out) == 1:
        return f"{indent}/** {out[0]} */"
    return "\n".join([f"{indent}/**", *(f"{indent} * {line}".rstrip() for line in out), f"{indent} */"])


def php(type: model.Type) -> str:
    name = "array" if type.kind == "list" else type.of if type.kind == "named" else PLAIN[type.kind]
    return f"?{name}" if type.nullable else str(name)


def read(member: model.Member, enums: set[str]) -> str:
    """How a member is taken from the library's JSON."""
    type, end = member.type, "OrNull" if member.type.nullable else ""
    if type.kind == "list":
        assert isinstance(type.of, model.Type) and not type.nullable
        if type.of.kind == "string":
            return f"$told->strings('{member.name}')"
        return f"$told->list('{member.name}', {type.of.of}::read(...))"
    if type.kind != "named":
        return f"$told->{PLAIN[type.kind]}{end}('{member.name}')"
    if type.of in enums:
        assert not type.nullable
        return f"$told->word('{member.name}', {type.of}::class)"
    return f"$told->one{end}('{member.name}', {type.of}::read(...))"


def record(one: model.Record, enums: set[str], order: list[str]) -> str:
    members = sorted(one.members, key=lambda member: order.index(member.name) if member.name in order else len(order))
    sound = one.name == "Prepared"
    out = [HEAD, "use Voiceroll\\Internal\\Wire;", "", wrapped([doc(one.doc)], ""), f"final readonly class {one.name} extends Result", "{"]
    if one.name in HIDDEN:
        out += [f"    protected const HIDDEN = [{', '.join(repr(camel(name)) for name in HIDDEN[one.name])}];", ""]
    if sound:
        out += ["    protected const HIDDEN = ['wav'];", "    protected const BESIDE = ['wav'];", ""]
    given = one.name == "ConsentRecord"
    out += ["    /** To pass with an enrollment. */" if given else "    /** @internal Calls return these. */", "    public function __construct("]
    for member in members:
        told = [doc(member.doc)]
        if member.type.kind == "list":
            assert isinstance(member.type.of, model.Type)
            told.append(f"@var list<{member.type.of.of or PLAIN[member.type.of.kind]}>")
        default = "" if not given else " = []" if member.type.kind == "list" else " = null" if member.type.nullable else ""
        out += [wrapped(told, "        "), f"        public {php(member.type)} ${camel(member.name)}{default},"]
    if sound:
        out += ["        /** The stretch as a file: 16 kHz, mono, WAV of 16 bits. */", f"        {SECRET}public string $wav,"]
    out += ["    ) {", "    }", "", "    /** @internal */"]
    out.append(f"    public static function read(Wire $told{f', {SECRET}string $wav' if sound else ''}): self")
    out += ["    {", "        return new self("]
    out += [f"            {camel(member.name)}: {read(member, enums)}," for member in members]
    out += ["            wav: $wav,"] if sound else []
    out += ["        );", "    }", "}", ""]
    made = "\n".join(out)
    return made if one.name != "Inspection" else made.removesuffix("}\n") + ACCEPTED + "}\n"


def enum(one: model.Enum) -> str:
    rising = one.name == "Quality"
    text = doc(one.doc) + (" In rising order: `$quality->isAtLeast(Quality::Good)`." if rising else "")
    out = [HEAD, wrapped([text], ""), f"enum {one.name}: string", "{"]
    for word, told in one.words:
        name = camel(word)
        out += [f"    /** {doc(told)} */", f"    case {name[0].upper() + name[1:]} = '{word}';"]
    return "\n".join(out) + "\n" + (QUALITY if rising else "") + "}\n"


def error(kind: str, name: str, told: str) -> str:
    lines = [HEAD, wrapped([doc(told)], ""), f"final class {name} extends VoicerollException", "{"]
    return "\n".join([*lines, f"    protected const KIND = '{kind}';", "}", ""])


def main() -> None:
    schema = json.loads(model.SCHEMA.read_text())["$defs"]
    records, enums = model.read()
    words = {one.name for one in enums}
    files = {one.name: record(one, words, schema[one.name]["required"]) for one in records}
    files |= {one.name: enum(one) for one in enums}
    kinds = {told["const"]: told["description"] for told in schema["ErrorKind"]["oneOf"]}
    for row in json.loads((HERE.parents[1] / "tests" / "errors.json").read_text())["classes"]:
        files[row["php"]] = error(row["kind"], row["php"], kinds[row["kind"]])
    folder = HERE / "types"
    found = {path.stem: path.read_text() for path in folder.glob("*.php")}
    if "--check" in sys.argv:
        if wrong := sorted(name for name in files.keys() | found.keys() if files.get(name) != found.get(name)):
            sys.exit(f"types/ is not what tools/make_types.py makes: {', '.join(wrong)}; run it and commit")
        return
    folder.mkdir(exist_ok=True)
    for name in found.keys() - files.keys():
        (folder / f"{name}.php").unlink()
    for name, text in files.items():
        (folder / f"{name}.php").write_text(text)


main()
