"""The law as dated rows."""

from visas.policy.models.categories import Category, Purpose, StayOption
from visas.policy.models.documents import PassportValidity, RequiredDocument
from visas.policy.models.fees import Fee, FeeExemption
from visas.policy.models.requirement import GroupMember, Rule, RuleGroup, TravelDocument
from visas.policy.models.validity import InForce, Source
from visas.policy.models.version import Version

__all__ = [
    "Category",
    "Fee",
    "FeeExemption",
    "GroupMember",
    "InForce",
    "PassportValidity",
    "Purpose",
    "RequiredDocument",
    "Rule",
    "RuleGroup",
    "Source",
    "StayOption",
    "TravelDocument",
    "Version",
]
