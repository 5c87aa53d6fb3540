"""The order of the questions, beside every other way of asking on policies small enough to try them all."""

from __future__ import annotations

from harness.questionnaire.standing import Standing
from tests.questionnaire.kit import as_declared, fewest_needed, greedy, most_asked, nothing_known, small_policy


def test_no_worst_case_is_worse_than_asking_in_the_order_of_the_policy_and_nearly_all_are_best() -> None:
    best = tried = 0
    for seed in range(40):
        policy = small_policy(seed, 3 + seed % 4)
        start = Standing.of(policy, nothing_known(policy))
        asked = most_asked(start, greedy)
        assert asked <= most_asked(start, as_declared), f"seed {seed}"
        tried += 1
        best += asked == fewest_needed(start)
    assert best >= tried - 1, f"the best way was found for {best} of {tried}"
