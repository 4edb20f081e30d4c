"""The verbs of questionnaires, one transaction each."""

from consular.questionnaires.actions.freeze import freeze
from consular.questionnaires.actions.move import move
from consular.questionnaires.actions.publish import publish
from consular.questionnaires.actions.save import SheetIsFrozenError, SheetMovedError, save

__all__ = ["SheetIsFrozenError", "SheetMovedError", "freeze", "move", "publish", "save"]
