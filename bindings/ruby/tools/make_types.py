#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes `lib/voiceroll/types.rb` and `sig/types.rbs` from the schema; with `--check` says whether they differ."""

from __future__ import annotations

import json
import re
import sys
import textwrap
from pathlib import Path

HERE = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(HERE.parent))
import model  # noqa: E402

# What people are called and what they say, and their sound: nothing that prints may show it.
HIDDEN = {
    ("ConsentRecord", "collected_by"),
    ("ConsentRecord", "purposes"),
    ("ConsentRecord", "reference"),
    ("CallSegment", "name"),
    ("Prepared", "wav"),
    ("Transcript", "text"),
    ("Transcript", "utterances"),
    ("Transcript", "words"),
    ("Utterance", "text"),
    ("Word", "word"),
}
# Whose words are written in rising order.
RANKED = {"Quality"}
WAV = model.Member("wav", model.Type("string"), "A WAV file: 16 kHz, mono, 16 bit.")
# What is derived of an inspection, and no member.
ACCEPTED = """
    # Whether it would be accepted for enrollment.
    # @return [Boolean]
    def accepted? = problems.none? { |problem| problem.severity == Severity::REFUSE }
"""
HEAD = "# SPDX-License-Identifier: Apache-2.0\n{}\n# Made by tools/make_types.py from the schema.\n\nmodule Voiceroll\n"


def read() -> tuple[list[model.Record], list[model.Enum]]:
    """All types, a record behind those that it holds, its members in the order in which they were declared."""
    schemas = json.loads(model.SCHEMA.read_text())["$defs"]
    records, enums = model.read()
    waiting = {}
    for record in records:
        declared = schemas[record.name].get("required", [])
        members = sorted(
            record.members, key=lambda one: declared.index(one.name) if one.name in declared else len(declared)
        )
        if record.name == "Prepared":
            members.insert(0, WAV)
        waiting[record.name] = model.Record(record.name, record.doc, members)
    ordered: list[model.Record] = []

    def put(name: str) -> None:
        if name in waiting:
            record = waiting.pop(name)
            for member in record.members:
                put(named(member.type) or "")
            ordered.append(record)

    for record in records:
        put(record.name)
    return ordered, enums


def named(kind: model.Type) -> str | None:
    """The type of ours that a member holds, be it in a list."""
    if kind.kind == "list":
        assert isinstance(kind.of, model.Type)
        return named(kind.of)
    return str(kind.of) if kind.kind == "named" else None


def told(kind: model.Type, rbs: bool) -> str:
    """A type as documentation says it, or as RBS does."""
    simple = {"string": "String", "integer": "Integer", "long": "Integer", "number": "Float", "named": str(kind.of)}
    if kind.kind == "list":
        assert isinstance(kind.of, model.Type)
        inner = told(kind.of, rbs)
        name = f"Array[{inner}]" if rbs else f"Array<{inner}>"
    else:
        name = simple.get(kind.kind, "bool" if rbs else "Boolean")
    return name if not kind.nullable else f"{name}?" if rbs else f"{name}, nil"


def comment(text: str, indent: str) -> str:
    """A sentence as a comment."""
    text = re.sub(r"`Debug` form", "`inspect`", text)
    lines = textwrap.wrap(text, 116 - len(indent), break_on_hyphens=False)
    return "".join(f"{indent}# {line}\n" for line in lines)


def ruby(records: list[model.Record], enums: list[model.Enum]) -> str:
    """The classes."""
    made = []
    for enum in enums:
        words = "".join(comment(doc, "    ") + f'    {constant(word)} = word("{word}")\n' for word, doc in enum.words)
        ranked = "    include Ranked\n\n" if enum.name in RANKED else ""
        made.append(f"{comment(enum.doc, '  ')}  class {enum.name} < Label\n{ranked}{words}  end\n")
    for record in records:
        members = []
        for member in record.members:
            kind = named(member.type)
            kind = f", [{kind}]" if kind and member.type.kind == "list" else f", {kind}" if kind else ""
            hidden = ", hidden: true" if (record.name, member.name) in HIDDEN else ""
            hidden += ", beside: true" if member is WAV else ""
            doc = comment(member.doc, "    ") + comment(f"@return [{told(member.type, False)}]", "    ")
            asked = f"    alias {member.name}? {member.name}\n" if member.type.kind == "boolean" else ""
            members.append(f"{doc}    member :{member.name}{kind}{hidden}\n{asked}")
        doc = comment(record.doc, "  ")
        derived = ACCEPTED if record.name == "Inspection" else ""
        made.append(f"{doc}  class {record.name} < Value\n" + "\n".join(members) + f"{derived}  end\n")
    return HEAD.format("# frozen_string_literal: true\n") + "\n".join(made) + "end\n"


def signatures(records: list[model.Record], enums: list[model.Enum]) -> str:
    """Their signatures."""
    made = []
    for enum in enums:
        words = "".join(f"    {constant(word)}: {enum.name}\n" for word, _ in enum.words)
        ranked = "    include Ranked\n\n" if enum.name in RANKED else ""
        made.append(f"  class {enum.name} < Label\n{ranked}{words}  end\n")
    for record in records:
        members = "".join(f"    attr_reader {one.name}: {told(one.type, True)}\n" for one in record.members)
        members += "".join(
            f"    alias {one.name}? {one.name}\n" for one in record.members if one.type.kind == "boolean"
        )
        members += "    def accepted?: () -> bool\n" if record.name == "Inspection" else ""
        given = ", ".join(f"{one.name}: {told(one.type, True)}" for one in record.members)
        made.append(f"  class {record.name} < Value\n{members}    def initialize: ({given}) -> void\n  end\n")
    return HEAD.format("") + "\n".join(made) + "end\n"


def constant(word: str) -> str:
    """A word as the name of a constant."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", word).upper()


def main() -> None:
    """Writes or compares both files."""
    types = read()
    files = {HERE / "lib/voiceroll/types.rb": ruby(*types), HERE / "sig/types.rbs": signatures(*types)}
    for path, text in files.items():
        if "--check" not in sys.argv:
            path.write_text(text)
        elif not path.exists() or path.read_text() != text:
            sys.exit(f"{path.relative_to(HERE)} is not what bindings/ruby/tools/make_types.py would make of the schema")


main()
