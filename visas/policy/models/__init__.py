"""The law as dated rows."""

from visas.policy.models.categories import Category, Purpose, StayOption
from visas.policy.models.documents import PassportValidity, RequiredDocument
from visas.policy.models.fees import Fee, FeeExemption
from visas.policy.models.keeping import KeepingTime
from visas.policy.models.requirement import GroupMember, Rule, RuleGroup, TravelDocument
from visas.policy.models.services import Fingerprints, RefundRule, ServiceFee, Surcharge
from visas.policy.models.validity import InForce, Source
from visas.policy.models.version import Version

__all__ = [
    "Category",
    "Fee",
    "FeeExemption",
    "Fingerprints",
    "GroupMember",
    "InForce",
    "KeepingTime",
    "PassportValidity",
    "Purpose",
    "RefundRule",
    "RequiredDocument",
    "Rule",
    "RuleGroup",
    "ServiceFee",
    "Source",
    "StayOption",
    "Surcharge",
    "TravelDocument",
    "Version",
]
