from django.apps import AppConfig


class ApplicationsConfig(AppConfig):
    name = "visas.applications"
    label = "applications"

    def ready(self) -> None:
        from consular.documents.rules import also_open_to
        from consular.documents.uses import told_by
        from consular.questionnaires.editing.findings import OTHERS
        from visas.applications import resume_gate  # noqa: F401 - connects its receiver
        from visas.applications.mandates import may_look_at
        from visas.applications.never_asked import never_asked
        from visas.applications.uses import use_of

        OTHERS.append(never_asked)
        told_by(use_of)
        also_open_to(may_look_at)
