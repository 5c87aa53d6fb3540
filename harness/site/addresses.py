"""Where the pages stand, as source addresses below the documentation; MkDocs makes the links of them."""

from __future__ import annotations

from harness.model.policy import Policy

FOLDER = "policies"
INDEX = f"{FOLDER}/index.md"
BY_CODE = f"{FOLDER}/by-code.md"
BY_STATUS = f"{FOLDER}/by-status.md"
PARAMETERS = f"{FOLDER}/parameters.md"
FACTS = f"{FOLDER}/facts.md"
REFERENCES = f"{FOLDER}/references.md"
GLOSSARY = f"{FOLDER}/glossary.md"


def page_of(id_: str) -> str:
    """The page of a policy, which always shows the current version."""
    return f"{FOLDER}/{id_}/index.md"


def history_of(id_: str) -> str:
    return f"{FOLDER}/{id_}/history.md"


def version_of(policy: Policy) -> str:
    """The page of one version, which stays when another becomes the current one."""
    return f"{FOLDER}/{policy.id}/{policy.effective.isoformat()}.md"


def file_of(policy: Policy, ending: str) -> str:
    """A file to download, of one version."""
    return f"{FOLDER}/{policy.id}/{policy.effective.isoformat()}.{ending}"


def rule_anchor(rule: str) -> str:
    return f"rule-{rule}"


def parameter_anchor(parameter: str) -> str:
    return f"parameter-{parameter}"


def fact_anchor(fact: str) -> str:
    return f"fact-{fact}"


def reference_anchor(reference: str) -> str:
    return f"ref-{reference}"
