"""The teacher: CAM++ of 3D-Speaker, heard but not copied.

`speaker teacher` turns the published checkpoint into an ONNX file, which `Teacher` runs. What it says of our training
voices is learned; none of its weights enter the networks that are made here. See `training/README.md` for where to get
the checkpoint and the code of its network.
"""

import argparse
import hashlib
import math
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from .audio import SAMPLE_RATE
from .speaker_fast import bfloat16_pays

SHA256 = "92f29b94e6948786a26778c9e302525d185bb08c8b9f5252ed98776902840199"
SIZE = 192
BANDS = 80
FRAME, HOP, FFT = 400, 160, 512
LOWEST_HZ, HIGHEST_HZ = 20.0, 8000.0
FLOOR = 1.1920929e-07
BATCH = 16


class KaldiFbank(nn.Module):
    """Speech [batch, samples] to Kaldi's log filterbank energies [batch, frames, 80], the mean over time removed."""

    def __init__(self) -> None:
        super().__init__()
        self.register_buffer("window", torch.hann_window(FRAME, periodic=False) ** 0.85)

        def mel(hertz: Tensor) -> Tensor:
            return 1127 * torch.log(1 + hertz / 700)

        low, high = mel(torch.tensor([LOWEST_HZ, HIGHEST_HZ], dtype=torch.float64))
        edges = torch.linspace(low, high, BANDS + 2, dtype=torch.float64)
        left, centre, right = edges[:-2], edges[1:-1], edges[2:]
        at = mel(torch.arange(FFT // 2, dtype=torch.float64) * SAMPLE_RATE / FFT)[:, None]
        filters = torch.minimum((at - left) / (centre - left), (right - at) / (right - centre)).clamp(min=0)
        self.register_buffer("filters", functional.pad(filters, (0, 0, 0, 1)).float())

    @torch.no_grad()
    def forward(self, speech: Tensor) -> Tensor:
        frames = speech.unfold(-1, FRAME, HOP)
        frames = frames - frames.mean(-1, keepdim=True)
        before = torch.cat([frames[..., :1], frames[..., :-1]], -1)
        spectra = torch.view_as_real(torch.fft.rfft((frames - 0.97 * before) * self.window, FFT))
        energies = torch.log((spectra.square().sum(-1) @ self.filters).clamp(min=FLOOR))
        return energies - energies.mean(1, keepdim=True)


class Teacher:
    """Speech to the teacher's vectors, many windows of one length at a time, in bfloat16 where that is faster."""

    def __init__(self, path: Path) -> None:
        import openvino

        self.core, self.path = openvino.Core(), path
        precision = "bf16" if bfloat16_pays() else "f32"
        self.settings = {"INFERENCE_NUM_THREADS": 1, "NUM_STREAMS": 1, "INFERENCE_PRECISION_HINT": precision}
        self.fbank = KaldiFbank()
        self.compiled: dict[tuple[int, int], object] = {}

    def __call__(self, windows: np.ndarray) -> np.ndarray:
        """Unit vectors [windows, size] of int16 samples [windows, samples]."""
        said = []
        for start in range(0, len(windows), BATCH):
            part = windows[start : start + BATCH].astype(np.float32) / 32_768
            padded = np.concatenate([part, np.tile(part[:1], (BATCH - len(part), 1))]) if len(part) < BATCH else part
            features = self.fbank(torch.from_numpy(np.ascontiguousarray(padded))).numpy()
            said.append(self.network(features)[: len(part)])
        vectors = np.concatenate(said)
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)

    def network(self, features: np.ndarray) -> np.ndarray:
        shape = features.shape[:2]
        if shape not in self.compiled:
            model = self.core.read_model(self.path)
            model.reshape([*shape, BANDS])
            self.compiled[shape] = self.core.compile_model(model, "CPU", self.settings).create_infer_request()
        return next(iter(self.compiled[shape].infer({0: features}).values())).copy()

    def of_recording(self, speech: np.ndarray, seconds: float) -> np.ndarray:
        """One unit vector: the mean over stretches of about so many seconds, as the product makes voiceprints."""
        count = max(1, round(len(speech) / (seconds * SAMPLE_RATE)))
        length = math.ceil(len(speech) / count)
        vectors = []
        for start in range(0, len(speech), length):
            part = speech[start : start + length]
            features = self.fbank(torch.from_numpy(np.pad(part, (0, max(0, FRAME - len(part)))))[None]).numpy()
            vector = self.free(features)[0]
            vectors.append(vector / np.linalg.norm(vector))
        mean = np.mean(vectors, axis=0)
        return mean / np.linalg.norm(mean)

    def free(self, features: np.ndarray) -> np.ndarray:
        """As `network`, for any length."""
        if (0, 0) not in self.compiled:
            model = self.core.read_model(self.path)
            self.compiled[0, 0] = self.core.compile_model(model, "CPU", self.settings).create_infer_request()
        return next(iter(self.compiled[0, 0].infer({0: features}).values())).copy()


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("checkpoint", type=Path, help="campplus_cn_en_common.pt")
    parser.add_argument("--out", type=Path, default=Path("target/training/campplus.onnx"))


def main(arguments: argparse.Namespace) -> None:
    from speakerlab.models.campplus.DTDNN import CAMPPlus

    found = hashlib.sha256(arguments.checkpoint.read_bytes()).hexdigest()
    if found != SHA256:
        raise SystemExit(f"{arguments.checkpoint} is not the checkpoint that is meant: its SHA-256 is {found}")
    network = CAMPPlus(feat_dim=BANDS, embedding_size=SIZE)
    network.load_state_dict(torch.load(arguments.checkpoint, map_location="cpu"))
    arguments.out.parent.mkdir(parents=True, exist_ok=True)
    torch.onnx.export(
        network.eval(),
        (torch.zeros(2, 300, BANDS),),
        str(arguments.out),
        input_names=["fbank"],
        output_names=["embedding"],
        dynamic_axes={"fbank": {0: "windows", 1: "frames"}},
        opset_version=14,
        dynamo=False,
    )
