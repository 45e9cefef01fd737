#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Whether the errors that `bench/conversations.py` counts are those of pyannote.metrics.

Run:  python3 -m venv VENV && VENV/bin/pip install numpy scipy soundfile pyannote.core pyannote.metrics
      VENV/bin/python bench/agreement.py

Draws people who talk at once, and answers that have nothing to do with them; ends with 1 where the two DERs
differ by 0.0001, with collars of 0 and 0.25 s, with overlapping speech and without.
"""
import sys
import warnings

import numpy as np

from conversations import errors

ROUNDS = 30
SECONDS = 60.0


def talk(rng):
    """Three people, each of whom speaks and pauses without listening to the others."""
    turns = []
    for who in "abc":
        at = 0.0
        while at < SECONDS:
            start = round(at + rng.uniform(1, 8), 2)
            end = round(min(start + rng.uniform(1.5, 6), SECONDS), 2)
            if start < end:
                turns.append((start, end, who))
            at = end + 0.5
    return turns


def main():
    warnings.filterwarnings("ignore")
    from pyannote.core import Annotation, Segment, Timeline
    from pyannote.metrics.diarization import DiarizationErrorRate

    def annotation(turns):
        made = Annotation()
        for number, (start, end, who) in enumerate(turns):
            made[Segment(start, end), number] = who
        return made

    rng, worst = np.random.default_rng(1), 0.0
    for _ in range(ROUNDS):
        said, heard = talk(rng), talk(rng)
        truth = {"duration": SECONDS, "turns": said}
        segments = [{"start": start, "end": end, "speaker_id": who} for start, end, who in heard]
        for collar in (0.0, 0.25):
            for overlap in (True, False):
                ours = errors(truth, segments, collar, overlap)
                ours = (ours["missed"] + ours["made up"] + ours["confused"]) / ours["spoken"]
                # There a collar is the width of what is left out, half of it on each side.
                rate = DiarizationErrorRate(collar=2 * collar, skip_overlap=not overlap)
                theirs = rate(annotation(said), annotation(heard), uem=Timeline([Segment(0, SECONDS + 1)]))
                worst = max(worst, abs(ours - theirs))
    print(f"{4 * ROUNDS} comparisons, the largest difference of two DERs is {worst:.1e}")
    sys.exit(int(worst > 1e-4))


if __name__ == "__main__":
    main()
