"""Which facts are still needed, in the order that settles the outcome soonest, and how to ask for them."""

from harness.questionnaire.ask import of_case, of_policy
from harness.questionnaire.formats import FORMATS, render
from harness.questionnaire.model import Question, Questionnaire

__all__ = ["FORMATS", "Question", "Questionnaire", "of_case", "of_policy", "render"]
