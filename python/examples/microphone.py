"""Enrolls somebody from a microphone, whose samples come as 16-bit numbers on standard input.

arecord -q -t raw -f S16_LE -r 16000 -c 1 -d 15 | python microphone.py ada 16000
"""

import sys

import numpy as np

import voiceroll


def main(speaker_id: str, sample_rate: int) -> None:
    samples = np.frombuffer(sys.stdin.buffer.read(), dtype="<i2")
    recording = voiceroll.Recording.from_samples(samples, sample_rate)
    with voiceroll.Registry.open("voices.db") as registry:
        inspection = registry.inspect(recording)
        for problem in inspection.problems:
            print(f"{problem.severity}: {problem.code}. {problem.advice}")
        if not inspection.accepted:
            sys.exit("nothing was enrolled")
        enrollment = registry.enroll(speaker_id, recording)
    print(f"{enrollment.speech_seconds:.1f} s of speech, {enrollment.missing_seconds:.1f} s missing")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
