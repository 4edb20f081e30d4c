"""Alerts with their texts, subscribers, and what is sent to them."""

from embassy.alerts.models.alert import Alert
from embassy.alerts.models.sending import Delivery, Sending
from embassy.alerts.models.subscriber import Subscriber
from embassy.alerts.models.text import PARTS, Text

__all__ = ["PARTS", "Alert", "Delivery", "Sending", "Subscriber", "Text"]
