"""The compiled policy has its schema's shape and the same bytes each time; the fragment holds no markup of others."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import replace
from datetime import date

import pytest

from harness.errors import Mistakes
from harness.model.builtin import BUILT_IN
from harness.model.policy import Policies, Policy
from harness.policies import read_policies
from harness.schema import check
from harness.site import assets, compiled, compiled_json, self_check_html, self_check_page
from harness.strict_yaml import parse_yaml
from tests.site.conftest import HERE, ROOT, SHIPPED

VERSIONS = list(SHIPPED.all())
SOURCES = sorted((ROOT / "harness" / "site" / "selfcheck").glob("*.js"))


@pytest.mark.parametrize("policy", VERSIONS, ids=[policy.version for policy in VERSIONS])
def test_a_compiled_policy_has_the_shape_of_its_schema(policy: Policy) -> None:
    mistakes = Mistakes()
    located = parse_yaml(compiled_json(policy), "compiled.json", mistakes)
    assert located is not None
    check(located, "compiled", mistakes)
    assert not [(mistake.place, mistake.message) for mistake in mistakes]


def test_the_same_policy_gives_the_same_bytes() -> None:
    again = read_policies(ROOT / "policies")
    assert [compiled_json(policy) for policy in again.all()] == [compiled_json(policy) for policy in VERSIONS]


def test_every_fact_of_a_policy_is_asked_for_once() -> None:
    for policy in VERSIONS:
        asked = [fact for group in compiled(policy)["groups"] for fact in group["facts"]]  # type: ignore[index,union-attr,call-overload]
        assert len(asked) == len(set(asked))
        assert set(policy.facts) - set(BUILT_IN) <= set(asked), policy.id
        assert asked[0] == "request.date"


def test_a_version_that_another_ends_says_its_last_day(policies: Policies) -> None:
    old, _ = policies.versions["imaging/lumbar-mri"]
    assert "until" not in compiled(old)
    assert compiled(old, date(2025, 12, 31))["until"] == "2025-12-31"


def test_words_are_filled_in_and_cut_where_values_belong(policies: Policies) -> None:
    rules = {rule["id"]: rule for rule in compiled(policies.versions["spine/thoracolumbar-decompression"][-1])["rules"]}  # type: ignore[index,union-attr,call-overload]
    says = rules["acute-exacerbation"]["says"]["met"]
    assert says[:2] == ["The present worsening has lasted ", {"fact": "pain.exacerbation"}]
    assert says[2].startswith(", which is less than 4 weeks.")
    assert not re.search(r"\{[a-z_]+\}", str([rule["title"] for rule in rules.values()]))


def test_what_a_policy_says_is_text_and_never_markup(policies: Policies) -> None:
    policy = policies.versions["admission/inpatient"][-1]
    nasty = "</script><script>alert(1)</script><img src=x onerror=alert(2)>"
    facts = {id_: replace(fact, question=nasty, look_for=nasty) for id_, fact in policy.facts.items()}
    page = self_check_html(replace(policy, title=nasty, facts=facts))
    assert page.count("</script>") == 1
    assert "<img" not in page
    assert "&lt;img src=x" in page


def test_the_page_lets_nothing_in_or_out(policies: Policies) -> None:
    page = self_check_page(policies.versions["admission/inpatient"][-1])
    assert "default-src 'none'" in page
    assert "form-action 'none'" in page
    assert not re.findall(r"""(?:src|href)=["'](?!#)[^"']+""", page)
    assert "Nothing you type leaves it" in page
    assert "This is not a determination." in page
    assert "<noscript>" in page


FORBIDDEN = re.compile(
    r"\b(?:fetch|XMLHttpRequest|WebSocket|EventSource|sendBeacon|localStorage|sessionStorage|indexedDB|cookie|caches"
    r"|eval|innerHTML|outerHTML|insertAdjacentHTML|importScripts|Worker|parseFloat|document\.write)\b"
    r"|\bimport\(|new Function"
)


def without_comments(script: str) -> str:
    return re.sub(r"/\*(?:(?!\*/).)*\*/", "", script, flags=re.DOTALL)


def test_the_script_has_no_way_out_of_the_page_and_no_binary_fractions() -> None:
    for source in SOURCES:
        assert not FORBIDDEN.search(without_comments(source.read_text("utf-8"))), source.name
    assert not FORBIDDEN.search(without_comments(assets()["selfcheck.js"]))


def test_the_script_holds_every_module_and_parses_as_a_plain_script() -> None:
    script = assets()["selfcheck.js"]
    assert script.count("= (() => {") == len(SOURCES)
    assert not re.search(r"^(?:import|export)\b", script, re.MULTILINE)
    node = shutil.which("node")
    if node is None:
        pytest.skip("there is no Node on this machine; the script of the self-check is not tested here")
    done = subprocess.run([node, "--check", "-"], input=script, check=False, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    assert (HERE / "package.json").is_file()
