"""In which order to ask: each time the question whose worst answer leaves the fewest open (a greedy minimax)."""

from __future__ import annotations

from dataclasses import dataclass

from harness.model.values import Outcome
from harness.questionnaire.standing import Answer, Standing


@dataclass(frozen=True, slots=True)
class Step:
    """What is asked next, and how things stand after the answer that leaves the most open."""

    asked: str
    worst: Standing


def path(start: Standing) -> list[str]:
    """What to ask one after the other, each answer taken to be the one that leaves the most open."""
    found: list[str] = []
    standing = start
    while (step := next_step(standing)) is not None:
        found.append(step.asked)
        standing = step.worst
    return found


def next_step(standing: Standing) -> Step | None:
    """Ties go to what one answer can settle, then to what the decision reads first; None when nothing is needed."""
    best: tuple[tuple[int, bool], Step] | None = None
    for asked in standing.open():
        most = None if best is None else best[0][0]
        tried = _worst(standing, asked, most)
        if tried is None:
            continue
        left, settles, worst = tried
        key = (left, not settles)
        if best is None or key < best[0]:
            best = key, Step(asked, worst)
    return None if best is None else best[1]


def _worst(standing: Standing, asked: str, most: int | None) -> tuple[int, bool, Standing] | None:
    """How much the worst answer leaves open, and whether some answer leaves nothing; None when it is more than most."""
    left, settles, worst = -1, False, standing
    for answer in standing.answers(asked):
        after = standing.after(answer)
        now = len(after.open())
        settles = settles or now == 0
        if most is not None and now > most:
            return None
        if now > left:
            left, worst = now, after
    return left, settles, worst


def settling(standing: Standing, asked: str) -> list[tuple[Answer, Outcome]]:
    """The answers to one question that settle the outcome at once, whatever else is open."""
    after = ((answer, standing.after(answer).outcomes()) for answer in standing.answers(asked))
    return [(answer, next(iter(outcomes))) for answer, outcomes in after if len(outcomes) == 1]
