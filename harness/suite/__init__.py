"""Policy tests as data: read strictly, judged by the real assessment, counted for coverage."""

from harness.suite.find import is_suite
from harness.suite.judge import Difference, Ending, Judged, Reason, ending_under, judge, judge_with
from harness.suite.model import Expected, PolicyTest, Suite
from harness.suite.reading import Folders, mistakes_of_suites, read_suite, read_suites
from harness.suite.telling import told

__all__ = [
    "Difference",
    "Ending",
    "Expected",
    "Folders",
    "Judged",
    "PolicyTest",
    "Reason",
    "Suite",
    "ending_under",
    "is_suite",
    "judge",
    "judge_with",
    "mistakes_of_suites",
    "read_suite",
    "read_suites",
    "told",
]
