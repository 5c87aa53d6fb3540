"""Synthetic cases of one policy: plausible ones drawn at random, and cases that the solver finds at its edges."""

from harness.sampling.boundary import Boundary, Edges, edges_of, found_at
from harness.sampling.files import FORMS, write_rows
from harness.sampling.plan import Plan, plan_of
from harness.sampling.rows import SHARE, Sample, sample_of
from harness.sampling.span import Span, span_of

__all__ = [
    "FORMS",
    "SHARE",
    "Boundary",
    "Edges",
    "Plan",
    "Sample",
    "Span",
    "edges_of",
    "found_at",
    "plan_of",
    "sample_of",
    "span_of",
    "write_rows",
]
