# SPDX-License-Identifier: Apache-2.0
"""Times Resemblyzer on one recording, round by round: the peer's side of compare.py.

Run by compare.py as: python resemblyzer_worker.py FILE, in an environment that has resemblyzer.
Each line of standard input asks for one round: `inspect` is `preprocess_wav`, which reads, resamples
and trims; `enroll` is that and `embed_utterance`. The answer is one line of JSON with its `seconds`
on the wall. The first line out gives the versions.
Limits: one thread; nothing is stored, since Resemblyzer has no store.
"""
import importlib.metadata
import json
import sys
import time

import torch
from resemblyzer import VoiceEncoder, preprocess_wav


def main():
    path = sys.argv[1]
    torch.set_num_threads(1)
    encoder = VoiceEncoder("cpu", verbose=False)
    names = ["resemblyzer", "librosa", "soundfile", "torch", "numpy"]
    print(json.dumps({name: importlib.metadata.version(name) for name in names}), flush=True)
    rounds = {
        "inspect": lambda: preprocess_wav(path),
        "enroll": lambda: encoder.embed_utterance(preprocess_wav(path)),
    }
    for line in sys.stdin:
        work = rounds[line.strip()]
        start = time.perf_counter()
        work()
        print(json.dumps({"seconds": time.perf_counter() - start}), flush=True)


if __name__ == "__main__":
    main()
