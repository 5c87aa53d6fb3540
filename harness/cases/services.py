"""Which policy version each requested service runs under."""

from __future__ import annotations

from datetime import date

from harness.cases.nodes import Node
from harness.errors import Mistakes, did_you_mean
from harness.model.policy import Policies, Policy

DEFAULT_SYSTEM = "CPT"


def policy_of(service: Node, policies: Policies, on: date, mistakes: Mistakes) -> Policy | None:
    """The version in force on a date that a service names by policy or by code; None with the mistake noted."""
    policy, code = service.get("policy"), service.get("code")
    if policy is not None and code is None and isinstance(policy.data, str):
        return _by_id(policy, policy.data, policies, on, mistakes)
    if code is not None and policy is None and isinstance(code.data, str):
        system = service.text("system") or DEFAULT_SYSTEM
        return _by_code(code, system, code.data, policies, on, mistakes)
    return None  # the schema has told


def _by_id(node: Node, name: str, policies: Policies, on: date, mistakes: Mistakes) -> Policy | None:
    found = policies.in_force(name, on)
    if found is not None:
        return found
    versions = policies.versions.get(name)
    if versions is None:
        known = did_you_mean(name, policies.versions, _all_of(policies))
        mistakes.add(node.place, f"no policy is called `{name}`", known)
    else:
        mistakes.add(node.place, f"policy `{name}` is not in force on the request date", why_not_in_force(versions, on))
    return None


def _all_of(policies: Policies) -> str:
    names = ", ".join(f"`{name}`" for name in sorted(policies.versions))
    return f"the policies are {names}" if names else f"the folder `{policies.folder}` holds no policy"


def why_not_in_force(versions: tuple[Policy, ...], on: date) -> str:
    running = [version for version in versions if version.status != "draft"]
    if not running:
        return "it is only a draft"
    begun = [version for version in running if version.effective <= on]
    if not begun:
        return f"the first version takes effect on {running[0].effective}"
    return f"it ended on {begun[-1].until}"


def _by_code(node: Node, system: str, code: str, policies: Policies, on: date, mistakes: Mistakes) -> Policy | None:
    found = policies.for_code(system, code, on)
    if len(found) == 1:
        return found[0]
    if not found:
        cure = _other_days(system, code, policies, on) or "check the code, or name the policy"
        mistakes.add(node.place, f"no policy in force on the request date applies to {system} `{code}`", cure)
    else:
        names = " or ".join(f"`{policy.id}`" for policy in sorted(found, key=lambda p: p.id))
        mistakes.add(node.place, f"more than one policy applies to {system} `{code}`", f"name the policy: {names}")
    return None


def _other_days(system: str, code: str, policies: Policies, on: date) -> str:
    """What applies to a code on other days than this one; empty when nothing does."""
    told = [
        f"policy `{id_}` applies to it, but {why_not_in_force(versions, on)}"
        for id_, versions in policies.versions.items()
        if policies.in_force(id_, on) is None and any(_applies(version, system, code) for version in versions)
    ]
    return "; ".join(told)


def _applies(policy: Policy, system: str, code: str) -> bool:
    return any(one.system == system and code in one.codes for one in policy.applies_to)
