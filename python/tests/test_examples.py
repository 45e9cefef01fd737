"""The examples, and the first screen of the README, run as they stand."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
import wave
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import ROOT, clip

import voiceroll

EXAMPLES = ROOT / "python" / "examples"


def run(folder: Path, *command: str, data: bytes = b"", **environment: str) -> str:
    """What an example prints."""
    told = subprocess.run(
        [sys.executable, *command],
        cwd=folder,
        input=data,
        capture_output=True,
        env={**os.environ, **environment},
        check=False,
    )
    assert told.returncode == 0, told.stderr.decode()
    return told.stdout.decode()


def test_the_readme(tmp_path: Path) -> None:
    blocks = re.findall(r"```python\n(.*?)```", (ROOT / "python" / "README.md").read_text(), re.DOTALL)
    (tmp_path / "tests").symlink_to(ROOT / "tests")
    said = run(tmp_path, "-c", blocks[0])
    assert said == (ROOT / "tests" / "readme.txt").read_text()
    for block in blocks:
        compile(block, "README.md", "exec", flags=0x2000)  # top-level await


@pytest.mark.parametrize("where", ["embedded", "server"])
def test_create_or_update(tmp_path: Path, where: str, served: dict[str, str]) -> None:
    environment = {}
    if where == "server":
        names = {"url": "SERVER", "client_id": "CLIENT_ID", "client_secret": "CLIENT_SECRET", "jwt": "JWT"}
        environment = {f"VOICEROLL_{names[name]}": value for name, value in served.items()}
    program = str(EXAMPLES / "create_or_update.py")
    first = run(tmp_path, program, "59586", str(clip("ben-1.wav")), **environment)
    assert first.startswith("59586 is new") and "still missing" in first
    second = run(tmp_path, program, "59586", str(clip("ben-2.ogg")), **environment)
    assert second.startswith("59586 is enrolled") and '"complete": true' in second


def test_a_microphone(tmp_path: Path) -> None:
    with wave.open(str(clip("ben-1.wav"))) as file:
        data, rate = file.readframes(file.getnframes()), str(file.getframerate())
    said = run(tmp_path, str(EXAMPLES / "microphone.py"), "ben", rate, data=data)
    assert "s of speech" in said and "too_short" in said


def test_a_folder(tmp_path: Path) -> None:
    said = run(tmp_path, str(EXAMPLES / "validate_folder.py"), str(ROOT / "tests" / "audio"))
    rows = {row["file"]: row for row in csv.DictReader(io.StringIO(said))}
    assert rows["ada-1.mp3"]["enrolls"] == "yes" and rows["fault-silence.flac"]["enrolls"] == "no"
    assert rows["not-text.mp3"]["enrolls"] == "unreadable"
    assert "clipped" in rows["fault-clipped.mp3"]["problems"]


def test_the_speakers_of_a_call(tmp_path: Path) -> None:
    with voiceroll.Registry.open(tmp_path / "voices.db") as registry:
        registry.enroll("59586", clip("ada-2.m4a"))
    record = {"id": "1", "to": {"name": "Agent 1200", "extensionId": "59586"}, "from": {"extensionId": 777}}
    (tmp_path / "record.json").write_text(json.dumps(record))
    said = run(tmp_path, str(EXAMPLES / "name_speakers.py"), "record.json", str(clip("fault-two-speakers.mp3")))
    assert "Agent 1200" in said and "somebody else" in said and "not enrolled: 777" in said


@pytest.fixture
def application(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[object]:
    testing = pytest.importorskip("fastapi.testclient")
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(str(EXAMPLES))
    import fastapi_upload

    with testing.TestClient(fastapi_upload.app) as client:
        yield client


def test_an_upload(application: object) -> None:
    def upload(name: str, speaker_id: str = "ada") -> tuple[int, dict[str, object]]:
        with open(clip(name), "rb") as file:
            answer = application.post(f"/voices/{speaker_id}", files={"recording": file})  # type: ignore[attr-defined]
        return answer.status_code, answer.json()

    status, answer = upload("ada-1.mp3")
    assert (status, answer["complete"]) == (200, True)
    status, answer = upload("fault-silence.flac", "ben")
    assert (status, answer["code"]) == (422, "recording_refused") and answer["problems"]
    assert upload("not-text.mp3")[0] == 400
    assert upload("ada-1.mp3", "a-b")[0] == 400
