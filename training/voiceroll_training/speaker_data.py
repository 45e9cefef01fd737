"""Random crops of the training pack under random channels, as log-mel features.

A class is a speaker at one speed and one warp of the frequency axis: a voice made faster, or with other formants, is
another voice. Every draw gives two crops of one class under two channels.
"""

import json
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from .audio import LEVEL, SAMPLE_RATE
from .features import BINS, FFT, FLOOR, FRAME, HOP, NYQUIST_HZ, PRE_EMPHASIS, mel_filters
from .speaker_channels import Acoustics

SPEEDS = ("1.0", "0.9", "1.1")
RESPONSE = 8_000
"""Samples of a room that are kept when it is applied to a crop."""


@dataclass(frozen=True)
class Mix:
    """Shares of the crops; what a configuration file says about the data."""

    corpora: tuple[tuple[str, float], ...] = (("so", 0.4), ("ls", 0.34), ("dsp", 0.1), ("arw", 0.08), ("one", 0.03))
    """The rest is unlabelled. `one` stands for the corpora with a single speaker."""
    worn: float = 0.25
    untouched: float = 0.3
    telephone: float = 0.25
    """Of the crops that are neither worn nor untouched, in absolute share."""
    raised: float = 0.0
    """Share, among those that are not worn, of crops at another pitch, in which a voice stays the same voice."""
    warps: tuple[float, ...] = (1.0,)
    """Factors by which formants move; the first is 1."""

    @classmethod
    def of(cls, table: dict) -> "Mix":
        table = dict(table)
        if "corpora" in table:
            table["corpora"] = tuple(table["corpora"].items())
        if "warps" in table:
            table["warps"] = tuple(table["warps"])
        return cls(**table)


@dataclass
class Batch:
    mel: Tensor
    """[crops, frames, bands]; crops 2 n and 2 n + 1 are of one voice."""
    label: Tensor
    """Class of each crop, or -1."""
    windows: Tensor | None = None
    """[pairs, frames, bands]: what each pair was cut from, as it was recorded; where it was asked for."""


class Corpus:
    """The prepared files and who speaks in them."""

    def __init__(self, cache: Path) -> None:
        entries = json.loads((cache / "index.json").read_text())
        self.plain = {s: np.memmap(cache / f"speed-{s}.i16", np.int16, "r") for s in SPEEDS}
        self.worn, self.raised = (
            {s: [np.memmap(p, np.int16, "r") for p in sorted(cache.glob(f"speed-{s}-{kind}-*.i16"))] for s in SPEEDS}
            for kind in ("worn", "raised")
        )
        labelled = [e for e in entries if e["speaker"]]
        self.speakers = sorted({e["speaker"] for e in labelled})
        self.of_speaker: dict[str, list[dict]] = defaultdict(list)
        for entry in labelled:
            self.of_speaker[entry["speaker"]].append(entry)
        prefix = {s: s.split("-")[0] for s in self.speakers}
        sizes = defaultdict(list)
        for speaker, corpus in prefix.items():
            sizes[corpus].append(speaker)
        self.groups: dict[str, list[str]] = defaultdict(list)
        for corpus, members in sizes.items():
            self.groups[corpus if len(members) > 1 else "one"] += members
        names = sorted(self.groups)
        self.group_of = {s: names.index(g) for g, members in self.groups.items() for s in members}
        self.open_group = names.index("one")
        self.utterances = [
            (e, start, end) for e in entries if not e["speaker"] for start, end in e["segments"] if end - start > 1.0
        ]


