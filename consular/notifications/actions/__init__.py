"""The verbs of messages."""

from consular.notifications.actions.deliver import deliver
from consular.notifications.actions.post import mail, post
from consular.notifications.actions.read import read

__all__ = ["deliver", "mail", "post", "read"]
