"""The trail, for reading."""

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from consular.audit.models import Entry
from consular.ui.read_only import ReadOnly


@admin.register(Entry)
class EntryAdmin(ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]  # Not subscriptable at run time
    """Superusers read the whole trail; officers read a case's part of it on the case page."""

    list_display = ("at", "verb", "actor", "subject_type", "subject_id", "detail")
    list_display_links = None
    list_select_related = ("actor",)
    list_per_page = 50
    list_max_show_all = 0
    search_fields = ("subject_id__exact", "verb__exact")
    search_help_text = _("The number of a subject, or a whole verb such as case.seen")
    ordering = ("-pk",)
    actions = None
    show_full_result_count = False

    def has_module_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.is_superuser)

    def has_view_permission(self, request: HttpRequest, obj: Entry | None = None) -> bool:
        return bool(request.user.is_superuser)
