"""What a search engine or a program reads of a policy page: JSON-LD in the words of schema.org."""

from __future__ import annotations

import json

from markupsafe import Markup

from harness.report.citations import plain
from harness.site.policy_view import PolicyView
from harness.strict_yaml import Json

# Within a script element nothing is escaped, and `</script>` would end it.
_ASIDE = {ord(mark): f"\\u{ord(mark):04x}" for mark in "<>&\u2028\u2029"}


def json_ld(view: PolicyView, address: str | None) -> Markup:
    """The page as a MedicalWebPage about a MedicalGuideline. `address` is its public one, where the site has one."""
    policy = view.policy
    codes: list[Json] = [
        {"@type": "MedicalCode", "codeValue": code, "codingSystem": codes.system}
        for codes in policy.applies_to
        for code in codes.codes
    ]
    subject: dict[str, Json] = {"@type": "MedicalProcedure", "name": view.title, "code": codes}
    guideline: dict[str, Json] = {
        "@type": "MedicalGuideline",
        "name": f"{view.title}: medical-necessity criteria",
        "description": view.summary,
        "guidelineDate": policy.effective.isoformat(),
        "guidelineSubject": subject,
        "evidenceOrigin": view.evidence,
    }
    if policy.approval is not None:
        guideline["recognizingAuthority"] = {"@type": "Organization", "name": policy.approval.body}
    page: dict[str, Json] = {
        "@context": "https://schema.org",
        "@type": "MedicalWebPage",
        "name": view.title,
        "description": view.summary,
        "inLanguage": "en",
        "version": policy.version,
        "creativeWorkStatus": policy.status,
        "mainEntity": guideline,
        "citation": [plain(one.citation) for one in view.references],
    }
    if policy.approval is not None:
        page["lastReviewed"] = policy.approval.date.isoformat()
    if address:
        page["url"] = address
    return Markup(json.dumps(page, ensure_ascii=False).translate(_ASIDE))  # noqa: S704 - nothing can end the script
