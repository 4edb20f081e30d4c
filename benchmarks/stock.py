"""Cases in the admin as Django's tutorial teaches it: what a project has that did nothing about a million rows."""

from django.contrib import admin

from consular.cases.models import Case


class StockCaseAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("reference", "name_latin", "category", "status", "officer", "due_on", "mission")
    list_filter = ("status", "mission", "due_on")
    list_per_page = 50
    list_max_show_all = 0
    search_fields = ("reference", "name_latin", "name_native")
    date_hierarchy = "opened_at"
    ordering = ("due_on", "id")


site = admin.AdminSite(name="stock")
site.register(Case, StockCaseAdmin)
