"""Crops of speech through drawn rooms, noises and telephones, as log-mel features.

What lies between a mouth and a file is drawn anew for each crop, by a few operations on many power spectra at once;
recordings that were worn down beforehand (`speaker_channels.py`) pass with little more.
"""

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from .audio import LEVEL, SAMPLE_RATE
from .features import BINS, FFT, FLOOR, FRAME, HOP, NYQUIST_HZ, PRE_EMPHASIS, mel_filters
from .speaker_channels import Acoustics

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


class Channels:
    """Draws channels; everything random comes from one seed."""

    def __init__(self, acoustics: Acoustics, mix: Mix, seed: int) -> None:
        self.acoustics, self.mix = acoustics, mix
        self.seed = seed
        self.reseed(0)
        self.filters = [mel_filters(warp) for warp in mix.warps]
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
