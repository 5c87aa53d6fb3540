"""Policies of a git revision: read from the repository itself, by words that git cannot take for options."""

from __future__ import annotations

import os
import subprocess
from contextlib import ExitStack
from pathlib import Path, PurePosixPath

import pytest

from harness.difference.revisions import Repository
from harness.difference.shelves import Shelves
from harness.errors import BadInputError
from tests.difference.kit import CARE, EXAMPLE, SMALL, copied, edit

WHO = [
    "-c",
    "user.name=A",
    "-c",
    "user.email=a@example.org",
    "-c",
    "commit.gpgsign=false",
    "-c",
    "init.defaultBranch=main",
]


def git(folder: Path, *words: str) -> None:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    subprocess.run(["git", *WHO, "-C", str(folder), *words], check=True, capture_output=True, env=clean)


def commit(folder: Path) -> None:
    git(folder, "add", "-A")
    git(folder, "commit", "-m", "a commit")


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with two commits: in the later one, care takes 8 weeks."""
    top = tmp_path / "repository"
    copied(SMALL, top / "policies")
    git(tmp_path, "init", str(top))
    commit(top)
    edit(top / "policies" / CARE, "value: 6", "value: 8")
    commit(top)
    return top


def weeks(top: Path, revision: str, folder: str = "policies") -> tuple[str, str]:
    with ExitStack() as stack:
        shelf = Shelves(str(top / "policies"), stack).in_revision(revision, PurePosixPath(folder))
        (policy,) = shelf.policies.all()
        parameter = policy.parameters["care_weeks"]
        return str(getattr(parameter.value, "low", None)), str(shelf.place(parameter.place))


def test_each_revision_has_its_own_modules(repository: Path) -> None:
    assert weeks(repository, "HEAD~1") == ("42", "HEAD~1:policies/modules/care.yaml:4:3")
    assert weeks(repository, "HEAD") == ("56", "HEAD:policies/modules/care.yaml:4:3")


def test_what_is_not_committed_is_not_in_the_revision(repository: Path) -> None:
    edit(repository / "policies" / CARE, "value: 8", "value: 9")
    assert weeks(repository, "main")[0] == "56"


def test_a_hook_that_sets_the_repository_changes_nothing(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_DIR", "/nowhere")
    monkeypatch.setenv("GIT_INDEX_FILE", "/nowhere/index")
    assert weeks(repository, "HEAD")[0] == "56"


def test_nothing_is_left_behind(repository: Path) -> None:
    with ExitStack() as stack:
        shelf = Shelves(str(repository / "policies"), stack).in_revision("HEAD", PurePosixPath("policies"))
        assert Path(shelf.folder).is_dir()
    assert not Path(shelf.folder).exists()


@pytest.mark.parametrize(
    "revision", ["nowhere", "--output=stolen", "-h", "HEAD~9", "HEAD:policies", "main..HEAD", "a\nb"]
)
def test_a_revision_that_is_none_is_told_and_never_taken_for_an_option(repository: Path, revision: str) -> None:
    with pytest.raises(BadInputError, match="there is no revision"):
        Repository.around(str(repository)).commit(revision)
    assert not (repository / "stolen").exists()


def test_a_range_is_told_to_be_two_revisions(repository: Path) -> None:
    with pytest.raises(BadInputError, match="name the two revisions apart"):
        Repository.around(str(repository)).commit("HEAD~1..HEAD")


def test_a_folder_outside_of_any_repository_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with pytest.raises(BadInputError, match="is not in a git repository"):
        Repository.around(str(tmp_path / "gone"))


def test_without_git_that_is_told(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(BadInputError, match="git is not installed"):
        Repository.around(str(repository))


def test_the_mistakes_of_a_revision_name_it_and_not_the_folder_it_was_read_in(repository: Path) -> None:
    edit(repository / "policies" / EXAMPLE, "{rule: severe}", "{rule: sever}")
    commit(repository)
    with pytest.raises(BadInputError) as told:
        weeks(repository, "HEAD")
    assert str(told.value).startswith(f"HEAD:policies/{EXAMPLE}:55:18: error: rule `sever`")
    assert "/tmp" not in str(told.value)


def test_a_link_in_a_revision_is_refused(repository: Path) -> None:
    (repository / "policies" / "modules" / "other.yaml").symlink_to("/etc/passwd")
    commit(repository)
    with pytest.raises(BadInputError, match=r"HEAD:policies/modules/other\.yaml:1:1: error: a link is not followed"):
        weeks(repository, "HEAD")


def test_a_folder_that_the_revision_does_not_have_is_told(repository: Path) -> None:
    with pytest.raises(BadInputError, match=r"HEAD:elsewhere:1:1: error: the revision has no such folder"):
        weeks(repository, "HEAD", "elsewhere")
