"""Measures exported networks on the development trials."""

import argparse
import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import onnxruntime
import torch
from torch.nn import functional

from .audio import SAMPLE_RATE, read
from .features import FRAME, LogMel
from .speaker_pitch import periods
from .speaker_teacher import Teacher
from .speaker_trials import (
    CONDITIONS,
    HALVES,
    Trial,
    eer,
    files,
    half,
    read_trials,
    resampled,
    scores,
    summarize,
    unit,
    write_scores,
)

STRETCH_SECONDS = 5.0
"""As in `core/src/voice/mod.rs`."""


class Voices:
    """The recordings of some trials, decoded once."""

    def __init__(self, folder: Path, trials: list[Trial]) -> None:
        self.speech = {path: read(folder / path) for path in files(trials)}


LOG_MEL = LogMel()


@torch.no_grad()
def stretches(speech: np.ndarray, seconds: float = STRETCH_SECONDS) -> list[np.ndarray]:
    """The features [1, frames, bands] of each stretch of about so many seconds."""
    count = max(1, round(len(speech) / (seconds * SAMPLE_RATE)))
    length = -(-len(speech) // count)
    parts = [torch.from_numpy(speech[start : start + length])[None] for start in range(0, len(speech), length)]
    return [LOG_MEL(functional.pad(part, (0, max(0, FRAME - part.shape[1])))).numpy() for part in parts]


class Extractor:
    """Speech to voiceprint as the product does it, with the network given as a function of features."""

    def __init__(self, network: Callable[[np.ndarray], np.ndarray], seconds: float = STRETCH_SECONDS) -> None:
        """`network`: log-mel float32 [1, frames, bands] to an embedding [1, size]. `seconds`: of a stretch."""
        self.network = network
        self.seconds = seconds

    @classmethod
    def of_file(cls, path: Path, seconds: float = STRETCH_SECONDS) -> "Extractor":
        session = open_session(path)
        return cls(lambda mel: session.run(["embedding"], {"mel": mel})[0], seconds)

    def __call__(self, speech: np.ndarray) -> np.ndarray:
        return self.of_stretches(stretches(speech, self.seconds))

    @torch.no_grad()
    def of_stretches(self, parts: list[np.ndarray]) -> np.ndarray:
        vectors = [unit(np.asarray(self.network(part))[0].astype(np.float64)) for part in parts]
        return unit(np.mean(vectors, axis=0))


def open_session(path: Path) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def score_trials(trials: list[Trial], voices: Voices, extractor: Extractor) -> np.ndarray:
    prints = {path: extractor(speech) for path, speech in voices.speech.items()}
    return scores(trials, prints.__getitem__)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("networks", type=Path, nargs="+", help="ONNX files; all are compared with the first")
    parser.add_argument("--trials", type=Path, default=Path("../shared/voices/dev"), help="folder with trials.csv")
    parser.add_argument(
        "--half", choices=HALVES, help="only trials among speakers with an even number (watch) or an odd one (report)"
    )
    parser.add_argument("--teacher", type=Path, help="also measure the teacher, as `speaker teacher` exported it")
    parser.add_argument("--scores", type=Path, help="write each trial's score by the first network")
    parser.add_argument("--json", type=Path, help="write the first network's results")
    parser.add_argument("--durations", action="store_true", help="also measure against the length of speech")
    parser.add_argument("--storage", action="store_true", help="also measure voiceprints stored in fewer bits")
    parser.add_argument("--floor", action="store_true", help="also measure what quiet frames alone give away")
    parser.add_argument("--pitch", action="store_true", help="also measure scores against differences in pitch")
    parser.add_argument("--stretch", type=float, default=STRETCH_SECONDS, help="seconds that go through at once")
    parser.add_argument("--rounds", type=int, default=1000, help="draws of the bootstrap over speakers")


def main(arguments: argparse.Namespace) -> None:
    torch.set_num_threads(1)
    trials = read_trials(arguments.trials / "trials.csv")
    if arguments.half:
        trials = half(trials, arguments.half)
    voices = Voices(arguments.trials, trials)
    systems = {}
    for path in arguments.networks:
        extractor = Extractor.of_file(path, arguments.stretch)
        systems[str(path)] = score_trials(trials, voices, extractor)
        _print_results(str(path), trials, systems[str(path)], arguments.rounds)
    if arguments.teacher:
        teacher = Teacher(arguments.teacher)
        prints = {path: teacher.of_recording(speech, arguments.stretch) for path, speech in voices.speech.items()}
        systems["teacher"] = scores(trials, prints.__getitem__)
        _print_results("teacher", trials, systems["teacher"], arguments.rounds)
    first = arguments.networks[0]
    if arguments.scores:
        write_scores(arguments.scores, trials, systems[str(first)])
    if arguments.json:
        results = summarize(trials, systems[str(first)], arguments.rounds)
        arguments.json.write_text(json.dumps([vars(result) for result in results], indent=1))
    for other in list(systems)[1:]:
        _print_comparison(str(first), other, trials, systems, arguments.rounds)
    if arguments.floor:
        _print_results("quiet frames alone", trials, quiet_scores(trials, voices), arguments.rounds)
    if arguments.durations:
        _print_durations(Extractor.of_file(first, arguments.stretch), trials, voices)
    if arguments.storage:
        _print_storage(Extractor.of_file(first, arguments.stretch), trials, voices)
    if arguments.pitch:
        _print_pitch(trials, voices, systems[str(first)])


def _print_results(name: str, trials: list[Trial], scored: np.ndarray, rounds: int) -> None:
    print(f"\n{name}")
    print(f"{'condition':30} {'EER %':>6} {'95 %':>14} {'equal callers':>13} {'minDCF(.01)':>11} {'targets':>7} impostors")
    for r in summarize(trials, scored, rounds):
        interval = f"{r.low:.1f} to {r.high:.1f}"
        print(
            f"{r.condition:30} {r.eer:6.2f} {interval:>14} {r.equal_callers:13.2f} {r.min_dcf:11.3f}"
            f" {r.targets:7} {r.impostors:9}"
        )


def _print_comparison(first: str, other: str, trials: list[Trial], systems: dict, rounds: int) -> None:
    print(f"\n{first} minus {other}: EER in points, 95 % over the same draws of speakers")
    for condition in CONDITIONS:
        chosen = [n for n, t in enumerate(trials) if t.condition == condition]
        of_condition = [trials[n] for n in chosen]
        if len({t.target for t in of_condition}) < 2:
            continue
        drawn = resampled(of_condition, [systems[first][chosen], systems[other][chosen]], rounds)
        difference = 100 * (drawn[:, 0] - drawn[:, 1])
        low, high = np.percentile(difference, [2.5, 97.5])
        targets = np.array([t.target for t in of_condition])
        here = 100 * (eer(systems[first][chosen], targets) - eer(systems[other][chosen], targets))
        print(f"{condition:30} {here:+6.2f}  {low:+.1f} to {high:+.1f}  better in {np.mean(difference < 0):.0%}")


def quiet_scores(trials: list[Trial], voices: Voices) -> np.ndarray:
    """Scores from the quietest 15 % of frames alone: the room and the device, and hardly the voice.

    Mean cepstra, normalised on the files of each corpus: an advantage that no product has.
    """
    bands = LOG_MEL.filters.shape[1]
    n, k = np.arange(bands), np.arange(20)[:, None]
    cosines = np.cos(np.pi * k * (n + 0.5) / bands)
    means = {}
    for path, speech in voices.speech.items():
        cepstra = LOG_MEL(torch.from_numpy(speech)[None])[0].numpy() @ cosines.T
        quiet = cepstra[:, 0] <= np.percentile(cepstra[:, 0], 15)
        means[path] = cepstra[quiet, 1:].mean(axis=0)
    prints = {}
    for corpus in {path.split("/")[0] for path in means}:
        inside = [path for path in means if path.split("/")[0] == corpus]
        values = np.array([means[path] for path in inside])
        prints |= dict(zip(inside, unit((values - values.mean(axis=0)) / (values.std(axis=0) + 1e-9))))
    return scores(trials, prints.__getitem__)


def _print_durations(extractor: Extractor, trials: list[Trial], voices: Voices) -> None:
    """EER with enrolled and tested speech cut short."""

    def cut(seconds: float | None) -> dict[str, np.ndarray]:
        end = None if seconds is None else int(seconds * SAMPLE_RATE)
        return {name: extractor(speech[:end]) for name, speech in voices.speech.items()}

    whole = cut(None)
    for side, lengths in (("enrolled", (3, 6, 12, 24)), ("tested", (2, 4, 8))):
        print(f"\nEER % by seconds of {side} speech (files that are shorter count with what they have)")
        print(f"{'condition':30} " + " ".join(f"{seconds:6}" for seconds in lengths) + "    all")
        columns = []
        for seconds in (*lengths, None):
            short = cut(seconds)
            enrolled, tested = (short, whole) if side == "enrolled" else (whole, short)
            columns.append(scores(trials, enrolled.__getitem__, tested.__getitem__))
        for condition in CONDITIONS:
            chosen = [n for n, t in enumerate(trials) if t.condition == condition]
            targets = np.array([trials[n].target for n in chosen])
            print(f"{condition:30} " + " ".join(f"{100 * eer(column[chosen], targets):6.2f}" for column in columns))


def _print_pitch(trials: list[Trial], voices: Voices, scored: np.ndarray) -> None:
    """Mean score of one person's trials by how far the median pitch of the two sides is apart."""
    median = {}
    for path, speech in voices.speech.items():
        found = periods(speech)
        median[path] = float(np.log2(SAMPLE_RATE / np.median(found[found > 0])))
    edges = (0, 1, 2, 4, 12)
    print("\nMean score of target trials by difference in median pitch, in semitones (number of trials)")
    print(f"{'condition':30} " + " ".join(f"{f'{low} to {high}':>13}" for low, high in zip(edges, edges[1:])) + "  correlation")
    for condition in CONDITIONS:
        chosen = [n for n, t in enumerate(trials) if t.condition == condition and t.target]
        apart = [12 * abs(np.mean([median[p] for p in trials[n].enroll]) - median[trials[n].test]) for n in chosen]
        apart, score = np.array(apart), scored[chosen]
        bins = [score[(apart >= low) & (apart < high)] for low, high in zip(edges, edges[1:])]
        cells = [f"{part.mean():.2f} ({len(part)})" if len(part) else "-" for part in bins]
        print(f"{condition:30} " + " ".join(f"{cell:>13}" for cell in cells) + f"  {np.corrcoef(apart, score)[0, 1]:+.2f}")


def _print_storage(extractor: Extractor, trials: list[Trial], voices: Voices) -> None:
    """EER with enrolled voiceprints rounded as a store might keep them."""
    whole = {name: extractor(speech) for name, speech in voices.speech.items()}

    def int8(vector: np.ndarray) -> np.ndarray:
        step = np.abs(vector).max() / 127
        return np.round(vector / step) * step

    kept = {"f32": whole, "f16": {name: vector.astype(np.float16).astype(float) for name, vector in whole.items()}}
    kept["int8"] = {name: int8(vector) for name, vector in whole.items()}
    columns = [scores(trials, form.__getitem__, whole.__getitem__) for form in kept.values()]
    print("\nEER % by the form of stored voiceprints\n" + f"{'condition':30} " + " ".join(f"{form:>6}" for form in kept))
    for condition in CONDITIONS:
        chosen = [n for n, t in enumerate(trials) if t.condition == condition]
        targets = np.array([trials[n].target for n in chosen])
        print(f"{condition:30} " + " ".join(f"{100 * eer(column[chosen], targets):6.2f}" for column in columns))
