#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""sherpa-onnx with an ECAPA-512, one thread: a line "enroll" in, a line of JSON with the seconds out."""
import json
import os
import sys
import tempfile
import time

import sherpa_onnx
import soundfile

import ecapa


def main():
    file = sys.argv[1]
    with tempfile.TemporaryDirectory() as folder:
        model = os.path.join(folder, "ecapa.onnx")
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
