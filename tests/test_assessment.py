"""What an assessment names as its reasons, its remedies and its presumptions, on small policies."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from harness import assess, read_case, read_policies, render
from harness.model.assessment import Assessment, NodeKind, Role
from harness.model.values import Outcome

HEAD = """\
policy: test/small
title: Small
summary: A small policy.
status: active
effective: {from: "2026-01-01"}
topics: [{id: all, title: All}]
facts:
  x.a: {question: "A?", type: boolean}
  x.b: {question: "B?", type: boolean}
  x.c: {question: "C?", type: boolean, presumed: false}
rules:
"""
Small = Callable[..., Assessment]


@pytest.fixture
def small(tmp_path: Path) -> Small:
    """Assess a case of facts under a policy of rules, written in a few words each."""

    def made(rules: dict[str, str], decision: str, **facts: bool) -> Assessment:
        lines = [f"  - {{id: {name.split()[1]}, kind: {name.split()[0]}, title: {name.split()[1]}, when: {when}}}\n"
                 for name, when in rules.items()]  # fmt: skip
        folder = tmp_path / "policies/test/small"
        folder.mkdir(parents=True, exist_ok=True)
        listed = "".join(lines) if lines else "  []\n"
        text = HEAD.rstrip("\n") + ("\n" if lines else "") + listed
        (folder / "2026-01-01.yaml").write_text(f"{text}decision: {{necessary_when: {decision}}}\n", "utf-8")
        stated = "".join(f"  x.{name}: {str(value).lower()}\n" for name, value in facts.items())
        case = 'case: small\nrequest: {date: "2026-02-01", services: [{policy: test/small}]}\n'
        (tmp_path / "case.yaml").write_text(case + (f"facts:\n{stated}" if stated else ""), "utf-8")
        policies = read_policies(tmp_path / "policies")
        return assess(policies, read_case(tmp_path / "case.yaml", policies))[0]

    return made


A, B, C = ("{fact: x.a, is: true}", "{fact: x.b, is: true}", "{fact: x.c, is: true}")


def reasons(assessment: Assessment) -> list[str]:
    return [f.rule for f in assessment.findings if f.role is Role.DEFICIENCY]


def remedies(assessment: Assessment) -> list[list[str]]:
    return [[step.rule for step in remedy.steps] for remedy in assessment.remedies]


def test_a_criterion_that_must_not_be_met_is_no_deficiency_when_it_is_not(small: Small) -> None:
    for decision in ("{not: {rule: c}}", "{rule: c, status: not_met}"):
        good = small({"criterion c": A}, decision, a=False)
        assert good.outcome is Outcome.MEDICALLY_NECESSARY
        assert reasons(good) == []
        bad = small({"criterion c": A}, decision, a=True)
        assert bad.outcome is Outcome.NOT_MEDICALLY_NECESSARY
        assert reasons(bad) == ["c"]


def test_what_the_decision_reads_off_a_fact_is_a_reason_too(small: Small) -> None:
    bad = small({"criterion r": B}, "{all: [{rule: r}, " + A + "]}", a=False, b=True)
    assert bad.outcome is Outcome.NOT_MEDICALLY_NECESSARY
    assert reasons(bad) == ["decision"]
    assert "X a: yes: not met." in render([bad], "text")


def test_a_definition_that_fails_is_named_beside_a_criterion_that_fails(small: Small) -> None:
    rules = {"criterion r": A, "definition d": B}
    bad = small(rules, "{all: [{rule: r}, {rule: d}]}", a=False, b=False)
    assert reasons(bad) == ["r", "d"]
    assert remedies(bad) == [["r", "d"]]


def test_a_definition_over_criteria_is_not_named_itself(small: Small) -> None:
    rules = {"criterion r": A, "criterion s": B, "definition d": "{all: [{rule: r}, {rule: s}]}"}
    assert reasons(small(rules, "{rule: d}", a=False, b=True)) == ["r"]


def test_remedies_are_the_smallest(small: Small) -> None:
    rules = {f"criterion c{n}": A for n in range(39)}
    one, other = (", ".join(f"{{rule: c{n}}}" for n in numbers) for numbers in (range(20), range(19, 39)))
    found = remedies(small(rules, f"{{all: [{{any: [{one}]}}, {{any: [{other}]}}]}}"))
    assert found[0] == ["c19"]
    assert not any("c19" in rest for rest in found[1:])


def test_a_remedy_by_the_criterions_own_fact_is_not_lost(small: Small) -> None:
    rules = {"criterion inner": B, "criterion outer": "{any: [" + A + ", {rule: inner}]}"}
    found = small(rules, "{rule: outer}", b=False)
    assert sorted(remedies(found)) == [["inner"], ["outer"]]
    steps = {remedy.steps[0].rule: remedy.steps[0].document_can_settle for remedy in found.remedies}
    assert steps == {"inner": False, "outer": True}


def test_advice_lists_the_presumptions_it_rests_on(small: Small) -> None:
    advised = small({"criterion r": A, "pitfall p": "{not: " + C + "}"}, "{rule: r}", a=True)
    assert [(p.fact, p.rules) for p in advised.presumptions] == [("x.c", ("p",))]


def test_the_tree_opens_a_rule_where_it_matters(small: Small) -> None:
    rules = {"exception e": B, "criterion r": A}
    decision = "{all: [{any: [{rule: e}, {rule: r}]}, {rule: r}]}"
    tree = small(rules, decision, a=False, b=True).decision
    waived, mattering = tree.children[0].children[1], tree.children[1]
    assert (waived.matters, waived.children) == (False, ())
    assert mattering.matters
    assert [child.kind for child in mattering.children] == [NodeKind.FACT]


def test_an_exception_that_the_decision_does_not_read_is_not_listed(small: Small) -> None:
    found = small({"exception e": B, "criterion r": A}, "{rule: r}", b=True)
    assert [f.rule for f in found.findings] == ["r"]


@pytest.mark.parametrize("link", ["{rule: r%d}", "{all: [{rule: r%d}, {any: [" + A + "]}]}"])
def test_a_long_chain_is_assessed_or_refused_never_a_crash(small: Small, link: str) -> None:
    deep = 60
    rules = {"criterion r0": A} | {f"criterion r{n}": link % (n - 1) for n in range(1, deep)}
    found = small(rules, f"{{rule: r{deep - 1}}}")
    for form in ("text", "markdown", "html", "json"):
        assert render([found], form)


def test_every_deficiency_is_in_the_list_of_documents(small: Small) -> None:
    found = small({"criterion r": A, "criterion s": B}, "{all: [{rule: r}, {rule: s}]}")
    assert [(d.submit, d.rules) for d in found.documents_required] == [
        ("What shows: r", ("r",)),
        ("What shows: s", ("s",)),
    ]


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
def test_where_fewer_than_all_suffice_the_report_says_so(small: Small, form: str) -> None:
    rules = {"criterion r": A, "criterion s": B, "criterion t": C}
    of = "{rule: r}, {rule: s}, {rule: t}"
    some = render([small(rules, f"{{count: {{at_least: 2, of: [{of}]}}}}")], form)
    assert "At least 2 of these 3: r; s; t" in some
    every = render([small(rules, f"{{count: {{at_least: 3, of: [{of}]}}}}")], form)
    assert "At least 3 of these 3:" not in every
