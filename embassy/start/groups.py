"""The groups of staff, and what each may do, as "<app>.<codename>"."""

from django.contrib.auth.models import Group, Permission

HEADS = "Heads of mission"
LAWS = ("policy", "legislation", "times")  # The apps whose every right the heads have
GROUPS: dict[str, tuple[str, ...]] = {
    "Editors": (
        "content.view_node",
        "content.add_node",
        "content.change_node",
        "content.view_revision",
        "content.write_revision",
        "feedback.view_remark",
        "feedback.change_remark",
        "officials.view_account",
        "officials.add_account",
        "officials.change_account",
        "search.view_search",
        "search.view_synonym",
        "search.add_synonym",
        "search.change_synonym",
        "search.delete_synonym",
    ),
    "Translators": (
        "content.view_node",
        "content.view_revision",
        "content.translate_revision",
        "alerts.translate_alert",
    ),
    "Approvers": (
        "content.view_node",
        "content.view_revision",
        "content.approve_revision",
        "content.view_translator",
        "content.add_translator",
        "content.delete_translator",
        "alerts.approve_alert",
    ),
    "Form editors": (  # Who writes a draft never publishes it: they need one another
        "questionnaires.view_questionnaire",
        "questionnaires.change_revision",
        "questionnaires.publish_revision",
    ),
    "Duty officers": (
        "alerts.write_alert",
        "alerts.approve_alert",
        "alerts.send_alert",
        "officials.view_account",
        "officials.change_account",
    ),
}


def group(name: str) -> Group:
    """Return the group of that name with at least the permissions that `GROUPS` gives it."""
    found, _ = Group.objects.get_or_create(name=name)
    found.permissions.add(*(_permission(each) for each in GROUPS[name]))
    return found


def heads_of_mission() -> Group:
    """Return the group of those who prepare changes of the law, and put in force those of others."""
    found, _ = Group.objects.get_or_create(name=HEADS)
    found.permissions.add(*Permission.objects.filter(content_type__app_label__in=LAWS))
    return found


def _permission(name: str) -> Permission:
    app, _, codename = name.partition(".")
    return Permission.objects.get(content_type__app_label=app, codename=codename)
