"""What the tests share: a server, servers that misbehave, the clips."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
AUDIO = ROOT / "tests" / "audio"
sys.path.append(str(ROOT / "tests"))


def clip(name: str) -> Path:
    """The path of a shipped clip."""
    return AUDIO / name


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """How to log in to a running ``voiceroll serve``, started by the package's own command."""
    folder = tmp_path_factory.mktemp("served")
    command = [sys.executable, "-m", "voiceroll", "serve", "--dev", "--json", "--port", "0", "--data", str(folder)]
    environment = {**os.environ, "VOICEROLL_LOG": "warn"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment) as process:
        assert process.stdout is not None
        yield login(json.loads(process.stdout.readline()))
        process.terminate()


class Scripted:
    """A server that misbehaves as a case says."""

    def __init__(self, case: dict[str, Any]) -> None:
        default = ROOT / "target" / "debug" / "examples" / "scripted"
        program = os.environ.get("VOICEROLL_SCRIPTED", str(default))
        self.process = subprocess.Popen([program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.login = login(self.ask({"roll": case.get("roll", {}), "faults": case.get("faults", [])}))

    def ask(self, line: object) -> dict[str, Any]:
        """Tells it something; its answer."""
        assert self.process.stdin is not None and self.process.stdout is not None
        self.process.stdin.write(json.dumps(line) + "\n")
        self.process.stdin.flush()
        answer: dict[str, Any] = json.loads(self.process.stdout.readline())
        return answer

    def end(self) -> None:
        """Ends it."""
        self.process.kill()
        self.process.communicate()


def login(told: dict[str, str]) -> dict[str, str]:
    """The arguments of ``Registry.connect`` from what a server says at its start."""
    return {"url": told["server"], **{name: told[name] for name in ("client_id", "client_secret", "jwt")}}
