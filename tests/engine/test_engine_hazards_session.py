"""Hazards of durable_rules in how it is run: each shown on the engine as it is, and that we are safe."""

from __future__ import annotations

import itertools
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from durable import engine as durable

from harness import engine, evaluate
from harness.engine import compile_policy, session
from harness.errors import InternalError
from harness.model.condition import AnyOf, Count, RuleStatus
from harness.model.policy import Policy
from tests.engine.raw import Quiet, Raw, ends, pattern
from tests.engine.samples import MET, NOT_MET, OPEN, case, chain, documented, is_true, statuses, yes_policy
from tests.generate import Readings

NAMES = ("a", "b", "c", "d", "e")


def five() -> Policy:
    """Ten rules in three strata, with an alternative and a count."""
    rules: dict[str, Any] = {f"is-{name}": is_true(name) for name in NAMES}
    rules["either"] = AnyOf((RuleStatus("is-a"), RuleStatus("is-b")))
    rules["three"] = Count(3, tuple(map(RuleStatus, rules)))
    rules["both"] = AnyOf((RuleStatus("three"), RuleStatus("is-e")))
    return yes_policy(NAMES, **rules)


def cases_of_five() -> list[Readings]:
    values = itertools.product((True, False, None), repeat=len(NAMES))
    return [{name: documented(v) for name, v in zip(NAMES, one, strict=True)} for one in values]


def test_d3_two_sessions_of_one_hash(told: list[dict[str, Any]]) -> None:
    raw = Raw({"joins": {"all": [{"x": {"k": "A"}}, {"y": {"k": "B"}}]}})
    assert raw.tell("MRN-730899525", k="A") == []
    assert raw.tell("MRN-172639367", k="B") == ["joins"]  # facts of two patients

    told.clear()
    policy = chain(3)
    for identity, value in (("MRN-730899525", True), ("MRN-172639367", False)):
        statuses(policy, case(a=value), identity)
    assert {message["sid"] for message in told} == {"1"}
    assert "MRN" not in str(told)


def test_d5_background_threads_after_a_state_was_deleted() -> None:
    script = """
host = Quiet({'r': {'a': {'all': [{'m': {'$ex': {'v': 1}}}], 'run': lambda c: None}}})
for n in range(100):
    host.assert_fact('r', {'sid': f'sid-{n}', 'v': 1})
for n in range(99):
    host.delete_state('r', f'sid-{n}')
for _ in range(10_000):
    host.get_ruleset('r').dispatch()"""
    assert ends(script) == -11  # what a thread of the default host does

    before = threading.active_count()
    statuses(chain(2), case(a=True))
    assert threading.active_count() == before


