"""Messages for tests."""

import factory
from factory.django import DjangoModelFactory

from consular.notifications.models import Delivery, Message
from tests.factories.accounts import UserFactory


class MessageFactory(DjangoModelFactory):
    """A message in somebody's inbox."""

    class Meta:
        model = Message

    to = factory.SubFactory(UserFactory)
    template = "cases/received"
    language = "en"
    key = factory.Sequence(lambda n: f"message:{n}")
    subject = "We have received your application"
    body = "We have received your application."


class DeliveryFactory(DjangoModelFactory):
    class Meta:
        model = Delivery

    message = factory.SubFactory(MessageFactory)
    address = "person@example.org"
    header_id = factory.Sequence(lambda n: f"<{n}@embassy.example.org>")
