"""What a check looks at: all of a folder, or what its PATHs name, and the mistakes that concern them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from harness.errors import Mistake, Place
from harness.lint import Result, check
from tests.lint.kit import POLICY, base

UNASKED = "question: Is the imaging recent?"
NO_MARK = "question: Is the imaging recent."


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two policies of one module in the folder `policies`, each with one warning."""
    policies = base(tmp_path)
    shutil.copytree(policies / "spine/example", policies / "spine/other")
    for name in ("example", "other"):
        file = policies / f"spine/{name}/2026-01-01.yaml"
        change(file, "policy: spine/example", f"policy: spine/{name}")
        change(file, UNASKED, NO_MARK)
    monkeypatch.chdir(tmp_path)
    return policies


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


def files(result: Result) -> tuple[set[str], set[str]]:
    return {one.place.file for one in result.errors}, {one.place.file for one in result.warnings}


EXAMPLE, OTHER, SHARED = f"policies/{POLICY}", "policies/spine/other/2026-01-01.yaml", "policies/modules/shared.yaml"


@pytest.mark.parametrize(
    ("paths", "warned", "policies"),
    [
        (["policies"], {EXAMPLE, OTHER}, 2),
        (["policies/"], {EXAMPLE, OTHER}, 2),
        (["policies/spine"], {EXAMPLE, OTHER}, 2),
        (["policies/spine/other"], {OTHER}, 1),
        ([OTHER], {OTHER}, 1),
        ([OTHER, EXAMPLE], {EXAMPLE, OTHER}, 2),
        ([f"./{OTHER}"], {OTHER}, 1),
        ([SHARED], set(), 0),
        (["policies/references.yaml", "policies/modules"], set(), 0),
    ],
)
def test_only_what_is_asked_about_is_told(library: Path, paths: list[str], warned: set[str], policies: int) -> None:
    assert library.is_dir()
    result = check(paths)
    assert files(result) == (set(), warned)
    assert result.policies == policies


def test_a_folder_under_several_names_is_looked_at_once_and_shown_as_first_written(library: Path) -> None:
    (library.parent / "link").symlink_to("policies")
    for paths in (["policies", "./policies", str(library), "link"], [OTHER, "link"], ["policies/spine", str(library)]):
        result = check(paths)
        assert files(result) == (set(), {EXAMPLE, OTHER})
        assert (result.policies, len(result.warnings)) == (2, 2)


def test_the_folder_is_found_from_within(library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(library / "spine/other")
    assert files(check(["2026-01-01.yaml"])) == (set(), {"../../spine/other/2026-01-01.yaml"})
    assert files(check([str(library / POLICY)])) == (set(), {str(library / POLICY)})


def test_a_folder_of_policies_may_have_another_name(library: Path) -> None:
    shutil.move(library, "criteria")
    assert len(check(["criteria"]).warnings) == 2
    assert len(check(["criteria/spine/other"]).warnings) == 1


def test_a_broken_policy_hides_no_warning_of_another(library: Path) -> None:
    change(library / POLICY, "{fact: care.length, at_least", "{fact: care.lenght, at_least")
    assert files(check(["policies"])) == ({EXAMPLE}, {OTHER})
    assert files(check([OTHER])) == (set(), {OTHER})


def test_a_broken_module_is_told_to_whoever_asks_about_its_policies(library: Path) -> None:
    change(library / "modules/shared.yaml", "type: boolean", "type: bool")
    assert files(check([OTHER])) == ({SHARED}, set())
    assert files(check([SHARED])) == ({SHARED}, set())


def test_what_a_module_breaks_is_told_to_whoever_asks_about_the_module(library: Path) -> None:
    rule = "{rule: imaging-agrees-noted}"
    change(library / POLICY, "necessary_when: {rule: care-length}", f"necessary_when: {{all: [{rule}]}}")
    change(library / "modules/shared.yaml", "id: imaging-agrees-noted", "id: imaging-agrees-remarked")
    assert files(check([SHARED]))[0] == {EXAMPLE}
    assert files(check([OTHER]))[0] == set()


def test_broken_references_concern_everything(library: Path) -> None:
    change(library / "references.yaml", "status: current", "status: fresh")
    for path in (OTHER, SHARED, "policies"):
        assert files(check([path])) == ({"policies/references.yaml"}, set())


def test_what_is_wrong_with_the_tests_of_a_policy_concerns_the_policy(library: Path) -> None:
    from_above = check([EXAMPLE], further=[lambda _: broken_suite(library)])
    assert files(from_above)[0] == {"policies/spine/example/tests.yaml"}
    assert files(check([OTHER], further=[lambda _: broken_suite(library)]))[0] == set()
    (library / "spine/example/tests.yaml").write_text("tests: []\n", "utf-8")
    asked = check(["policies/spine/example/tests.yaml"], further=[lambda _: broken_suite(library)])
    assert files(asked)[0] == {"policies/spine/example/tests.yaml"}


def broken_suite(_: Path) -> list[Mistake]:
    return [Mistake(Place("policies/spine/example/tests.yaml", 3, 1), "wrong")]


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("nowhere", "there is no such folder of policies"),
        ("policies/spine/nowhere.yaml", "there is no such file"),
        ("elsewhere.yaml", "the file is in no folder of policies"),
        ("policies/README.md", "not a YAML file"),
        ("policies/empty", "there is nothing here to check"),
        ("policies/spine/note.yaml", "the file's name and place say nothing"),
    ],
)
def test_a_path_that_asks_about_nothing_is_told(library: Path, path: str, told: str) -> None:
    (library / "empty").mkdir()
    for name in ("elsewhere.yaml", "policies/README.md", "policies/spine/note.yaml"):
        Path(name).write_text("a: b\n", "utf-8")
    result = check([path])
    assert [error.message for error in result.errors] == [told]
    assert not result.warnings


def test_the_same_is_told_whatever_the_order_of_paths(library: Path) -> None:
    assert library.is_dir()
    assert check([OTHER, EXAMPLE, SHARED]) == check([SHARED, EXAMPLE, OTHER, OTHER])
