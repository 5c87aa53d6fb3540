"""The lints, a module each. The name of the module is the code, and its docstring the page."""

from __future__ import annotations

from harness.lint.codes import (
    choice_cannot_match,
    code_shared,
    count_in_fractions,
    criterion_without_submit,
    decision_reads_fact,
    disclosure_incomplete,
    fact_never_read,
    ignore_unknown,
    ignore_unused,
    ignore_without_reason,
    issued_not_a_date,
    key_order,
    measure_misspelt,
    module_never_used,
    parameter_never_used,
    parameter_without_reference,
    question_without_mark,
    reference_lapsed,
    reference_never_cited,
    reference_unverified,
    reference_without_identifier,
    review_past,
    rule_never_read,
    rule_without_reference,
    says_incomplete,
    summary_hard_to_read,
    threshold_decides_nothing,
    threshold_without_unit,
    topic_never_used,
)
from harness.lint.lint import Lint

# In the order of the documentation's index: what a policy says, what it rests on, what nothing uses, what decides
# otherwise than it seems, how it is written.
LOOKING = (
    Lint.of(says_incomplete.find),
    Lint.of(criterion_without_submit.find),
    Lint.of(question_without_mark.find),
    Lint.of(summary_hard_to_read.find),
    Lint.of(rule_without_reference.find),
    Lint.of(parameter_without_reference.find),
    Lint.of(disclosure_incomplete.find),
    Lint.of(reference_lapsed.find),
    Lint.of(reference_unverified.find),
    Lint.of(reference_without_identifier.find),
    Lint.of(issued_not_a_date.find),
    Lint.of(review_past.find, asks_date=True),
    Lint.of(fact_never_read.find),
    Lint.of(parameter_never_used.find),
    Lint.of(rule_never_read.find),
    Lint.of(topic_never_used.find),
    Lint.of(module_never_used.find),
    Lint.of(reference_never_cited.find),
    Lint.of(decision_reads_fact.find),
    Lint.of(threshold_without_unit.find),
    Lint.of(threshold_decides_nothing.find),
    Lint.of(count_in_fractions.find),
    Lint.of(choice_cannot_match.find),
    Lint.of(code_shared.find),
    Lint.of(measure_misspelt.find),
    Lint.of(key_order.find),
)
# About the comments that ignore the others; these cannot be ignored.
ABOUT_IGNORES = (Lint.of(ignore_without_reason.find), Lint.of(ignore_unknown.find))
UNUSED = Lint.of(ignore_unused.find)  # of the comments that are left once each warning has taken its own

LINTS = {lint.code: lint for lint in (*LOOKING, *ABOUT_IGNORES, UNUSED)}
