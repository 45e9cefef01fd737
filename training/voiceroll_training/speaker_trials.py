"""Verification trials: scores, error rates, and intervals over speakers."""

import csv
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

CONDITIONS = ("cross-session", "cross-session-two-enrolments", "cross-chapter", "accented", "clean", "words")


@dataclass(frozen=True)
class Trial:
    enroll: tuple[str, ...]
    test: str
    target: bool
    condition: str
    enroll_speaker: str
    test_speaker: str
    row: dict[str, str]
    """The line of the file as it stands."""


def read_trials(path: Path) -> list[Trial]:
    with path.open(encoding="utf-8", newline="") as lines:
        return [
            Trial(
                enroll=tuple(row["enroll"].split(";")),
                test=row["test"],
                target=row["target"] == "1",
                condition=row["condition"],
                enroll_speaker=row["enroll_speaker"],
                test_speaker=row["test_speaker"],
                row=row,
            )
            for row in csv.DictReader(lines)
        ]


HALVES = ("watch", "report")


def half(trials: list[Trial], which: str) -> list[Trial]:
    """The trials among speakers with an even number ("watch": for choosing) or an odd one ("report": for figures that
    are given). Trials between the two halves, all of impostors, are in neither. Recordings that are in one half only
    never meet the other, so nothing that was chosen on the first was chosen on the second."""
    if which not in HALVES:
        raise ValueError(f"no half is called {which}")
    odd = which == "report"

    def belongs(speaker: str) -> bool:
        return int(speaker.rsplit("-", 1)[1]) % 2 == odd

    return [t for t in trials if belongs(t.enroll_speaker) and belongs(t.test_speaker)]


def files(trials: Iterable[Trial]) -> list[str]:
    return sorted({path for trial in trials for path in (*trial.enroll, trial.test)})


def unit(vector: np.ndarray) -> np.ndarray:
    return vector / (np.linalg.norm(vector, axis=-1, keepdims=True) + 1e-12)


Embedding = Callable[[str], np.ndarray]


def scores(trials: list[Trial], enrolled: Embedding, tested: Embedding | None = None) -> np.ndarray:
    """The cosine of each trial; several enrolments are averaged as unit vectors."""
    tested = tested or enrolled
    return np.array(
        [float(unit(np.mean([enrolled(path) for path in t.enroll], axis=0)) @ tested(t.test)) for t in trials]
    )


def rates(scores: np.ndarray, targets: np.ndarray, weights: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Share of targets refused and of impostors accepted, at each threshold from the highest down."""
    order = np.argsort(-scores, kind="stable")
    hit, weight = targets[order], weights[order]
    accepted, fooled = np.cumsum(weight * hit), np.cumsum(weight * ~hit)
    return 1 - accepted / accepted[-1], fooled / fooled[-1]


def eer(scores: np.ndarray, targets: np.ndarray, weights: np.ndarray | None = None) -> float:
    """Equal error rate, 0 to 1."""
    missed, fooled = rates(scores, targets, np.ones(len(scores)) if weights is None else weights)
    at = np.argmin(np.abs(missed - fooled))
    return float(missed[at] + fooled[at]) / 2


def min_dcf(scores: np.ndarray, targets: np.ndarray, prior: float = 0.01) -> float:
    """Least detection cost at a prior of targets, relative to deciding without listening."""
    missed, fooled = rates(scores, targets, np.ones(len(scores)))
    return float(min(np.min(prior * missed + (1 - prior) * fooled) / prior, 1.0))


def eer_of_equal_callers(trials: list[Trial], scores: np.ndarray) -> float:
    """The rate when each enrolled speaker counts the same, however many trials it has."""
    counts = Counter((t.enroll_speaker, t.target) for t in trials)
    weights = np.array([1 / counts[t.enroll_speaker, t.target] for t in trials])
    return eer(scores, np.array([t.target for t in trials]), weights)


def resampled(
    trials: list[Trial], systems: list[np.ndarray], rounds: int = 1000, seed: int = 0
) -> np.ndarray:
    """Error rates [rounds, systems] when speakers are drawn anew, the same draw for all systems.

    A trial of impostors counts by the product of its two speakers' draws, a target trial by its one.
    """
    names = sorted({t.enroll_speaker for t in trials} | {t.test_speaker for t in trials})
    number = {name: n for n, name in enumerate(names)}
    first = np.array([number[t.enroll_speaker] for t in trials])
    second = np.array([number[t.test_speaker] for t in trials])
    targets = np.array([t.target for t in trials])
    random = np.random.default_rng(seed)
    drawn = []
    while len(drawn) < rounds:
        counts = np.bincount(random.integers(0, len(names), len(names)), minlength=len(names))
        weights = np.where(targets, counts[first], counts[first] * counts[second]).astype(float)
        if weights[targets].sum() > 0 and weights[~targets].sum() > 0:
            drawn.append([eer(system, targets, weights) for system in systems])
    return np.array(drawn)


@dataclass(frozen=True)
class Result:
    """What one condition came to; rates in %."""

    condition: str
    eer: float
    low: float
    high: float
    equal_callers: float
    min_dcf: float
    targets: int
    impostors: int


def summarize(trials: list[Trial], scores: np.ndarray, rounds: int = 1000) -> list[Result]:
    results = []
    for condition in CONDITIONS:
        chosen = [n for n, t in enumerate(trials) if t.condition == condition]
        if len({trials[n].target for n in chosen}) < 2:
            continue
        of_condition, score = [trials[n] for n in chosen], scores[chosen]
        targets = np.array([t.target for t in of_condition])
        low, high = np.percentile(resampled(of_condition, [score], rounds), [2.5, 97.5]) if rounds else (0, 0)
        results.append(
            Result(
                condition,
                100 * eer(score, targets),
                100 * float(low),
                100 * float(high),
                100 * eer_of_equal_callers(of_condition, score),
                min_dcf(score, targets),
                int(targets.sum()),
                int((~targets).sum()),
            )
        )
    return results


def write_scores(path: Path, trials: list[Trial], scores: np.ndarray) -> None:
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, [*trials[0].row, "score"])
        writer.writeheader()
        writer.writerows({**t.row, "score": f"{score:.6f}"} for t, score in zip(trials, scores))
