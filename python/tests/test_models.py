"""Which model is taken: the one that a released wheel brings, unless another is named."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT, clip

import voiceroll

BROUGHT = ROOT / "target" / "campplus" / "campplus.voicemodel"
NEW_REGISTRY = """
import sys, voiceroll

try:
    registry = voiceroll.Registry.open(sys.argv[1], model=sys.argv[3] or None)
    print(registry.enroll("ada", sys.argv[2]).model, registry.model())
except voiceroll.Error as error:
    print(error.code)
"""


class Installed:
    """The package as it stands here, in a folder of its own: with what a release brings, or without."""

    def __init__(self, folder: Path, *, brought: bool) -> None:
        self.folder = folder
        package = folder / "site" / "voiceroll"
        ours = shutil.ignore_patterns("__pycache__", "models")
        shutil.copytree(Path(voiceroll.__file__).parent, package, ignore=ours, copy_function=os.symlink)
        if brought:
            (package / "models").mkdir()
            shutil.copy(BROUGHT, package / "models")

    def run(self, *words: str | Path, variable: str | None = None) -> str:
        """What Python prints, where nobody has installed a model."""
        environment = {
            **os.environ,
            "PYTHONPATH": str(self.folder / "site"),
            "VOICEROLL_MODELS": str(self.folder / "own"),
        }
        environment.pop("VOICEROLL_MODEL", None)
        if variable is not None:
            environment["VOICEROLL_MODEL"] = variable
        command = [sys.executable, *words]
        done = subprocess.run(command, env=environment, cwd=self.folder, check=True, capture_output=True, text=True)
        return done.stdout.strip()

    def enrolls_with(self, *, model: str = "", variable: str | None = None) -> str:
        """The model that a new registry enrolls with, and the registry's own; or the code of the error."""
        (self.folder / "voices.db").unlink(missing_ok=True)
        return self.run("-c", NEW_REGISTRY, "voices.db", clip("ada-1.mp3"), model, variable=variable)


@pytest.fixture
def released(tmp_path: Path) -> Installed:
    """With the model."""
    if not BROUGHT.is_file():
        pytest.skip("bindings/campplus has not made the model")
    return Installed(tmp_path, brought=True)


@pytest.fixture
def bare(tmp_path: Path) -> Installed:
    """Without it."""
    return Installed(tmp_path, brought=False)


def test_a_wheel_that_brings_campplus_takes_it(released: Installed) -> None:
    assert released.enrolls_with() == "campplus-1 campplus-1"
    assert released.run("-m", "voiceroll", "model", "list").startswith("campplus: Apache-2.0, 11.9 MB")


def test_it_leaves_the_choice(released: Installed) -> None:
    compact = "voiceroll-m3 voiceroll-m3"
    assert released.enrolls_with(model="compact") == compact
    assert released.enrolls_with(variable="compact") == compact
    assert released.enrolls_with(model="campplus", variable="compact") == "campplus-1 campplus-1"


def test_a_wheel_without_it_takes_the_compact_one(bare: Installed) -> None:
    assert bare.enrolls_with() == bare.enrolls_with(variable="") == "voiceroll-m3 voiceroll-m3"
    assert bare.enrolls_with(variable="campplus") == "model_missing"
