"""The verbs of accounts that allauth has not."""

from consular.accounts.actions.forget import forget_ended_sessions

__all__ = ["forget_ended_sessions"]
