"""Log-mel energies: the front end of `core/src/voice/fbank.rs`."""

import math

import torch
from torch import Tensor, nn

from .audio import LEVEL

BANDS = 64
FRAME = 400
HOP = 160
FFT = 512
BINS = FFT // 2 + 1
FLOOR = 1e-4
PRE_EMPHASIS = 0.97
LOWEST_HZ, HIGHEST_HZ, NYQUIST_HZ = 20.0, 7600.0, 8000.0


def mel_filters(warp: float = 1.0) -> Tensor:
    """Triangles on the HTK mel scale, [bins, bands]; `warp` moves every frequency of the voice up by that factor."""

    def mel(hertz: float) -> float:
        return 2595 * math.log10(1 + hertz / 700)

    edges = torch.linspace(mel(LOWEST_HZ), mel(HIGHEST_HZ), BANDS + 2, dtype=torch.float64)
    edges = 700 * (10 ** (edges / 2595) - 1)
    left, centre, right = (edges[n : n + BANDS] for n in range(3))
    at = torch.linspace(0, NYQUIST_HZ, BINS, dtype=torch.float64)
    # Above a knee the warp bends back, so that the highest frequency stays where it is.
    knee = 0.8 * HIGHEST_HZ / max(warp, 1.0)
    slope = (NYQUIST_HZ - warp * knee) / (NYQUIST_HZ - knee)
    at = torch.where(at <= knee, at * warp, warp * knee + (at - knee) * slope)[:, None]
    return torch.minimum((at - left) / (centre - left), (right - at) / (right - centre)).clamp(min=0).float()


class LogMel(nn.Module):
    """Speech [batch, samples] to log-mel energies [batch, frames, bands]."""

    def __init__(self) -> None:
        super().__init__()
        self.register_buffer("window", torch.hamming_window(FRAME, periodic=False))
        self.register_buffer("filters", mel_filters())

    def power(self, speech: Tensor) -> Tensor:
        """Power spectra [batch, frames, bins] of speech that has been brought to a level."""
        frames = speech.unfold(-1, FRAME, HOP)
        frames = frames - frames.mean(-1, keepdim=True)
        before = torch.cat([frames[..., :1], frames[..., :-1]], -1)
        spectra = torch.fft.rfft((frames - PRE_EMPHASIS * before) * self.window, FFT)
        return spectra.real.square() + spectra.imag.square()

    def forward(self, speech: Tensor) -> Tensor:
        rms = speech.square().mean(-1, keepdim=True).sqrt()
        return torch.log(self.power(speech * (LEVEL / (rms + 1e-6))) @ self.filters + FLOOR)
