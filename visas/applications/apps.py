from django.apps import AppConfig


class ApplicationsConfig(AppConfig):
    name = "visas.applications"
    label = "applications"

    def ready(self) -> None:
        from consular.questionnaires.editing.findings import OTHERS
        from visas.applications import resume_gate  # noqa: F401 - connects its receiver
        from visas.applications.never_asked import never_asked

        OTHERS.append(never_asked)
