"""Which pages and files the site has, and what each shows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from markupsafe import Markup

from harness.errors import Mistake
from harness.model.policy import Policy
from harness.report.wording import capitalised, humanise
from harness.site import addresses, indexes
from harness.site.diagram import decision_figure
from harness.site.downloads import Download, Typesetter, downloads
from harness.site.history import Historian
from harness.site.json_ld import json_ld
from harness.site.policy_view import KIND_SECTIONS, PolicyView, policy_view
from harness.site.proofs import Prover
from harness.site.published import Published
from harness.site.selfcheck.html import self_check_html

Content = Mapping[str, object]

_POLICIES_FIRST = 4  # who searches for a code wants the policy, not the page that lists all codes


@dataclass(frozen=True, slots=True)
class SitePage:
    """One page. `content` is asked for when the page is rendered, with its public address, if it has one."""

    address: str
    title: str
    template: str
    content: Callable[[str | None], Content]
    description: str = ""
    is_listed: bool = True  # in the navigation
    is_searched: bool = True
    boost: int = 1  # in the search


@dataclass(slots=True)
class Site:
    """The pages by address, the files to download, and the navigation."""

    pages: dict[str, SitePage] = field(default_factory=dict)
    files: list[Download] = field(default_factory=list)
    nav: list[object] = field(default_factory=list)
    refuted: list[Mistake] = field(default_factory=list)  # the properties that do not hold

    def add(self, page: SitePage) -> None:
        self.pages[page.address] = page


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept from one build of `mkdocs serve` to the next, since it takes long."""

    prover: Prover = field(default_factory=Prover)
    historian: Historian = field(default_factory=Historian)
    typesetter: Typesetter = field(default_factory=Typesetter)


def site_of(published: Published, kept: Kept) -> Site:
    site = Site()
    for page in _overviews(published):
        site.add(page)
    areas: dict[str, list[object]] = {}
    for id_, versions in published.policies.versions.items():
        for policy in versions:
            _add_version(site, published, policy, kept)
        site.add(_history(published, id_, kept.historian))
        areas.setdefault(capitalised(humanise(id_.partition("/")[0])), []).append(addresses.page_of(id_))
    site.nav = [addresses.INDEX, addresses.BY_CODE, addresses.BY_STATUS]
    site.nav += [{area: pages} for area, pages in areas.items()]
    site.nav += [addresses.PARAMETERS, addresses.FACTS, addresses.REFERENCES, addresses.GLOSSARY]
    return site


def _overviews(published: Published) -> Iterator[SitePage]:
    current = tuple(published.current())
    cards = indexes.cards(current)

    def page(address: str, title: str, template: str, description: str, **content: object) -> SitePage:
        return SitePage(address, title, template, lambda _: {"title": title, **content}, description)

    yield page(
        addresses.INDEX,
        "All policies",
        "index.html.jinja",
        "The published medical-necessity criteria, by area.",
        areas=indexes.by_area(cards),
        mistakes=[str(mistake) for mistake in published.mistakes],
    )
    yield page(
        addresses.BY_CODE,
        "Policies by code",
        "by-code.html.jinja",
        "Which policy applies to a procedure code.",
        systems=indexes.by_code(cards),
    )
    yield page(
        addresses.BY_STATUS,
        "Policies by status",
        "by-status.html.jinja",
        "Which policies are active, drafts or retired, and who approved them.",
        statuses=indexes.by_status(cards),
    )
    yield page(
        addresses.PARAMETERS,
        "Thresholds",
        "parameters.html.jinja",
        "Every threshold, with the value that each policy gives it.",
        thresholds=indexes.shared_thresholds(current),
    )
    yield page(
        addresses.FACTS,
        "Facts",
        "facts.html.jinja",
        "Every fact that a policy asks for, and where to look for it.",
        facts=indexes.shared_facts(current),
    )
    yield page(
        addresses.REFERENCES,
        "References",
        "references.html.jinja",
        "Every source, with the rules that cite it.",
        references=indexes.cited_references(published),
    )
    yield page(addresses.GLOSSARY, "Glossary", "glossary.html.jinja", "The words of these pages.")


def _add_version(site: Site, published: Published, policy: Policy, kept: Kept) -> None:
    """The page of a version with its files; the current one has the address of the policy too."""
    view = policy_view(published, policy, kept.prover)
    site.refuted += [one.mistake for one in view.properties if one.mistake is not None]
    files = downloads(published, view, kept.typesetter)
    site.files += files

    def content(address: str | None) -> Content:
        check = self_check_html(policy, published.last_day(policy), rule_href="#rule-")
        return {
            "v": view,
            "kinds": KIND_SECTIONS,
            "downloads": files,
            "diagram": Markup(decision_figure(policy)),  # noqa: S704 - a drawing that has escaped what is in it
            "self_check": Markup(check),  # noqa: S704 - a fragment that has escaped what is in it
            "json_ld": json_ld(view, address),
        }

    def page(address: str, title: str, *, listed: bool) -> SitePage:
        described = _first_sentence(view)
        return SitePage(address, title, "policy.html.jinja", content, described, listed, listed, _POLICIES_FIRST)

    site.add(page(addresses.version_of(policy), f"{view.title} ({view.effective})", listed=False))
    if view.is_current:
        site.add(page(addresses.page_of(policy.id), view.title, listed=True))


def _first_sentence(view: PolicyView) -> str:
    return view.summary.partition(". ")[0].rstrip(".") + "."


def _history(published: Published, id_: str, historian: Historian) -> SitePage:
    current = published.current_of(id_)

    def content(_: str | None) -> Content:
        return {
            "policy": current,
            "versions": tuple(reversed(published.policies.versions[id_])),
            "steps": historian.steps(published.policies, id_),
        }

    title = f"{current.title}: versions"
    return SitePage(addresses.history_of(id_), title, "history.html.jinja", content, is_listed=False)