def test_d5_four_threads() -> None:
    policy, cases, wrong = five(), cases_of_five(), []

    def work(offset: int) -> None:
        for at in range(300):
            facts = cases[(offset + at) % len(cases)]
            if engine.statuses(policy, facts) != evaluate.evaluate(policy, facts):
                wrong.append(facts)

    threads = [threading.Thread(target=work, args=(60 * n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    engine.release(policy)
    assert wrong == []


def resident_pages() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1])


def test_5000_cases_in_one_process_and_memory_stays_flat() -> None:
    policy, cases = five(), cases_of_five()
    expected = [evaluate.evaluate(policy, facts) for facts in cases]
    at = 0
    for _ in range(1000):
        assert engine.statuses(policy, cases[at % len(cases)]) == expected[at % len(cases)]
        at += 1
    before = resident_pages()
    for _ in range(4000):
        assert engine.statuses(policy, cases[at % len(cases)]) == expected[at % len(cases)]
        at += 1
    engine.release(policy)
    assert resident_pages() - before < 512  # 2 MiB; a state left behind each time would be hundreds


def test_1025_live_states_are_too_many_and_we_have_one() -> None:
    raw = Raw({"rule": pattern({"v": 1})})
    for n in range(1024):
        raw.tell(f"sid-{n}", v=1)
    with pytest.raises(MemoryError):
        raw.tell("sid-1024", v=1)

    policy = chain(2)
    for _ in range(1100):
        assert set(engine.statuses(policy, case(a=True)).values()) == {MET}
    engine.release(policy)


def test_d9_the_same_ids_again_after_a_failed_case(monkeypatch: pytest.MonkeyPatch) -> None:
    policy = chain(3)
    with monkeypatch.context() as patch:
        patch.setattr(session._Run, "record", lambda *_: 1 / 0)
        with pytest.raises(InternalError):
            engine.statuses(policy, case(a=True))
    assert set(engine.statuses(policy, case(a=False)).values()) == {NOT_MET}
    engine.release(policy)


def test_d13_an_exception_in_an_action_is_swallowed() -> None:
    host = Quiet({"raw": {"rule": {**pattern({"v": 1}), "run": lambda _: 1 / 0}}})
    assert "division by zero" in host.assert_fact("raw", {"sid": "1", "v": 1})["exception"]  # and none is raised


@pytest.mark.parametrize(
    ("raised", "seen"), [(ZeroDivisionError("41 days"), InternalError), (KeyboardInterrupt(), KeyboardInterrupt)]
)
def test_d13_an_exception_in_an_action_is_raised(
    monkeypatch: pytest.MonkeyPatch, raised: BaseException, seen: type[BaseException]
) -> None:
    def fail(*_: object) -> None:
        raise raised

    monkeypatch.setattr(session._Run, "record", fail)
    with pytest.raises(seen) as caught:
        statuses(chain(2), case(a=True), "case-7")
    if seen is InternalError:
        assert (
            str(caught.value)
            == "policy `test/random@2026-01-01`, case `case-7`: the engine failed with ZeroDivisionError"
        )


def test_d13_an_exception_of_the_library_around_an_action_is_raised(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        durable.Promise, "run", lambda _, c, complete: (setattr(c.s, "exception", "lost"), complete(None))
    )
    with pytest.raises(InternalError, match="an action of the engine failed"):
        statuses(chain(2), case(a=True))


@pytest.mark.parametrize(
    ("function", "why"),
    [
        ("create_ruleset", "the engine refused the ruleset"),
        ("assert_fact", "the engine failed with error"),
        ("delete_state", "the engine kept the state of a case"),
    ],
)
def test_an_error_of_the_engine_names_policy_and_case(monkeypatch: pytest.MonkeyPatch, function: str, why: str) -> None:
    def fail(*_: object) -> None:
        raise durable.durable_rules_engine.error("error code: 1")

    policy = chain(2)
    with monkeypatch.context() as patch:
        patch.setattr(durable.durable_rules_engine, function, fail)
        with pytest.raises(InternalError, match=rf"^policy `test/random@2026-01-01`, case `case-1`: {why}"):
            statuses(policy, case(a=True))
    assert set(statuses(policy, case(a=True)).values()) == {MET}


def test_d14_and_d21_a_message_that_nothing_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = Raw({"rule": pattern({"v": 1})})
    with pytest.raises(durable.MessageNotHandledException):
        raw.tell(v=2)

    def deaf(policy: Policy) -> engine.Compiled:
        compiled = compile_policy(policy)
        kept = {name: rule for name, rule in compiled.ruleset.items() if not name.startswith("rule rule-1")}
        return replace(compiled, ruleset=kept)

    monkeypatch.setattr(engine, "compile_policy", deaf)
    with pytest.raises(InternalError, match=r"case `case-1`: the engine failed with MessageNotHandledException$"):
        statuses(chain(3), case(a=True))


def test_d15_a_batch_with_one_bad_fact_and_we_tell_one_message_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = Raw({"rule": pattern({"v": 1})})
    with pytest.raises(durable.MessageNotHandledException):
        raw.host.assert_facts("raw", [{"sid": "1", "v": 1}, {"sid": "1", "other": 1}])
    assert raw.fired == []  # nor did the good one fire

    monkeypatch.delattr(durable.durable_rules_engine, "assert_facts")
    monkeypatch.delattr(durable.durable_rules_engine, "assert_events")
    assert set(statuses(chain(3), case(a=True)).values()) == {MET}


def jump(at: int) -> Any:
    """A clock that stands still but for one hour's jump at one of its readings."""
    readings = itertools.count()
    return lambda: 3600.0 if next(readings) >= at else 0.0


def test_d16_a_clock_that_jumps_loses_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = Raw({"one": pattern({"v": 1}), "two": pattern({"v": 1}), "three": pattern({"v": 1})})
    monkeypatch.setattr(durable, "_unix_now", jump(at=1))
    assert len(raw.tell(v=1)) == 1  # of three


@pytest.mark.parametrize("at", [1, 3, 5])
def test_d16_a_case_whose_clock_jumped_is_run_again(monkeypatch: pytest.MonkeyPatch, at: int) -> None:
    monkeypatch.setattr(durable, "_unix_now", jump(at))
    assert set(statuses(chain(4), case(a=True)).values()) == {MET}


def test_d16_a_clock_that_jumps_again_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    hours = itertools.count(step=3600)
    monkeypatch.setattr(durable, "_unix_now", lambda: next(hours))
    with pytest.raises(InternalError, match="the engine left rules `rule-1`, `rule-2` unsettled"):
        statuses(chain(3), case(a=True))


def test_d16_the_clock_of_actions_is_not_the_wall_clock() -> None:
    assert durable._unix_now is session.time.monotonic


def test_d20_a_session_id_that_cannot_be_deleted() -> None:
    raw = Raw({"rule": pattern({"v": 1})})
    raw.tell('a"b', v=1)
    with pytest.raises(durable.durable_rules_engine.error):
        raw.forget('a"b')

    policy = chain(1)
    assert statuses(policy, case(a=True), 'a"b\\') == {"rule-0": MET}


def test_d22_registering_takes_the_actions_out_of_a_definition() -> None:
    definition = {"rule": {**pattern({"v": 1}), "run": lambda _: None}}
    Quiet({"raw": definition})
    with pytest.raises(KeyError, match="run"):
        Quiet({"raw": definition})

    policy = chain(2)
    compiled = compile_policy(policy)
    before = str(compiled.ruleset)
    for _ in range(2):
        assert session.Session(compiled).settle(case(a=None)) == {"rule rule-0": OPEN, "rule rule-1": OPEN}
    assert str(compiled.ruleset) == before


def test_d22_a_ruleset_is_registered_once_freed_and_registered_again(monkeypatch: pytest.MonkeyPatch) -> None:
    registered = []
    create = durable.durable_rules_engine.create_ruleset

    def spy(*given: Any) -> Any:
        registered.append(given[0])
        return create(*given)

    monkeypatch.setattr(durable.durable_rules_engine, "create_ruleset", spy)
    policy = chain(2)
    for expected in (1, 2):
        for value in (True, False):
            engine.statuses(policy, case(a=value))
        engine.release(policy)
        engine.release(policy)  # twice does no harm
        assert len(registered) == expected


def test_rulesets_are_kept_for_the_latest_versions_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "MOST_RULESETS", 3)
    monkeypatch.setattr(engine, "_sessions", {})
    versions = [replace(chain(2), hash=f"hash-{n}") for n in range(5)]
    for policy in versions:
        assert set(engine.statuses(policy, case(a=True)).values()) == {MET}
    assert [key[0] for key in engine._sessions] == ["hash-2", "hash-3", "hash-4"]
    for policy in versions:
        engine.release(policy)
