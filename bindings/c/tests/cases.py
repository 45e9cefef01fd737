#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs `tests/cases` in C, through `drive.c`, and holds each reply against the schema.

Run:  python3 bindings/c/tests/cases.py [--under COMMAND] [--only PATTERN] [--slow FACTOR] PROGRAM
PROGRAM is `drive.c`, compiled. With `--under` it runs under a tool such as valgrind, in the places that need no server;
calls may then take FACTOR times as long. Needs jsonschema.
"""

from __future__ import annotations

import argparse
import json
import os
import pathlib
import re
import shlex
import struct
import subprocess
import sys
import tempfile
import time
import wave

import jsonschema

ROOT = pathlib.Path(__file__).resolve().parents[3]
sys.path.append(str(ROOT / "tests"))
from matching import matches  # noqa: E402

AUDIO = ROOT / "tests" / "audio"
SCHEMA = json.loads((ROOT / "bindings/c/schema.json").read_text())
PROGRESS, RESULT, ERROR = "1", "2", "3"


TOLD = SCHEMA["properties"]
REPLIES = TOLD["replies"]["properties"]


def valid(what, schema):
    jsonschema.Draft202012Validator({**schema, "$defs": SCHEMA["$defs"]}).validate(what)


def is_valid(what, schema):
    return jsonschema.Draft202012Validator({**schema, "$defs": SCHEMA["$defs"]}).is_valid(what)


class Driver:
    """The program in C."""

    def __init__(self, command):
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def send(self, line, *bodies):
        self.process.stdin.write((line + "\n").encode() + b"".join(bodies))
        self.process.stdin.flush()

    def read(self):
        word, length, sound = self.process.stdout.readline().decode().split()
        text = self.process.stdout.read(int(length))
        return word, json.loads(text) if text else None, int(sound)

    def open(self, settings, foreign=False):
        assert is_valid(settings, TOLD["settings"]) != foreign, settings
        body = json.dumps(settings).encode()
        self.send(f"open {len(body)}", body)
        return self.read()

    def call(self, call):
        """What a call comes to, and the progress that was told."""
        for described in call.get("recordings", []):
            source, data = recording(described)
            if "encoding" in call:
                source["encoding"] = call["encoding"]
            body = json.dumps(source).encode()
            self.send(f"add {len(body)} {len(data)}", body, data)
            word, error, _ = self.read()
            if word == "error":
                return ERROR, error, []
        request = {"verb": call["verb"], "args": call.get("args", {}), "progress": call.get("progress", False)}
        body = json.dumps(request).encode()
        self.send(f"start {len(body)} {int(1000 * call.get('cancel_after', -0.001))}", body)
        told = []
        while True:
            word, said, sound = self.read()
            if word != PROGRESS:
                break
            valid(said, TOLD["progress"])
            told.append(said["fraction"])
        # What the core takes the schema allows, and a foreign option neither does.
        allowed = is_valid(request, TOLD["request"])
        assert (allowed or word == ERROR) and not (allowed and "foreign" in call), request
        valid(said, REPLIES[call["verb"]] if word == RESULT else TOLD["error"])
        if sound:
            said["wav"] = "." * sound
        return word, said, told

    def close(self):
        self.send("close")
        return self.read()

    def end(self):
        self.process.stdin.close()
        return self.process.wait()


def recording(described):
    """A recording as the bridge takes it: its description, and its bytes."""
    if isinstance(described, str):
        return {"source": "path"}, str(AUDIO / described).encode()
    [(kind, name)] = [(kind, name) for kind, name in described.items() if kind not in ("times", "format")]
    if kind == "missing":
        return {"source": "path"}, str(AUDIO / name).encode()
    if kind == "text":
        return {"source": "bytes"}, name.encode()
    if kind != "samples":
        return {"source": "bytes"}, (AUDIO / name).read_bytes() * described.get("times", 1)
    with wave.open(str(AUDIO / name)) as file:
        data = file.readframes(file.getnframes())
        if described["format"] == "f32":
            samples = struct.unpack(f"<{len(data) // 2}h", data)
            data = struct.pack(f"<{len(samples)}f", *(sample / 32768 for sample in samples))
        source = {"source": "samples", "format": described["format"]}
        return {**source, "channels": file.getnchannels(), "sample_rate": file.getframerate()}, data


class Server:
    """A program that prints how to log in."""

    def __init__(self, command, first=None):
        environment = {**os.environ, "VOICEROLL_LOG": "warn"}
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment)
        told = self.ask(first) if first else json.loads(self.process.stdout.readline())
        self.login = {"url": told["server"], **{name: told[name] for name in ("client_id", "client_secret", "jwt")}}

    def ask(self, line):
        self.process.stdin.write(json.dumps(line) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def end(self):
        self.process.kill()
        self.process.communicate()


def run(driver, case, where, server, slow):
    """Why the case failed, or nothing."""
    with tempfile.TemporaryDirectory() as folder:
        scripted, kept = None, {"$FOLDER": folder}
        if where == "embedded":
            driver.open({"path": f"{folder}/voices.db", **filled(case.get("open", {}), kept)})
        elif where == "server":
            driver.open(server.login)
        elif where == "scripted":
            program = os.environ.get("VOICEROLL_SCRIPTED", ROOT / "target/debug/examples/scripted")
            scripted = Server([program], {"roll": case.get("roll", {}), "faults": case.get("faults", [])})
            driver.open({**scripted.login, "inspect": False})
        else:
            driver.close()
        try:
            for before in case.get("given", []):
                before = filled(before, kept)
                if before["verb"] == "edit":
                    edit(**before["args"])
                    continue
                word, said, _ = step(driver, before)
                if word != RESULT:
                    return f"given: {said}"
                if "keep" in before:
                    kept[before["keep"]] = said
            case = {**case, "call": filled(case["call"], kept)}
            return check(driver, case, where, scripted, slow)
        finally:
            if where == "server":
                _, page, _ = driver.call({"verb": "list", "args": {"partial": True, "per_page": 1000}})
                for record in page["records"]:
                    driver.call({"verb": "delete", "args": {"speaker_id": record["speaker_id"]}})
            driver.close()
            if scripted:
                scripted.end()


def step(driver, call):
    """What a call comes to; `open` goes on with another registry, and `restore` needs none."""
    if call["verb"] == "open":
        word, said, _ = driver.open(call["args"], "foreign" in call)
        return ERROR if word == "error" else RESULT, said, []
    if call["verb"] == "restore":
        driver.close()
    return driver.call(call)


def filled(value, kept):
    """A part of a case with what its texts stand for."""
    if isinstance(value, str):
        for name, text in kept.items():
            value = value.replace(name, text)
        return value
    if isinstance(value, dict):
        return {name: filled(member, kept) for name, member in value.items()}
    return [filled(item, kept) for item in value] if isinstance(value, list) else value


def edit(file, **change):
    """Changes what a file has in all places."""
    data = pathlib.Path(file).read_bytes()
    changed = data.replace(change["from"].encode(), change["to"].encode())
    assert changed != data
    pathlib.Path(file).write_bytes(changed)


def record(case, where, word, said):
    """Notes what came of a case, for the table of all languages."""
    if "VOICEROLL_RESULTS" in os.environ and where in ("embedded", "free"):
        came = {"result": said} if word == RESULT else {"error": said["code"]}
        with open(os.environ["VOICEROLL_RESULTS"], "a") as file:
            file.write(json.dumps({"case": case["name"], "where": where, **came}) + "\n")


def check(driver, case, where, scripted, slow):
    expect, started = case["expect"], time.monotonic()
    if case["call"].get("iterate"):
        word, said = every(driver, case["call"])
        told = []
    else:
        word, said, told = step(driver, case["call"])
    record(case, where, word, said)
    if "error" in expect:
        if word != ERROR or not matches(said, expect["error"]):
            return f"{said}"
    elif word != RESULT or not matches(said, expect["result"]):
        return f"{said}"
    if time.monotonic() - started > expect.get("within", 60) * slow:
        return "too slow"
    if expect.get("progress") and (told != sorted(told) or told[-1:] != [1]):
        return f"progress {told}"
    if scripted and "requests" in expect:
        counts = scripted.ask("counts")
        if any(counts.get(method, 0) != count for method, count in expect["requests"].items()):
            return f"requests {counts}"
    return None


def every(driver, call):
    """All pages of the roll."""
    records, page, after = [], 1, None
    while True:
        args = {**call.get("args", {}), "page": page, "after": after}
        word, said, _ = driver.call({"verb": "list", "args": args})
        if word != RESULT:
            return word, said
        records += said["records"]
        if said["next_after"] is None and (after is not None or page >= said["total_pages"]):
            return word, records
        page, after = page + 1, said["next_after"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--under", type=shlex.split, default=[])
    parser.add_argument("--only", default="")
    parser.add_argument("--slow", type=float, default=1)
    parser.add_argument("program")
    args = parser.parse_args()
    places = ("embedded", "free") if args.under else ("embedded", "server", "scripted", "free")
    cases = [case for file in sorted((ROOT / "tests/cases").glob("*.json")) for case in json.loads(file.read_text())["cases"]]
    driver = Driver([*args.under, args.program])
    passed = failed = 0
    with tempfile.TemporaryDirectory() as folder:
        command = os.environ.get("VOICEROLL_COMMAND", str(ROOT / "target/release/voiceroll"))
        server = None
        if "server" in places:
            server = Server([command, "serve", "--dev", "--json", "--port", "0", "--data", folder])
        try:
            for case in cases:
                for where in case.get("where", ["embedded", "server"]):
                    if where not in places or not re.search(args.only, case["name"]):
                        continue
                    fault = run(driver, case, where, server, args.slow)
                    passed, failed = passed + (not fault), failed + bool(fault)
                    if fault:
                        print(f"FAILED {case['name']}, {where}: {fault}")
        finally:
            if server:
                server.end()
    status = driver.end()
    failed += status != 0
    if status:
        print(f"the program ended with {status}")
    print(f"test result: {'ok' if not failed else 'FAILED'}. {passed} passed; {failed} failed;")
    sys.exit(bool(failed))


main()
