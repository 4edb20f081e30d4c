"""The law in the admin: to be looked at by whoever holds the `policy.view_…` permissions.

Rows are written by a change of the law (`visas.legislation`), which two people make. Only a source of law, which
changes no answer by itself, is written down here.
"""

from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

from consular.lib.multilingual import MultilingualField
from consular.ui.read_only import ReadOnly
from visas.policy.models import (
    Category,
    Fee,
    FeeExemption,
    Fingerprints,
    GroupMember,
    KeepingTime,
    PassportValidity,
    Purpose,
    RefundRule,
    RequiredDocument,
    Rule,
    RuleGroup,
    ServiceFee,
    Source,
    StayOption,
    Surcharge,
    TravelDocument,
)


# Django's own admin classes take no type argument when they run.
class PolicyAdmin(ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]
    show_facets = admin.ShowFacets.NEVER

    def get_list_display(self, request: HttpRequest) -> list[Any]:
        """Show texts in the reader's language; Django would show the JSON of all languages."""
        return [column(self.model, name) for name in super().get_list_display(request)]


def column(model: type[Model], name: Any) -> Any:
    """Return what shows one column of a list: for a text in several languages a function, else the name itself."""
    field = next((each for each in model._meta.fields if each.name == name), None)
    if not isinstance(field, MultilingualField):
        return name

    @admin.display(description=field.verbose_name)
    def words(row: Model) -> str:
        return str(getattr(row, name))

    return words


class PolicyInline(admin.TabularInline):  # type: ignore[type-arg]
    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class StayOptionInline(PolicyInline):
    model = StayOption


class FeeInline(PolicyInline):
    model = Fee


class GroupMemberInline(PolicyInline):
    model = GroupMember


@admin.register(Category)
class CategoryAdmin(PolicyAdmin):
    list_display = ["code", "name", "target_working_days", "online"]
    list_display_links = ["code", "name"]
    inlines = [StayOptionInline, FeeInline]


@admin.register(Purpose)
class PurposeAdmin(PolicyAdmin):
    list_display = ["name", "code", "category"]
    list_select_related = ["category"]


@admin.register(RuleGroup)
class RuleGroupAdmin(PolicyAdmin):
    list_display = ["code", "name", "is_default"]
    list_display_links = ["code", "name"]
    inlines = [GroupMemberInline]


@admin.register(TravelDocument)
class TravelDocumentAdmin(PolicyAdmin):
    list_display = ["name", "code", "counts_as"]
    list_select_related = ["counts_as"]


@admin.register(Rule)
class RuleAdmin(PolicyAdmin):
    list_display = ["__str__", "interview", "max_days", "period_days", "valid_from", "valid_to"]
    list_filter = ["group", "outcome", "purpose", "document"]
    list_select_related = ["group", "purpose", "document"]


@admin.register(Fee)
class FeeAdmin(PolicyAdmin):
    list_display = ["category", "amount", "currency", "valid_from", "valid_to"]
    list_filter = ["category"]
    list_select_related = ["category"]


@admin.register(FeeExemption)
class FeeExemptionAdmin(PolicyAdmin):
    list_display = ["name", "under_age", "document", "family_of_citizen", "valid_from", "valid_to"]
    list_select_related = ["document"]


@admin.register(RequiredDocument)
class RequiredDocumentAdmin(PolicyAdmin):
    list_display = ["label", "category", "kind", "when", "valid_from", "valid_to"]
    list_filter = ["category", "kind"]
    list_select_related = ["category"]


@admin.register(PassportValidity)
class PassportValidityAdmin(PolicyAdmin):
    list_display = ["months_beyond_stay", "blank_pages", "valid_from", "valid_to"]


@admin.register(Source)
class SourceAdmin(PolicyAdmin):
    """Sources are added, never rewritten: rules cite them."""

    list_display = ["title", "code", "adopted_on"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("policy.add_source")


@admin.register(Surcharge)
class SurchargeAdmin(PolicyAdmin):
    list_display = ["name", "percent", "amount", "currency", "valid_from", "valid_to"]


@admin.register(ServiceFee)
class ServiceFeeAdmin(PolicyAdmin):
    list_display = ["name", "amount", "currency", "valid_from", "valid_to"]


@admin.register(RefundRule)
class RefundRuleAdmin(PolicyAdmin):
    list_display = ["text", "refunded", "valid_from", "valid_to"]


@admin.register(Fingerprints)
class FingerprintsAdmin(PolicyAdmin):
    list_display = ["from_age", "valid_from", "valid_to"]


@admin.register(KeepingTime)
class KeepingTimeAdmin(PolicyAdmin):
    list_display = ["fate", "kind", "days", "appeal_days", "valid_from", "valid_to"]
    list_filter = ["fate", "kind"]
