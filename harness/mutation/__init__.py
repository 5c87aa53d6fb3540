"""Mutation: whether the tests of a policy would notice a small mistake in it."""

from harness.mutation.mutants import mutants
from harness.mutation.report import mutation_data, mutation_text, percent_killed
from harness.mutation.run import Fate, Tried, running_under, tried

__all__ = [
    "Fate",
    "Tried",
    "mutants",
    "mutation_data",
    "mutation_text",
    "percent_killed",
    "running_under",
    "tried",
]
