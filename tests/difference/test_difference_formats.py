"""A difference as text, Markdown and JSON. `pytest --record` writes the golden files anew; read what differs."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from harness.difference.as_json import render_json
from harness.difference.comparison import Comparing, Comparison, Difference
from harness.difference.markdown import render_markdown
from harness.difference.meaning import WAYS, Meaning, Way
from harness.difference.text import render_text
from harness.proof import Proved, Unknown
from tests.difference.kit import DECOMPRESSION, EXAMPLE, ROOT, SMALL, compared, copied, edit, shelf

GOLDEN = ROOT / "tests" / "golden"
RENDER = {"txt": render_text, "md": render_markdown}


@pytest.fixture(scope="module")
def longer_therapy(tmp_path_factory: pytest.TempPathFactory) -> Difference:
    """Physical therapy for 8 weeks instead of 6, given to the module that the policy uses."""
    edits = {
        DECOMPRESSION: (
            "  - module: conservative-care\n",
            "  - {module: conservative-care, with: {physical_therapy_weeks: 8}}\n",
        )
    }
    policy = "spine/thoracolumbar-decompression"
    one = compared(tmp_path_factory.mktemp("longer"), edits, policy, ROOT / "policies")
    return Difference("old", "new", (one,), is_of_one=True)


@pytest.mark.parametrize("ending", RENDER)
def test_longer_physical_therapy(longer_therapy: Difference, ending: str, record: bool) -> None:
    text = RENDER[ending](longer_therapy)
    file = GOLDEN / f"diff-physical-therapy.{ending}"
    if record:
        file.write_text(text, "utf-8")
    assert text == file.read_text("utf-8")


def test_json_has_the_keys_that_the_page_documents(longer_therapy: Difference) -> None:
    told = json.loads(render_json(longer_therapy))
    page = (ROOT / "docs" / "diff.md").read_text("utf-8")
    missing = {key for key in keys(told) if f"`{key}`" not in page}
    assert not missing


def keys(told: object) -> set[str]:
    """All keys of ours; a case file has keys of its own."""
    if isinstance(told, list):
        return {key for one in told for key in keys(one)}
    if not isinstance(told, dict):
        return set()
    return {*told, *(key for name, one in told.items() if not name.startswith("case_") for key in keys(one))}


def test_json_tells_each_way_and_a_case_for_each_side(longer_therapy: Difference) -> None:
    told = json.loads(render_json(longer_therapy))
    assert told["verdict"] == "outcomes_can_change"
    (one,) = told["compared"]
    ways = {(way["old"], way["new"]): way for way in one["ways"]}
    assert len(ways) == 6
    assert ways["not_medically_necessary", "medically_necessary"]["answer"] == "no_case"
    lost = ways["medically_necessary", "not_medically_necessary"]
    assert lost["answer"] == "case"
    assert lost["witness"]["case_old"]["facts"]["physical_therapy.length"] == 6
    assert {"rule": "therapy-completed", "old": "met", "new": "not_met"}.items() <= lost["witness"]["rules"][0].items()


def test_what_is_not_known_is_said_in_every_format(tmp_path: Path) -> None:
    one = compared(tmp_path, {EXAMPLE: ("title: Severe pain", "title: Bad pain")})
    ways = tuple(
        Way(*way, Proved() if number else Unknown("the time limit was reached")) for number, way in enumerate(WAYS)
    )
    difference = Difference("old", "new", (Comparison(one.old, one.new, one.changes, Meaning(ways)),), is_of_one=True)
    unsure = "Whether a case becomes unfavourable is not known (the time limit was reached)."
    for render in (render_text, render_markdown, render_json):
        text = " ".join(render(difference).split())
        assert unsure in text
        assert "No case changes" not in text
    assert "medically necessary -> more information needed: unknown (the time limit was reached)" in render_text(
        difference
    )
    assert json.loads(render_json(difference))["verdict"] == "unknown"


def test_a_text_cannot_break_the_markdown(tmp_path: Path) -> None:
    title = 'title: "Severe | pain ``` <b> `x`"'
    text = render_markdown(Difference("old", "new", (compared(tmp_path, {EXAMPLE: ("title: Severe pain", title)}),)))
    assert "<b>" not in text.replace("````diff\n- Severe pain\n+ Severe | pain ``` <b> `x`\n````", "")


def test_a_text_cannot_steer_a_terminal_or_mention_anybody_in_markdown(tmp_path: Path) -> None:
    hostile = 'title: "Se\\e[31mvere @org/team #1 GH-2 \\u202Epain"'
    edits = {EXAMPLE: ("title: Example\n", hostile + "\n")}
    changed = compared(tmp_path / "title", edits)
    for one in (changed, compared(tmp_path / "rule", {EXAMPLE: ("title: Severe pain", hostile)})):
        text = render_markdown(Difference("old@org #1", "new", (one,), added=(one.new,)))
        assert not {"\x1b", "\u202e"} & set(text)
        told = re.sub(r"(?ms)^```+diff$.*?^```+$|`[^`\n]+`", "", text)  # code mentions nobody
        assert not re.search(r"@\w|#\d|GH-\d", told), told


class TestFolders:
    def test_what_is_new_gone_changed_and_the_same(self, tmp_path: Path) -> None:
        old, new = copied(SMALL, tmp_path / "old"), copied(SMALL, tmp_path / "new")
        later = (new / EXAMPLE).read_text("utf-8").replace("2026-01-01", "2027-01-01")
        (new / "spine/example/2027-01-01.yaml").write_text(
            later.replace("pain.severe, is: true", "pain.severe, is: false")
        )
        for folder, name, title in ((old, "gone", "Gone"), (new, "come", "Come")):
            text = (SMALL / EXAMPLE).read_text("utf-8").replace("spine/example", f"spine/{name}")
            (folder / f"spine/{name}").mkdir()
            (folder / f"spine/{name}/2026-01-01.yaml").write_text(text.replace("title: Example", f"title: {title}"))
        difference = Comparing(60, lambda _: None).folders(shelf(old, "old"), shelf(new, "new"))
        assert render_text(difference).splitlines()[:5] == [
            "Policies of old (old) and new (new)",
            "  - spine/come@2026-01-01 is new: Come",
            "  - spine/gone@2026-01-01 is gone: Gone",
            "  - spine/example@2027-01-01 differs: outcomes can change",
            "  - the same on both sides: 1",
        ]
        (one,) = difference.compared
        assert (str(one.old.policy.effective), str(one.new.policy.effective)) == ("2026-01-01", "2027-01-01")

    def test_a_policy_under_another_id_is_the_same_policy(self, tmp_path: Path) -> None:
        old, new = copied(SMALL, tmp_path / "old"), copied(SMALL, tmp_path / "new")
        (new / "spine" / "example").rename(new / "spine" / "sample")
        edit(new / "spine/sample/2026-01-01.yaml", "policy: spine/example", "policy: spine/sample")
        difference = Comparing(60, lambda _: None).folders(shelf(old, "old"), shelf(new, "new"))
        assert (difference.added, difference.removed) == ((), ())
        (one,) = difference.compared
        assert [change.id for change in one.changes] == ["policy"]
        assert "Policy id: spine/example -> spine/sample" in render_text(difference)

    def test_folders_that_are_the_same(self) -> None:
        difference = Comparing(60, lambda _: None).folders(*(shelf(SMALL, name) for name in ("old", "new")))
        assert render_text(difference) == "Policies of old (old) and new (new)\n  - the same on both sides: 1\n"
        assert render_markdown(difference).endswith("- the same on both sides: 1\n")
