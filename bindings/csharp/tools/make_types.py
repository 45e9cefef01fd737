#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes `src/Types.cs` from the schema. `--check` says whether it is up to date."""

import re
import sys
import textwrap
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(FOLDER.parent))

import model  # noqa: E402

WIDTH = 120
FILE = FOLDER / "src" / "Types.cs"
# A member of C# may not be called as its class.
NAMES = {("Page", "page"): "Number", ("Word", "word"): "Text"}
# What no log may have: people's names, and what is said.
PRIVATE = {
    "ConsentRecord": {"reference", "purposes", "collected_by"},
    "CallSegment": {"name"},
    "Transcript": {"text", "words", "utterances"},
    "Utterance": {"text"},
    "Word": {"word"},
}
SIMPLE = {
    "string": ("string", "Text"),
    "integer": ("int", "Integer"),
    "long": ("long", "Long"),
    "number": ("double", "Number"),
    "boolean": ("bool", "Boolean"),
}
# What is derived of an inspection, and no member.
ACCEPTED = """\
        /// <summary>Whether it would be accepted for enrollment.</summary>
        public bool Accepted => Problems.All(problem => problem.Severity != Severity.Refuse);
"""
HEAD = """// SPDX-License-Identifier: Apache-2.0
// Made by tools/make_types.py from ../c/schema.json.
using System;
using System.Collections.Generic;
using System.Linq;

namespace Voiceroll
{
"""


def pascal(name: str) -> str:
    return "".join(part[:1].upper() + part[1:] for part in name.split("_"))


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def doc(text: str, indent: str) -> list[str]:
    text = re.sub(r"\s*Its `Debug` form[^.]*\.", "", text)
    text = text.replace("`ProblemCode` gives", "`docs/reference.md` of the repository gives for its code")
    text = re.sub(r"`([^`]*)`", r"<c>\1</c>", escaped(text))
    line = f"{indent}/// <summary>{text}</summary>"
    if len(line) <= WIDTH:
        return [line]
    lines = textwrap.wrap(text, WIDTH - len(indent) - 4, break_long_words=False, break_on_hyphens=False)
    return [f"{indent}/// {one}" for one in ("<summary>", *lines, "</summary>")]


class Writer:
    def __init__(self) -> None:
        self.records, self.enums = model.read()
        self.enum_names = {enum.name for enum in self.enums}

    def written(self) -> str:
        parts = [self.enum(enum) for enum in self.enums] + [self.words()]
        parts += [self.record(record) for record in self.records]
        return HEAD + "\n\n".join("\n".join(part) for part in parts) + "\n}\n"

    def enum(self, enum: model.Enum) -> list[str]:
        lines = [*doc(enum.doc, "    "), f"    public enum {enum.name}", "    {"]
        for word, told in enum.words:
            lines += [*doc(told, "        "), f"        {pascal(word)},", ""]
        return [*lines[:-1], "    }"]

    def words(self) -> list[str]:
        lines = [
            "    /// <summary>The words of enumerations, as every language and the command have them.</summary>",
            "    public static class EnumWords",
            "    {",
        ]
        for enum in self.enums:
            lines += [
                "        /// <summary>The word that every language has for it.</summary>",
                '        /// <param name="value">What is meant.</param>',
                f"        /// <returns>Such as <c>{enum.words[0][0]}</c>.</returns>",
                f"        public static string Word(this {enum.name} value)",
                "        {",
                "            switch (value)",
                "            {",
            ]
            for word, _ in enum.words:
                lines += [f"                case {enum.name}.{pascal(word)}:", f'                    return "{word}";']
            lines += [
                "                default:",
                "                    throw new ArgumentOutOfRangeException(nameof(value));",
                "            }",
                "        }",
                "",
            ]
        for enum in self.enums:
            lines += [
                f"        internal static {enum.name} Read{enum.name}(Fields from, string name)",
                "        {",
                "            switch (from.Text(name))",
                "            {",
            ]
            for word, _ in enum.words:
                lines += [f'                case "{word}":', f"                    return {enum.name}.{pascal(word)};"]
            lines += [
                "                default:",
                f"                    return Fields.Is<{enum.name}>(null, name);",
                "            }",
                "        }",
                "",
            ]
        lines += ["        internal static string Of(Enum value)", "        {"]
        for enum in self.enums[:-1]:
            lines += [f"            if (value is {enum.name})", "            {"]
            lines += [f"                return (({enum.name})value).Word();", "            }"]
        lines += [f"            return (({self.enums[-1].name})value).Word();", "        }"]
        return [*lines, "    }"]

    def record(self, record: model.Record) -> list[str]:
        name = record.name
        sound = name == "Prepared"
        partial = sound or name == "ConsentRecord"
        lines = [
            *doc(record.doc.replace("; its sound goes beside it", ""), "    "),
            f"    public sealed {'partial ' if partial else ''}class {name} : Result, IEquatable<{name}>",
            "    {",
            f"        internal {name}(Fields from)",
            "        {",
        ]
        for member in record.members:
            lines.append(f"            {self.name(record, member)} = {self.reading(member)};")
        if sound:
            lines.append("            wav = from.Sound;")
        lines += ["        }", ""]
        for member in record.members:
            lines += [
                *doc(member.doc, "        "),
                f"        public {self.type(member.type)} {self.name(record, member)} {{ get; }}",
                "",
            ]
        if name == "Inspection":
            lines += ACCEPTED.split("\n")
        lines += [
            "        /// <inheritdoc/>",
            f"        public bool Equals({name} other) => Equals((object)other);",
            "",
            "        internal override IEnumerable<Member> Members()",
            "        {",
        ]
        for member in record.members:
            hidden = ", false" if member.name in PRIVATE.get(name, ()) else ""
            own = self.name(record, member)
            lines.append(f'            yield return new Member("{member.name}", "{own}", {own}{hidden});')
        if sound:
            lines.append('            yield return new Member("wav", "Wav", wav, false);')
        return [*lines, "        }", "    }"]

    def name(self, record: model.Record, member: model.Member) -> str:
        return NAMES.get((record.name, member.name), pascal(member.name))

    def type(self, of: model.Type) -> str:
        if of.kind == "list":
            return f"IReadOnlyList<{self.type(of.of)}>"
        if of.kind == "named":
            return of.of + ("?" if of.nullable and of.of in self.enum_names else "")
        simple = SIMPLE[of.kind][0]
        return simple + ("?" if of.nullable and simple != "string" else "")

    def reading(self, member: model.Member) -> str:
        of, wire = member.type, f'"{member.name}"'
        if of.kind == "list":
            if of.of.kind == "string":
                return f'from.List({wire}, one => Fields.Is<string>(one, {wire}))'
            return f"from.List({wire}, one => new {of.of.of}(new Fields(one)))"
        if of.kind == "named":
            if of.of in self.enum_names:
                return f"EnumWords.Read{of.of}(from, {wire})"
            return f"from.Read{'OrNull' if of.nullable else ''}({wire}, one => new {of.of}(one))"
        return f"from.{SIMPLE[of.kind][1]}{'OrNull' if of.nullable else ''}({wire})"


def main() -> None:
    written = Writer().written()
    if "--check" in sys.argv[1:]:
        if not FILE.exists() or FILE.read_text() != written:
            sys.exit("src/Types.cs is not what tools/make_types.py makes of the schema: run it")
    else:
        FILE.write_text(written)


main()
