"""`necessity explain`: one rule as the site shows it."""

from __future__ import annotations

from harness.report import rule_page
from tests.report.policy_sample import POLICY, THERAPY

WHOLE = """\
At least 6 weeks of therapy
  Rule therapy of Sample (spine/sample), effective 1 January 2025
  Kind: criterion: it is required
  Topic: Conservative treatment
  No committee or clinician has approved this policy.

What it asks
  - all of these
    - physical therapy: at least 6 weeks
    - imaging side: the same as the requested side

Thresholds
  - Length: 6 weeks (parameter therapy_weeks)
  [1] rec. 7: suggests six weeks of care first (Grade B)

What the report says
  - Met: [physical therapy days] are documented.
  - Not met: Only [physical therapy days] are documented; 6 weeks are required.

What to submit
  Therapy records of 6 weeks.

What the sources say
  [1] rec. 7: suggests six weeks of care first (Grade B)

Facts it reads
  - What is physical_therapy.days? (physical_therapy.days)
    Look for: Visit notes
    Measured: days from the first start to the last end of physical therapy, where supervised: yes,
    within 6 months before the request
  - What is imaging.side? (imaging.side)
    Look for: Visit notes
    Read as left when undocumented; the report then says so.
    One of: left, right
  - Which side is requested? (request.side)
    Look for: The request
    One of: left, right, bilateral, midline

What reads it
  - Another (other)

References
  1. Qaseem A, Wilt TJ. Noninvasive treatments for acute, subacute, and chronic low back pain. Ann
     Intern Med. 2017;166(7):514-530. doi:10.7326/M16-2367
    Lapsed: its publisher no longer maintains it.
    Withdrawn five years after publication, by the publisher's rule.

Where it stands
  policies/spine/thoracolumbar-decompression/2025-01-01.yaml:40
"""


def test_whole_page() -> None:
    assert rule_page(POLICY, THERAPY) == WHOLE
