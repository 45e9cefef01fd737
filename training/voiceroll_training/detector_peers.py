"""The peers that the detector is measured beside, with the detector's own rules for segments."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import numpy as np

BRIDGED = 0.3
SHORTEST = 0.1


def seconds(voices: np.ndarray, frame: float, threshold: float) -> float:
    """Seconds of speech by the rules of `core/src/audio/speech.rs`. `frame`: seconds of one."""
    spans: list[list[int]] = []
    for at in np.flatnonzero(voices >= threshold):
        if spans and at - spans[-1][1] <= int(BRIDGED / frame):
            spans[-1][1] = at + 1
        else:
            spans.append([at, at + 1])
    return sum(end - start for start, end in spans if end - start > int(SHORTEST / frame)) * frame


class Silero:
    """Silero VAD, run frame by frame on its published network, if the package is installed."""

    FRAME = 512
    CONTEXT = 64

    def __init__(self) -> None:
        import onnxruntime

        spec = importlib.util.find_spec("silero_vad")
        if spec is None or spec.origin is None:
            raise ModuleNotFoundError("silero_vad")
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        path = Path(spec.origin).parent / "data" / "silero_vad.onnx"
        self.session = onnxruntime.InferenceSession(str(path), options)

    def seconds(self, samples: np.ndarray) -> float:
        state = np.zeros((2, 1, 128), np.float32)
        padded = np.concatenate((np.zeros(self.CONTEXT, np.float32), samples.astype(np.float32)))
        voices = []
        for start in range(0, len(samples) - self.FRAME + 1, self.FRAME):
            part = padded[None, start : start + self.CONTEXT + self.FRAME]
            voice, state = self.session.run(None, {"input": part, "state": state, "sr": np.array(16000)})
            voices.append(voice[0, 0])
        return seconds(np.array(voices), self.FRAME / 16000, 0.5)
