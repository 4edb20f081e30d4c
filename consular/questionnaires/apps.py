from django.apps import AppConfig


class QuestionnairesConfig(AppConfig):
    name = "consular.questionnaires"
    label = "questionnaires"
    verbose_name = "Questionnaires"
