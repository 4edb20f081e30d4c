"""The visa questionnaire of the demonstration is the one that the portal comes with."""

from embassy.start.questionnaire import content, load

__all__ = ["content", "load"]
