"""The contract that every language passes: ``tests/cases``, with both kinds of registry."""

from __future__ import annotations

import asyncio
import builtins
import io
import json
import os
import threading
import time
import wave
from pathlib import Path
from typing import Any

import pytest
from conftest import AUDIO, ROOT, Scripted
from matching import matches

import voiceroll

MISSING: dict[str, str] = {}
"""Cases that this runner cannot do yet, and why."""

FILES = sorted((ROOT / "tests" / "cases").glob("*.json"))
CASES = [case for file in FILES for case in json.loads(file.read_text())["cases"]]
CLASSES = {row["kind"]: row for row in json.loads((ROOT / "tests" / "errors.json").read_text())["classes"]}


@pytest.mark.parametrize("style", ["sync", "async"])
@pytest.mark.parametrize(
    ("case", "where"),
    [
        pytest.param(case, where, id=f"{case['name']}, {where}")
        for case in CASES
        for where in case.get("where", ["embedded", "server"])
    ],
)
def test_case(case: dict[str, Any], where: str, style: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    if case["name"] in MISSING:
        pytest.xfail(MISSING[case["name"]])
    scripted = Scripted(case) if where == "scripted" else None
    kind: Any = voiceroll.Registry if style == "sync" else voiceroll.AsyncRegistry
    registry: Any = voiceroll
    kept = {"$FOLDER": str(tmp_path)}
    if where == "embedded":
        registry = kind.open(tmp_path / "voices.db", **filled(case.get("open", {}), kept))
    elif where == "server":
        registry = kind.connect(**request.getfixturevalue("served"))
    elif scripted is not None:
        registry = kind.connect(**scripted.login, inspect=False)
    try:
        for before in case.get("given", []):
            before = filled(before, kept)
            if before["verb"] == "open":
                done(registry.close())
                registry = kind.open(**before["args"])
            elif before["verb"] == "edit":
                edit(**before["args"])
            else:
                came = perform(registry, before, tmp_path)
                if "keep" in before:
                    kept[before["keep"]] = came
        case = {**case, "call": filled(case["call"], kept)}
        found = check(registry, case, tmp_path)
        if style == "sync" and where in ("embedded", "free"):
            note({"case": case["name"], "where": where, **found})
        if scripted is not None and "requests" in case["expect"]:
            counts = scripted.ask("counts")
            for method, count in case["expect"]["requests"].items():
                assert counts.get(method, 0) == count, counts
    finally:
        if where == "server":
            for record in perform(registry, {"verb": "list", "args": {"partial": True}, "iterate": True}, tmp_path):
                perform(registry, {"verb": "delete", "args": {"speaker_id": record.speaker_id}}, tmp_path)
        if where != "free":
            done(registry.close())
        if scripted is not None:
            scripted.end()


def filled(value: Any, kept: dict[str, str]) -> Any:
    """A part of a case with what its texts stand for."""
    if isinstance(value, str):
        for name, text in kept.items():
            value = value.replace(name, text)
        return value
    if isinstance(value, dict):
        return {name: filled(member, kept) for name, member in value.items()}
    return [filled(item, kept) for item in value] if isinstance(value, list) else value


def edit(file: str, **change: str) -> None:
    """Changes what a file has in all places."""
    data = Path(file).read_bytes()
    changed = data.replace(change["from"].encode(), change["to"].encode())
    assert changed != data
    Path(file).write_bytes(changed)


def note(found: dict[str, Any]) -> None:
    """Notes what came of a case, for the table of all languages."""
    if "VOICEROLL_RESULTS" in os.environ:
        with open(os.environ["VOICEROLL_RESULTS"], "a") as file:
            file.write(json.dumps(found, default=lambda _: None) + "\n")


def check(registry: Any, case: dict[str, Any], folder: Path) -> dict[str, Any]:
    """Makes the call of a case and holds what comes of it against what is expected."""
    expect, told = case["expect"], []
    started = time.monotonic()
    if foreign := case["call"].get("foreign"):
        # The language's own error, before the core sees it.
        with pytest.raises(TypeError, match=foreign):
            perform(registry, case["call"], folder, told)
        came: dict[str, Any] = {"error": expect["error"]["code"]}
    elif "error" in expect:
        with pytest.raises(voiceroll.Error) as caught:
            perform(registry, case["call"], folder, told)
        error = caught.value
        row = CLASSES[error.kind]
        assert type(error) is getattr(voiceroll, row["python"])
        assert isinstance(error, getattr(builtins, row.get("python_also", "Exception")))
        found = {name: plain(getattr(error, name)) for name in expect["error"]}
        assert matches(found, expect["error"]), (found, repr(error))
        came = {"error": error.code}
    else:
        found = plain(perform(registry, case["call"], folder, told))
        assert matches(found, expect["result"]), found
        came = {"result": found}
    assert time.monotonic() - started < expect.get("within", 60)
    if expect.get("progress"):
        fractions = [progress.fraction for progress in told]
        assert fractions == sorted(fractions) and fractions[-1] == 1, fractions
    return came


def perform(registry: Any, call: dict[str, Any], folder: Path, told: list[voiceroll.Progress] | None = None) -> Any:
    """Makes a call through the package's public face."""
    verb, args = call["verb"], dict(call.get("args", {}))
    recordings = [source(told_of, call.get("encoding")) for told_of in call.get("recordings", [])]
    if "cancel_after" in call:
        token = args["cancel"] = voiceroll.CancelToken()
        if call["cancel_after"] == 0:
            token.cancel()
        else:
            threading.Timer(call["cancel_after"], token.cancel).start()
    if call.get("progress"):
        args["on_progress"] = (told if told is not None else []).append
    if "consent" in args:
        purposes = tuple(args["consent"].get("purposes", ()))
        args["consent"] = voiceroll.ConsentRecord(**{**args["consent"], "purposes": purposes})
    first: list[Any] = [args.pop(name) for name in ("speaker_id", "record") if name in args]
    if verb in ("enroll", "create", "update"):
        one = recordings[0] if len(recordings) == 1 else recordings
        return done(getattr(registry, verb)(*first, one, **args))
    if verb == "submit":
        api, uri = args.pop("api"), args.pop("content_uri")
        return done(registry.submit(getattr(voiceroll.JobRequest, api)(uri, **args)))
    if verb == "job":
        return done(registry.job(args.pop("job"), **args))
    if verb == "open":
        return type(registry).open(**args)
    if verb == "restore":
        return voiceroll.restore(**args)
    if verb == "remove_sample":
        return done(registry.remove_sample(*first, args.pop("sample"), **args))
    if call.get("iterate"):
        return every(registry.iterate(**args))
    return done(getattr(registry, verb)(*first, *recordings, **args))


def done(value: Any) -> Any:
    """What a call comes to, with asyncio or without."""

    async def wait() -> Any:
        return await value

    return asyncio.run(wait()) if hasattr(value, "__await__") else value


def every(values: Any) -> list[Any]:
    """All that an iterator gives."""

    async def collect() -> list[Any]:
        return [value async for value in values]

    return asyncio.run(collect()) if hasattr(values, "__aiter__") else list(values)


def source(told: Any, encoding: str | None) -> Any:
    """A recording as a case describes it."""
    made: Any
    if isinstance(told, str):
        made = str(AUDIO / told)
    elif "bytes" in told:
        made = (AUDIO / told["bytes"]).read_bytes()
    elif "stream" in told:
        made = io.BytesIO((AUDIO / told["stream"]).read_bytes())
    elif "text" in told:
        made = told["text"].encode()
    elif "repeat" in told:
        made = (AUDIO / told["repeat"]).read_bytes() * told["times"]
    elif "missing" in told:
        made = AUDIO / told["missing"]
    else:
        made = samples(told["samples"], told["format"])
    return made if encoding is None else voiceroll.Recording(made, encoding=encoding)


def samples(name: str, form: str) -> voiceroll.Recording:
    """The samples of a WAV file of 16 bits, as an array of the kind asked for."""
    np = pytest.importorskip("numpy")
    with wave.open(str(AUDIO / name)) as file:
        data = file.readframes(file.getnframes())
        array = np.frombuffer(data, dtype="<i2").reshape(-1, file.getnchannels())
        array = array if form == "i16" else array.astype("float32") / 32768
        return voiceroll.Recording.from_samples(array, file.getframerate())


def plain(value: Any) -> Any:
    """A result as the cases write it."""
    if isinstance(value, voiceroll._types.Result):
        return value.to_dict()
    if isinstance(value, dict):
        return list(value.items())
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    return value


def test_every_class_of_the_table_is_there() -> None:
    for row in CLASSES.values():
        kind = getattr(voiceroll, row["python"])
        assert issubclass(kind, voiceroll.Error)
        assert issubclass(kind, getattr(builtins, row.get("python_also", "Exception")))
    known = {kind.__name__ for kind in voiceroll.Error.__subclasses__()}
    assert known == {row["python"] for row in CLASSES.values()}


def test_the_list_of_missing_cases_names_cases() -> None:
    assert MISSING.keys() <= {case["name"] for case in CASES}
