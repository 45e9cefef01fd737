# SPDX-License-Identifier: Apache-2.0
"""Writes the results and the exceptions into `src/generated`. `--check` only says whether they are up to date."""

from __future__ import annotations

import json
import re
import sys
import textwrap
from pathlib import Path

HERE = Path(__file__).resolve().parents[1]
ROOT = HERE.parents[1]
FOLDER = HERE / "src/generated/java/dev/voiceroll"
sys.path.insert(0, str(HERE.parent))
import model

HEAD = """\
// SPDX-License-Identifier: Apache-2.0
// Made by tools/{tool}; do not edit it.
package dev.voiceroll;

"""
PLAIN = {"string": "String", "integer": "int", "long": "long", "number": "double", "boolean": "boolean"}
BOXED = {**PLAIN, "integer": "Integer", "long": "Long", "number": "Double", "boolean": "Boolean"}
GETTERS = {name: f"JsonElement::getAs{name.title()}" for name in ("string", "long", "boolean")} | {
    "integer": "JsonElement::getAsInt",
    "number": "JsonElement::getAsDouble",
}
# What somebody said, what somebody is called, and sound are never printed.
HIDDEN = {"CallSegment.name", "Transcript.text", "Transcript.words", "Transcript.utterances", "Utterance.text"}
HIDDEN |= {"ConsentRecord.reference", "ConsentRecord.purposes", "ConsentRecord.collected_by"}
HIDDEN |= {"Word.word", "Prepared.wav"}
WAV = model.Member("wav", model.Type("bytes"), "The stretch as WAV, 16 kHz, mono.")


def camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.title() for word in rest)


def order(name: str) -> list[str]:
    """The members in the order in which they were declared."""
    return json.loads(model.SCHEMA.read_text())["$defs"][name].get("required", [])


def doc(text: str, tags: list[str] = (), indent: str = "") -> str:
    """A comment of Javadoc."""
    width = 117 - len(indent)
    lines = textwrap.wrap(told(text), width)
    for tag in tags:
        lines += ([""] if tag == tags[0] else []) + textwrap.wrap(tag, width, subsequent_indent="    ")
    if len(lines) == 1:
        return f"{indent}/** {lines[0]} */\n"
    return f"{indent}/**\n" + "".join(f"{indent} * {line}".rstrip() + "\n" for line in lines) + f"{indent} */\n"


def told(text: str) -> str:
    """A sentence of the schema for readers of Java."""
    text = text.replace("Its `Debug` form leaves", "Its text leaves").replace("Error::problems", "problems")
    text = text.replace("`ProblemCode` gives", "`docs/reference.md` of the repository gives for its code")
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return re.sub(r"`([^`]*)`", lambda found: f"{{@code {camel(found[1]) if found[1] in MEMBERS else found[1]}}}", text)


def kind(held: model.Type, boxed: bool = False) -> str:
    if held.kind == "bytes":
        return "byte[]"
    if held.kind == "list":
        return f"List<{kind(held.of, True)}>"
    if held.kind == "named":
        return held.of
    return (BOXED if boxed or held.nullable else PLAIN)[held.kind]


def getter(held: model.Type) -> str:
    return f"{held.of}::read" if held.kind == "named" else GETTERS[held.kind]


def reading(member: model.Member) -> str:
    held = member.type
    if held.kind == "bytes":
        return "sound"
    how = ("list", getter(held.of)) if held.kind == "list" else ("value", getter(held))
    return f'Json.{how[0]}(json, "{member.name}", {how[1]})'


def record(told_of: model.Record) -> str:
    name, members = told_of.name, told_of.members + ([WAV] if told_of.name == "Prepared" else [])
    places = order(name)
    members = sorted(members, key=lambda one: places.index(one.name) if one.name in places else len(places))
    sound = name == "Prepared"
    lists = any(one.type.kind == "list" for one in members)
    # Javadoc would ask for the same once more, for the form in which it is serialized.
    tags = [f"@param {camel(one.name)} {absent(one)}" for one in members] + ["@serial exclude"]
    parts = ",\n".join(f"        {kind(one.type)} {camel(one.name)}" for one in members)
    text = HEAD.format(tool="types.py") + "import com.google.gson.JsonElement;\n"
    text += "import com.google.gson.JsonObject;\nimport java.io.Serializable;\n"
    text += ("import java.util.Arrays;\n" if sound else "") + ("import java.util.List;\n" if lists else "")
    text += "\n" + doc(told_of.doc if not sound else "A stretch that was cut out of a recording.", tags)
    text += f"public record {name}(\n{parts})\n        implements Serializable {{\n"
    given = "JsonElement from, byte[] sound" if sound else "JsonElement from"
    text += f"    static {name} read({given}) {{\n        JsonObject json = from.getAsJsonObject();\n"
    text += f"        return new {name}(\n" + ",\n".join(f"                {reading(one)}" for one in members)
    text += ");\n    }\n"
    if name == "Inspection":
        text += ACCEPTED
    if sound:
        text += SOUND
    if any(f"{name}.{one.name}" in HIDDEN for one in members):
        shown = [one for one in members if f"{name}.{one.name}" not in HIDDEN]
        told_parts = '\n                + ", '.join(f'{camel(one.name)}=" + {camel(one.name)}' for one in shown)
        text += f'\n    @Override\n    public String toString() {{\n        return "{name}[{told_parts}\n'
        text += '                + "]";\n    }\n'
    return text + "}\n"


