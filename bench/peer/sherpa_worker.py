#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""sherpa-onnx, one thread: a line "enroll" in, a line of JSON with the seconds out.

Run by compare.py as: python sherpa_worker.py FILE [MODEL]. Without a model it runs an ECAPA-512 of random weights.
"""
import json
import os
import sys
import tempfile
import time

import onnx
import sherpa_onnx
import soundfile

import ecapa


# What sherpa-onnx wants to be told of CAM++.
METADATA = {
    "framework": "3d-speaker",
    "language": "Chinese",
    "url": "",
    "comment": "",
    "sample_rate": "16000",
    "output_dim": "192",
    "normalize_samples": "1",
    "feature_normalize_type": "global-mean",
}


def described(source, copy):
    model = onnx.load(source)
    onnx.helper.set_model_props(model, {**METADATA, **{prop.key: prop.value for prop in model.metadata_props}})
    onnx.save(model, copy)


def main():
    file = sys.argv[1]
    with tempfile.TemporaryDirectory() as folder:
        model = os.path.join(folder, "model.onnx")
        if len(sys.argv) > 2:
            described(sys.argv[2], model)
        else:
            ecapa.write(model)
        config = sherpa_onnx.SpeakerEmbeddingExtractorConfig(model=model, num_threads=1, provider="cpu")
        extractor = sherpa_onnx.SpeakerEmbeddingExtractor(config)
    print(json.dumps({"sherpa-onnx": sherpa_onnx.__version__}), flush=True)
    for _ in sys.stdin:
        start = time.perf_counter()
        samples, rate = soundfile.read(file, dtype="float32", always_2d=True)
        stream = extractor.create_stream()
        stream.accept_waveform(rate, samples[:, 0])
        stream.input_finished()
        extractor.compute(stream)
        print(json.dumps({"seconds": time.perf_counter() - start}), flush=True)


if __name__ == "__main__":
    main()
