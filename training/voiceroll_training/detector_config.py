"""Where the detector's training finds its data, and the numbers that it was trained with."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DEFAULT = ROOT / "training" / "configs" / "detector.toml"


@dataclass(frozen=True)
class Config:
    """The file `training/configs/detector.toml`; paths are relative to the repository's root."""

    voices: str
    work: str
    seed: int
    earlier: tuple[int, ...]
    seconds_per_speaker: float
    sound_seconds: float
    clip_seconds: float
    clips: int
    quiet_share: float
    channels: int
    dilations: tuple[int, ...]
    epochs: int
    batch: int
    crop_frames: int
    learning_rate: float
    weight_decay: float

    @property
    def voices_folder(self) -> Path:
        return ROOT / self.voices

    @property
    def work_folder(self) -> Path:
        folder = ROOT / self.work
        folder.mkdir(parents=True, exist_ok=True)
        return folder


def load(path: Path = DEFAULT) -> Config:
    values = tomllib.loads(path.read_text())
    return Config(**{**values, "dilations": tuple(values["dilations"]), "earlier": tuple(values["earlier"])})
