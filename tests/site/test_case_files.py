"""Case files of the self-check: the program accepts what it saves, with the same outcome."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from harness import assess, read_case
from harness.cases import case_of
from harness.errors import Mistakes
from harness.evaluate import evaluate, outcome_of
from harness.model.policy import Policies, Policy
from harness.model.values import Interval, Value
from harness.strict_yaml import Json, parse_yaml
from tests.site.conftest import ROOT, SHIPPED, Node
from tests.site.vectors import Stated, readings_of, shipped, write

FILES = sorted([*ROOT.glob("examples/*/case.yaml"), *ROOT.glob("tests/**/*.yaml"), *ROOT.glob("policies/**/*.yaml")])
VERSIONS = list(SHIPPED.all())
FOUNDING = "spine/thoracolumbar-decompression"


def plain(content: Json) -> Any:
    """Content as the script tells it: its numbers as they are written."""
    match content:
        case dict():
            return {key: plain(value) for key, value in content.items()}
        case list():
            return [plain(value) for value in content]
        case int() | Decimal() if not isinstance(content, bool):
            return {"number": str(content)}
        case _:
            return content


def read_both(node: Node, files: list[Path]) -> Iterator[tuple[Path, Any, dict[str, Any]]]:
    """Each file with what the program reads of it, None when it refuses, and what the script does."""
    done = node("read_yaml.js", *files)
    assert done.returncode == 0, done.stderr
    for file, line in zip(files, done.stdout.splitlines(), strict=True):
        mistakes = Mistakes()
        located = parse_yaml(file.read_text("utf-8", "replace"), file.name, mistakes)
        yield file, None if located is None or mistakes else plain(located.data), json.loads(line)


def test_what_the_script_reads_it_reads_as_the_program_does(node: Node) -> None:
    read = refused = 0
    for file, ours, theirs in read_both(node, FILES):
        if "holds" in theirs:
            assert theirs["holds"] == ours, file
            read += 1
        elif ours is not None:
            assert file.name != "case.yaml" or "bad" in file.parts, f"{file}: {theirs['refused']}"
            refused += 1
    assert read > 100
    assert refused < read


HOSTILE = {
    "an anchor": "case: &a x\nrequest: 1\n",
    "an alias": "case: *a\n",
    "a tag": "case: !!str x\n",
    "a block": "case: |\n  x\n",
    "a folded block": "case: >-\n  x\n",
    "a long text": "case: some words\n  that go on\n",
    "quotes over two lines": 'case: "some words\n  that go on"\n',
    "a key twice": "case: x\ncase: y\n",
    "a tab": "case:\n\tx: 1\n",
    "a bare date": "case: 2025-11-24\n",
    "yes": "case: yes\n",
    "null": "case: null\n",
    "nothing": "case:\n",
    "octal": "case: 010\n",
    "an exponent": "case: 1e3\n",
    "too many decimals": "case: 0.1234567\n",
    "too large": "case: 1000000001\n",
    "two documents": "case: x\n---\ncase: y\n",
    "merge": "<<: {a: b}\n",
    "open brackets": "case: [a, b\n",
    "a colon in a word": "case: a: b\n",
    "a control character": "case: \x07x\n",
    "another line break": "case: a\u2028b\n",
    "a bad escape": 'case: "\\q"\n',
    "deep": "case: " + "[" * 60 + "]" * 60 + "\n",
    "an empty file": "",
    "a comment alone": "# nothing\n",
}


ONLY_HERE = {"a block", "a folded block", "a long text", "quotes over two lines"}  # refused by the script alone


def test_what_the_program_refuses_the_script_refuses_with_a_line(node: Node, tmp_path: Path) -> None:
    files = []
    for name, text in HOSTILE.items():
        file = tmp_path / f"{name}.yaml"
        file.write_bytes(text.encode())
        files.append(file)
    for file, ours, theirs in read_both(node, files):
        assert theirs["refused"].startswith("line "), file.name
        assert ours is None or file.stem in ONLY_HERE, file.name


def possible(policy: Policy, number: int) -> Iterator[Stated]:
    """What a case can state, on days on which the version is in force."""
    for stated in shipped(policy, number):
        age, day = stated.get("patient.age"), stated["request.date"]
        assert isinstance(day, Interval)
        assert day.low is not None
        if isinstance(age, Interval) and not (age.is_point and age.low == round(age.low or 0) and age.low <= 130):
            del stated["patient.age"]
        if SHIPPED.in_force(policy.id, date.fromordinal(int(day.low))) is policy:
            yield stated


def value_of(facts: Any, fact: str) -> tuple[str, Value | None]:
    return facts[fact].state.value, facts[fact].value


@pytest.mark.parametrize("policy", VERSIONS, ids=[policy.version for policy in VERSIONS])
def test_a_saved_case_reads_as_it_was_typed_and_ends_alike(policy: Policy, node: Node, tmp_path: Path) -> None:
    cases = list(possible(policy, 60))
    write(tmp_path / "vectors.jsonl", policy, cases)
    done = node("write_cases.js", tmp_path / "vectors.jsonl")
    assert done.returncode == 0, done.stderr
    for number, (stated, line) in enumerate(zip(cases, done.stdout.splitlines(), strict=True)):
        saved = json.loads(line)
        mistakes = Mistakes()
        located = parse_yaml(saved["text"], "case.yaml", mistakes)
        case = None if located is None else case_of(located, tmp_path, SHIPPED, mistakes)
        assert not [mistake.message for mistake in mistakes], saved["text"]
        assert case is not None
        assert saved["again"], saved["text"]
        facts, typed = case.services[0].facts, readings_of(policy, stated)
        assert {f: value_of(facts, f) for f in policy.facts} == {f: value_of(typed, f) for f in policy.facts}
        assert saved["outcome"] == outcome_of(policy, facts, evaluate(policy, facts)).value
        if number < 3:
            assert assess(SHIPPED, case)[0].outcome.value == saved["outcome"]


def load(node: Node, tmp_path: Path, policy: Policy, *texts: str) -> list[dict[str, Any]]:
    write(tmp_path / "vectors.jsonl", policy, [])
    files = []
    for number, text in enumerate(texts):
        files.append(tmp_path / f"{number}.yaml")
        files[-1].write_text(text, "utf-8")
    done = node("write_cases.js", tmp_path / "vectors.jsonl", *files)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_the_examples_without_treatment_records_end_as_in_the_program(
    node: Node, tmp_path: Path, policies: Policies
) -> None:
    compared = 0
    for policy in VERSIONS:
        files = []
        for file in sorted(ROOT.glob("examples/*/case.yaml")):
            case = read_case(file, policies)
            mine = [one for one in case.services if policies.in_force(one.policy, case.request_date) is policy]
            if mine and not case.episodes:
                files.append((file, assess(policies, case)[case.services.index(mine[0])]))
        for (file, ours), theirs in zip(
            files, load(node, tmp_path, policy, *(f.read_text() for f, _ in files)), strict=True
        ):
            assert theirs["outcome"] == ours.outcome.value, file
            named = [one.rule for one in ours.findings if one.role == "deficiency"]
            assert sorted(theirs["deficiencies"]) == sorted(set(named)), file
            compared += 1
    assert compared >= 10


def request(more: str = "", date_: str = '"2025-11-24"') -> str:
    return f"case: x\nrequest: {{date: {date_}, services: [{{policy: {FOUNDING}}}]}}\n{more}"


REFUSED = {
    'case: x\nrequest: {date: "2025-11-24", services: [{policy: a/b}]}\n': f"requests no service under `{FOUNDING}`",
    request(date_="x"): "no `date`",
    request("surprise: 1\n"): "unknown key `surprise`",
    request("facts: {pain.days: 3}\n"): "reads no fact `pain.days`",
    request("facts: {request.level: T12/L1}\n"): "does not belong under `facts`",
    request("facts: {pain.intractable: maybe}\n"): "`pain.intractable` is neither true nor false",
    request("facts: {imaging.side: upper}\n"): "`imaging.side` is not one of its choices",
    request("facts: {pain.exacerbation: -1}\n"): "outside the bounds",
    request("facts: {pain.exacerbation: {value: 1, unit: mo}}\n"): "another unit",
    request("facts: {pain.exacerbation: {at_least: 3, at_most: 2}}\n"): "ends before it begins",
    request('facts: {imaging.date: "2025-11-25"}\n'): "after the request date",
    request('facts: {imaging.date: "2025-02-30"}\n'): "not a date",
    request("facts: {pain.intractable: [{value: true}, {value: false}]}\n"): "different values",
    request("patient: {age: 131}\n"): "`age`",
}  # fmt: skip


def test_what_no_form_can_hold_is_refused_without_its_values(node: Node, tmp_path: Path, policies: Policies) -> None:
    told = load(node, tmp_path, policies.versions[FOUNDING][-1], *REFUSED)
    for message, one in zip(REFUSED.values(), told, strict=True):
        assert message in one.get("refused", "loaded"), one


def test_what_is_left_aside_is_told(node: Node, tmp_path: Path, policies: Policies) -> None:
    more = 'episodes: [{kind: physical_therapy}]\ndocuments: [{id: a, type: b}]\npatient: {birth_date: "1967-03-02"}\n'
    (one,) = load(node, tmp_path, policies.versions[FOUNDING][-1], request(more))
    assert [notice.split(",")[0] for notice in one["notices"]] == [
        "The file has 1 treatment record",
        "Documents and evidence were not taken up; this page holds answers only.",
    ]
    assert "patient.age" in one["stated"]