ACCEPTED = """
    /**
     * Whether it would be accepted for enrollment.
     *
     * @return true if no problem refuses it
     */
    public boolean accepted() {
        return problems.stream().noneMatch(problem -> problem.severity() == Severity.REFUSE);
    }
"""

SOUND = """
    /**
     * The stretch as WAV, 16 kHz, mono.
     *
     * @return a copy of it
     */
    @Override
    public byte[] wav() {
        return wav.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Prepared like
                && Double.compare(start, like.start) == 0
                && Double.compare(end, like.end) == 0
                && Double.compare(speechSeconds, like.speechSeconds) == 0
                && Arrays.equals(wav, like.wav);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(wav);
    }
"""


def absent(member: model.Member) -> str:
    return told(member.doc) + (" May be {@code null}." if member.type.nullable else "")


def enum(told_of: model.Enum) -> str:
    def constant(word: str) -> str:
        return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", word).upper()

    text = HEAD.format(tool="types.py") + "import com.google.gson.JsonElement;\n\n" + doc(told_of.doc)
    text += f"public enum {told_of.name} {{\n"
    text += ",\n".join(doc(said, (), "    ") + f'    {constant(word)}("{word}")' for word, said in told_of.words)
    return (
        text
        + f""";

    private final String word;

    {told_of.name}(String word) {{
        this.word = word;
    }}

    static {told_of.name} read(JsonElement from) {{
        return Json.word(from, values());
    }}

    /** The word for it, the same in every language. */
    @Override
    public String toString() {{
        return word;
    }}
}}
"""
    )


def exception(name: str, said: str) -> str:
    return (
        HEAD.format(tool="types.py")
        + doc(said)
        + f"""public class {name} extends VoicerollException {{
    private static final long serialVersionUID = 1;

    {name}(Fault fault) {{
        super(fault);
    }}
}}
"""
    )


def kinds(rows: list[dict[str, str]]) -> str:
    cases = "".join(f'            case "{row["kind"]}" -> new {row["java"]}(fault);\n' for row in rows)
    return (
        HEAD.format(tool="types.py")
        + f"""/** Which exception an error is. */
final class Kinds {{
    private Kinds() {{}}

    static VoicerollException exception(Fault fault) {{
        return switch (fault.kind()) {{
{cases}            default -> new VoicerollException(fault);
        }};
    }}
}}
"""
    )


RECORDS, ENUMS = model.read()
VERBS = ("remove_sample", "outdated", "identify_call")
MEMBERS = {one.name for record in RECORDS for one in record.members} | {*VERBS}


def main() -> None:
    """Writes them, or compares."""
    rows = json.loads((ROOT / "tests/errors.json").read_text())["classes"]
    said = {
        one["const"]: one["description"] for one in json.loads(model.SCHEMA.read_text())["$defs"]["ErrorKind"]["oneOf"]
    }
    made = {one.name: record(one) for one in RECORDS} | {one.name: enum(one) for one in ENUMS}
    made |= {row["java"]: exception(row["java"], said[row["kind"]]) for row in rows} | {"Kinds": kinds(rows)}
    there = {file.stem: file.read_text() for file in FOLDER.glob("*.java") if file.stem != "AsyncRegistry"}
    if "--check" in sys.argv:
        if made != there:
            sys.exit("src/generated is not what tools/make_types.py writes: run it")
        return
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name in there.keys() - made.keys():
        (FOLDER / f"{name}.java").unlink()
    for name, text in made.items():
        (FOLDER / f"{name}.java").write_text(text)


main()
