"""A policy that does not disclose all of its grounds.

## What it finds

What a policy leaves out of these, all told at its line `policy:`, also for the rules and parameters of its modules:

- `summary_of_evidence` and `rationale`
- of a criterion or exception: `basis` and `references`
- of a definition, consideration or pitfall that cites sources: `basis`; one that cites none needs none
- of a parameter: `references`
- of a criterion, where a rule of the policy's own has a `relation` to the text of Medicare: its own `relation`

`necessity check --disclosure` counts the same parts.

## Why it matters

A Medicare Advantage plan must publish its internal criteria with a summary of the evidence, the sources and the
rationale (42 CFR 422.101(b)(6)). Whoever disputes a denial asks for the same.

## Avoid

```yaml
rules:
  - id: imaging-recent
    kind: criterion
    topic: care
    title: Imaging within the last six months
    says:
      met: "Recent imaging is documented."
      not_met: "Imaging is not recent."
      undocumented: "The date of imaging is not documented."
    submit: The imaging report
    references:
      - {cite: some-guideline-2020, at: "rec. 2", says: "imaging within six months of surgery", strength: Grade B}
    when: {fact: imaging.recent, is: true}
```

## Prefer

```yaml
rules:
  - id: imaging-recent
    kind: criterion
    topic: care
    title: Imaging within the last six months
    says:
      met: "Recent imaging is documented."
      not_met: "Imaging is not recent."
      undocumented: "The date of imaging is not documented."
    submit: The imaging report
    basis: guideline
    references:
      - {cite: some-guideline-2020, at: "rec. 2", says: "imaging within six months of surgery", strength: Grade B}
    when: {fact: imaging.recent, is: true}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from harness.lint.lint import Spot
from harness.lint.subject import Subject
from harness.model.disclosure import Part, Section, completeness
from harness.model.policy import Policy

_CURES = {
    "summary_of_evidence": "write what its sources say together, and where they disagree",
    "rationale": "write why it asks for what it asks; where sources disagree, why its value stands",
    "basis": "write what it rests on, first of all, such as `basis: guideline`",
    "references": "write what each source really says",
    "relation": "write how it relates to the text of Medicare, such as `relation: baseline`, as other rules here do",
}


def find(subject: Subject) -> Iterator[Spot]:
    place = subject.file.located.key_place(("policy",)) if subject.sort == "policy" else None
    for policy in subject.policies:
        if place is not None and policy.place.file == subject.name:
            for part in completeness(policy).missing:
                yield place, f"{_whose(part, policy)} has no `{part.key}`", _CURES[part.key]


def _whose(part: Part, policy: Policy) -> str:
    """The policy, the parameter or the rule, which says where it stands if that is another file."""
    match part.section:
        case Section.EVIDENCE | Section.RATIONALE:
            return "the policy"
        case Section.THRESHOLDS:
            return f"parameter `{part.subject}`"
        case _:
            rule = policy.rules[part.subject]
            module = f" of module `{rule.module}`" if rule.module else ""
            return f"{rule.kind} `{rule.id}`{module}"
