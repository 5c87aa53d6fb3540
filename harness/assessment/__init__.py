"""Statuses and policy into an assessment: outcome, findings, presumptions, remedies."""

from harness.assessment.assess import assess

__all__ = ["assess"]
