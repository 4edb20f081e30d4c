from django.apps import AppConfig


class VisasConfig(AppConfig):
    """Plugs the visa service into casework."""

    name = "visas"
    label = "visas"

    def ready(self) -> None:
        from consular.cases.kinds import register
        from visas.kind import VisaKind

        register(VisaKind())