class Sampler:
    """Draws batches; everything random comes from one seed."""

    def __init__(self, corpus: Corpus, acoustics: Acoustics, mix: Mix, seed: int) -> None:
        self.corpus, self.acoustics, self.mix = corpus, acoustics, mix
        self.seed = seed
        self.reseed(0)
        self.number = {s: n for n, s in enumerate(corpus.speakers)}
        self.names = [name for name, _ in mix.corpora]
        self.shares = [share for _, share in mix.corpora]
        if sum(self.shares) < 1 - 1e-9:
            self.names, self.shares = [*self.names, "unlabelled"], [*self.shares, 1 - sum(self.shares)]
        self.filters = [mel_filters(warp) for warp in mix.warps]
        self.classes = len(corpus.speakers) * len(SPEEDS) * len(mix.warps)
        rooms = [acoustics.room(self.random, far=n % 3 == 0) for n in range(400)]
        responses = torch.zeros(len(rooms), RESPONSE)
        for n, room in enumerate(rooms):
            responses[n, : min(len(room), RESPONSE)] = torch.from_numpy(room[:RESPONSE])
        self.rooms = responses
        self.window = torch.hamming_window(FRAME, periodic=False)
        hertz = torch.linspace(0, NYQUIST_HZ, BINS)
        self.hertz = hertz
        tilt = torch.polar(torch.full((BINS,), PRE_EMPHASIS), -2 * torch.pi * hertz / SAMPLE_RATE)
        self.emphasis = (1 - tilt).abs().square().clamp(min=3e-3)

    def reseed(self, step: int) -> None:
        """Draws from here on differ from those of a run that starts at another step."""
        self.random = np.random.default_rng((self.seed, step))
        self.generator = torch.Generator().manual_seed(self.seed * 1_000_003 + step)

    def groups(self) -> Tensor:
        """The group of each class; classes only compete inside their own."""
        one = [self.corpus.group_of[s] for s in self.corpus.speakers]
        return torch.tensor(one * (len(SPEEDS) * len(self.mix.warps)))

    def batch(self, pairs: int, seconds: float, speeds: int = 1, warps: int = 1, window: float = 0.0) -> Batch:
        """Draws pairs of crops among the first `speeds` and `warps`; with a `window`, in seconds, both from one."""
        length, wide = int(seconds * SAMPLE_RATE), int(window * SAMPLE_RATE)
        sound = np.zeros((2 * pairs, length), np.float32)
        windows = np.zeros((pairs, wide), np.float32)
        label = np.full(2 * pairs, -1)
        warp = np.zeros(2 * pairs, np.int64)
        channel = self.random.random(2 * pairs)
        for pair in range(pairs):
            rows = (2 * pair, 2 * pair + 1)
            name = self.names[self.random.choice(len(self.names), p=self.shares)]
            bend = int(self.random.integers(warps))
            warp[[*rows]] = bend
            if name == "unlabelled":
                entry, start, end = self.corpus.utterances[self.random.integers(len(self.corpus.utterances))]
                drawn, speed = [(entry, (start, end))] * 2, "1.0"
            else:
                members = self.corpus.groups[name]
                speaker = members[self.random.integers(len(members))]
                recordings = self.corpus.of_speaker[speaker]
                drawn = [(recordings[self.random.integers(len(recordings))], None) for _ in rows]
                faster = int(self.random.integers(speeds))
                speed = SPEEDS[faster]
                label[[*rows]] = (bend * len(SPEEDS) + faster) * len(self.corpus.speakers) + self.number[speaker]
            if wide:
                entry, span = self.stretch(*drawn[0], speed, wide)
                drawn = [(entry, span)] * 2
                windows[pair] = self.crop(entry, speed, 1.0, wide, span)
            for row, (entry, span) in zip(rows, drawn):
                sound[row] = self.crop(entry, speed, channel[row], length, span)
        bends = torch.from_numpy(warp)
        mel = self.features(torch.from_numpy(sound), torch.from_numpy(channel), bends)
        plain = self.mel(self.power(level(torch.from_numpy(windows))), bends[::2]) if wide else None
        return Batch(mel, torch.from_numpy(label), plain)

    def stretch(self, entry: dict, span: tuple[float, float] | None, speed: str, wide: int) -> tuple[dict, tuple[float, float]]:
        """A random part of a recording, or of a part of it, in seconds."""
        start, end = span or (0.0, entry["spans"][speed][1] / SAMPLE_RATE)
        start += self.random.random() * max(0.0, end - start - wide / SAMPLE_RATE)
        return entry, (start, min(end, start + wide / SAMPLE_RATE))

    def crop(
        self, entry: dict, speed: str, channel: float, length: int, seconds: tuple[float, float] | None = None
    ) -> np.ndarray:
        """A crop, worn or raised as `channel` (0 to 1) says; as it is at 1."""
        worn, raised = self.corpus.worn[speed], self.corpus.raised[speed]
        if worn and channel < self.mix.worn:
            source = worn[self.random.integers(len(worn))]
        elif raised and channel < 1 and self.random.random() < self.mix.raised:
            source = raised[self.random.integers(len(raised))]
        else:
            source = self.corpus.plain[speed]
        offset, available = entry["spans"][speed]
        if seconds:
            start, end = (int(second * SAMPLE_RATE) for second in seconds)
            offset, available = offset + start, min(end, available) - start
        start = int(self.random.integers(0, max(1, available - length + 1)))
        samples = source[offset + start : offset + min(available, start + length)].astype(np.float32) / 32_768
        return samples if len(samples) == length else np.resize(samples, length)

    def uniform(self, rows: int, low: float, high: float) -> Tensor:
        return torch.empty(rows, 1).uniform_(low, high, generator=self.generator)

    def features(self, sound: Tensor, channel: Tensor, warp: Tensor) -> Tensor:
        """Crops [rows, samples] to [rows, frames, bands]; `channel`, 0 to 1, says what each is put through."""
        rows, length = sound.shape
        mix = self.mix
        worn = channel < mix.worn
        untouched = (channel >= mix.worn) & (channel < mix.worn + mix.untouched)
        telephone = channel >= 1 - mix.telephone
        touched = ~(worn | untouched)
        sound = level(sound)
        clean = sound
        echoing = touched & (torch.rand(rows, generator=self.generator) < 0.5)
        if echoing.any():
            sound = sound.clone()
            sound[echoing] = self.reverberate(sound[echoing])
        sound = self.add_noise(sound, clean, touched, untouched)
        power = self.power(sound)
        curve = self.equaliser(rows, touched, worn)
        if telephone.any():
            curve[telephone] = curve[telephone] * self.telephone(int(telephone.sum()))
        total = (power.mean(1) / self.emphasis).sum(1)
        heard = (power.mean(1) * curve / self.emphasis).sum(1)
        curve = curve * (total / (heard + 1e-9))[:, None]
        power = power * curve[:, None]
        return self.mask(self.mel(power, warp))

    def mel(self, power: Tensor, warp: Tensor) -> Tensor:
        """Log-mel energies [rows, frames, bands], the frequency axis of each row warped as it says."""
        mel = torch.empty(*power.shape[:2], self.filters[0].shape[1])
        for n, filters in enumerate(self.filters):
            chosen = warp == n
            if chosen.any():
                mel[chosen] = power[chosen] @ filters
        return torch.log(mel + FLOOR)

    def power(self, sound: Tensor) -> Tensor:
        """Power spectra as in `features.LogMel`, but with pre-emphasis over the whole crop."""
        emphasised = functional.pad(sound[:, 1:] - PRE_EMPHASIS * sound[:, :-1], (1, 0))
        spectra = torch.view_as_real(torch.fft.rfft(emphasised.unfold(-1, FRAME, HOP) * self.window, FFT))
        return spectra.square().sum(-1)

    def reverberate(self, sound: Tensor) -> Tensor:
        rows, length = sound.shape
        size = next(s for s in (40_960, 57_344, 65_536, 98_304, 114_688, 131_072) if s >= length + RESPONSE)
        chosen = self.rooms[torch.randint(len(self.rooms), (rows,), generator=self.generator)]
        spectrum = torch.fft.rfft(sound, size) * torch.fft.rfft(chosen, size)
        return level(torch.fft.irfft(spectrum, size)[:, :length])

    def add_noise(self, sound: Tensor, clean: Tensor, touched: Tensor, untouched: Tensor) -> Tensor:
        rows, length = sound.shape
        noise = torch.zeros(rows, length)
        kind = self.random.random(rows)
        ratio_db = torch.zeros(rows)
        recorded = self.acoustics.noise
        for row in range(rows):
            if untouched[row] and kind[row] < 0.7 or kind[row] > 0.65:
                continue
            if kind[row] < 0.3:
                start = self.random.integers(0, len(recorded) - length)
                noise[row] = torch.from_numpy(recorded[start : start + length])
                low = 0.0
            elif kind[row] < 0.42:
                voices = torch.from_numpy(self.random.integers(0, rows, self.random.integers(1, 5)))
                noise[row] = clean[voices].sum(0).roll(int(self.random.integers(length)))
                low = 6.0
            else:
                spectrum = torch.fft.rfft(torch.randn(length, generator=self.generator))
                spectrum /= torch.arange(1, len(spectrum) + 1) ** float(self.random.uniform(0, 0.8))
                noise[row] = torch.fft.irfft(spectrum, length)
                low = 6.0
            ratio_db[row] = self.random.uniform(low + (10 if untouched[row] or not touched[row] else 0), 28)
        loud = noise.square().mean(1, keepdim=True).sqrt()
        gain = LEVEL * 10 ** (-ratio_db[:, None] / 20) / (loud + 1e-7)
        return level(sound + noise * torch.where(loud > 1e-6, gain, torch.zeros(())))

    def equaliser(self, rows: int, touched: Tensor, worn: Tensor) -> Tensor:
        """Smooth power curves [rows, bins]; flat where a crop is to stay as it is."""
        points = torch.randn(rows, 1, 9, generator=self.generator) * self.uniform(rows, 0, 6)[:, :, None]
        points = points * (touched.float() + 0.3 * worn.float())[:, None, None]
        slope = functional.interpolate(points, size=BINS, mode="linear", align_corners=True)[:, 0]
        return 10 ** (slope / 10)

    def telephone(self, rows: int) -> Tensor:
        """Power curves of narrow bands with different corners and slopes."""
        low, high = self.uniform(rows, 60, 400), self.uniform(rows, 3000, 3900)
        rise, fall = self.uniform(rows, 15, 80), self.uniform(rows, 30, 150)
        floor = 10 ** self.uniform(rows, -8, -4.5)
        band = torch.sigmoid((self.hertz - low) / rise) * torch.sigmoid((high - self.hertz) / fall)
        return band.square() + floor

    def mask(self, mel: Tensor) -> Tensor:
        """Hides a few bands or frames behind their mean."""
        rows, frames, bands = mel.shape
        mean = mel.mean(1)
        for row in range(rows):
            if self.random.random() < 0.4:
                width = self.random.integers(1, 9)
                start = self.random.integers(0, bands - width)
                mel[row, :, start : start + width] = mean[row, start : start + width]
            if self.random.random() < 0.4:
                width = self.random.integers(5, 26)
                start = self.random.integers(0, frames - width)
                mel[row, start : start + width] = mean[row]
        return mel


def level(sound: Tensor) -> Tensor:
    return sound * (LEVEL / (sound.square().mean(1, keepdim=True).sqrt() + 1e-5))
