"""Makes features.json: what the toolkits themselves compute for one signal, for the front ends to be held against.

`python3 features.py` needs kaldi-native-fbank, librosa and numpy.
"""

import json
from pathlib import Path

import kaldi_native_fbank as knf
import librosa
import numpy as np

RATE, FRAMES = 16_000, [0, 7, 20, 47]


def signal() -> np.ndarray:
    """Half a second of a glide from 100 Hz to 6 kHz over a tone of 440 Hz, with an offset."""
    t = np.arange(RATE // 2) / RATE
    return (0.25 * np.sin(2 * np.pi * (100 * t + 5900 * t**2)) + 0.1 * np.sin(2 * np.pi * 440 * t) + 0.01).astype(
        np.float32
    )


def kaldi(window: str, scale: float) -> np.ndarray:
    options = knf.FbankOptions()
    options.frame_opts.dither = 0
    options.frame_opts.window_type = window
    options.mel_opts.num_bins = 80
    options.mel_opts.high_freq = 0
    bank = knf.OnlineFbank(options)
    bank.accept_waveform(RATE, (signal() * scale).tolist())
    bank.input_finished()
    features = np.stack([bank.get_frame(n) for n in range(bank.num_frames_ready)])
    return features - features.mean(0)


def nemo() -> np.ndarray:
    """NeMo's preprocessor: pre-emphasis, centred Hann frames, Slaney's filters, log, each band normalised."""
    x = signal()
    x = np.concatenate([x[:1], x[1:] - 0.97 * x[:-1]])
    padded = np.pad(x, 256)
    window = np.pad(0.5 - 0.5 * np.cos(2 * np.pi * np.arange(400) / 399), 56)
    frames = np.lib.stride_tricks.sliding_window_view(padded, 512)[::160]
    power = np.abs(np.fft.rfft(frames * window)) ** 2
    features = np.log(power @ librosa.filters.mel(sr=RATE, n_fft=512, n_mels=80).T + 2**-24)
    return (features - features.mean(0)) / (features.std(0, ddof=1) + 1e-5)


def chosen(features: np.ndarray) -> dict:
    return {"count": len(features), "frames": {str(n): [round(float(x), 4) for x in features[n]] for n in FRAMES}}


made = {"wespeaker": chosen(kaldi("hamming", 32768)), "3d-speaker": chosen(kaldi("povey", 1)), "nemo": chosen(nemo())}
(Path(__file__).parent / "features.json").write_text(json.dumps(made) + "\n")
