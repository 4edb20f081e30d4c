"""The verbs of messages."""

from consular.notifications.actions.deliver import deliver
from consular.notifications.actions.forget import forget_account_mail
from consular.notifications.actions.post import mail, post
from consular.notifications.actions.read import read

__all__ = ["deliver", "forget_account_mail", "mail", "post", "read"]
