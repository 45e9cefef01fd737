"""Measures the shipped detector beside earshot and Silero on the same recordings."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import numpy as np
import soundfile

from . import detector_exam as exam
from .detector_config import ROOT, Config, load
from .detector_pack import RATE
from .detector_peers import Silero

SEED = 7
EACH = 6
"""Mixtures of each condition: one for each development corpus."""


def recordings(config: Config) -> list[dict]:
    """Writes the recordings, once, and returns what is true of them."""
    folder = config.work_folder / f"exam-{SEED}-{EACH}"
    truth = folder / "truth.jsonl"
    if not truth.exists():
        folder.mkdir(exist_ok=True)
        lines = [
            written(folder, number, condition, samples, speech)
            for number, (condition, samples, speech) in enumerate(exam.mixtures(config.voices_folder, SEED, EACH))
        ]
        lines += [written(folder, number + len(lines), kind, samples, 0.0) for number, (kind, samples) in enumerate(exam.sounds(SEED))]
        truth.write_text("".join(json.dumps(line) + "\n" for line in lines))
    return [json.loads(line) for line in truth.read_text().splitlines()]


def written(folder: Path, number: int, condition: str, samples: np.ndarray, speech: float) -> dict:
    path = folder / f"{number:04}.wav"
    soundfile.write(path, np.clip(samples, -1, 1), RATE, subtype="PCM_16")
    return {"path": str(path), "condition": condition, "speech_seconds": speech, "noise_only": speech == 0.0}


def heard_by_core(paths: list[str]) -> list[dict]:
    """Speech seconds by the shipped library (`voiceroll`) and by earshot (`earshot`)."""
    command = ["cargo", "run", "--quiet", "--release", "--example", "detector_peers"]
    done = subprocess.run(command, cwd=ROOT, input="\n".join(paths), capture_output=True, text=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def heard_by_silero(config: Config, truths: list[dict]) -> list[float | None]:
    """Speech seconds by Silero; kept, as it is slow. None where the package is missing."""
    cache = config.work_folder / f"exam-{SEED}-{EACH}" / "silero.json"
    if not cache.exists():
        try:
            silero = Silero()
        except ModuleNotFoundError:
            return [None] * len(truths)
        cache.write_text(json.dumps([silero.seconds(soundfile.read(truth["path"], dtype="float32")[0]) for truth in truths]))
    return json.loads(cache.read_text())


def table(rows: dict[str, dict[str, list[float]]], cell) -> None:
    names = ("voiceroll", "earshot", "silero")
    print("| | " + " | ".join(names) + " |\n|---" * 1 + "|---" * len(names) + "|")
    for condition, errors in rows.items():
        print(f"| {condition} | " + " | ".join(cell(errors[name]) if errors[name] else "-" for name in names) + " |")


def main(argv: list[str]) -> None:
    """`evaluate [CONFIG]`: prints both tables of `core/models/DETECTOR.md`."""
    config = load(Path(argv[0])) if argv else load()
    truths = recordings(config)
    silero = heard_by_silero(config, truths)
    errors: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    alarms: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for truth, core, other in zip(truths, heard_by_core([truth["path"] for truth in truths]), silero, strict=True):
        for name, speech in (*core.items(), ("silero", other)):
            if speech is None:
                continue
            if truth["noise_only"]:
                alarms[truth["condition"]][name].append(speech)
            else:
                error = 100 * (speech / truth["speech_seconds"] - 1)
                for condition in (truth["condition"], "all"):
                    errors[condition][name].append(error)
    print("Error of speech seconds, mean absolute (mean), in %:\n")
    table(errors, lambda values: f"{np.mean(np.abs(values)):.1f} ({np.mean(values):+.1f})")
    print("\nFalse speech in 30 s, worst recording (mean), in s:\n")
    table(alarms, lambda values: f"{max(values):.1f} ({np.mean(values):.1f})")


if __name__ == "__main__":
    main(sys.argv[1:])
