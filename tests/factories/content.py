"""Pages, and their texts in every state."""

from datetime import timedelta

import factory
from django.contrib.auth.models import Permission
from django.utils import timezone
from factory.django import DjangoModelFactory

from consular.accounts.models import User
from embassy.content.actions import compose
from embassy.content.models import Node, Revision, Translator
from embassy.content.status import State
from tests.factories.accounts import StaffFactory


class NodeFactory(DjangoModelFactory):
    class Meta:
        model = Node

    path = factory.Sequence(lambda n: f"page-{n}")


class DraftFactory(DjangoModelFactory):
    class Meta:
        model = Revision

    node = factory.SubFactory(NodeFactory)
    language = "en"
    title = "Lost passport"
    summary = "What to do first."
    body = "Call us."
    author = factory.SubFactory(StaffFactory)
    writers = factory.LazyAttribute(lambda text: [text.author.pk])

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        text = model_class(**kwargs)
        compose(text)
        text.save()
        return text


class ApprovedFactory(DraftFactory):
    """A text that readers see since yesterday."""

    state = State.APPROVED
    approver = factory.SubFactory(StaffFactory)
    live_from = factory.LazyFunction(lambda: timezone.now() - timedelta(days=1))


def with_rights(*codenames: str, **fields) -> User:
    """Return a member of staff with rights over pages, such as "write_revision"."""
    user = StaffFactory(**fields)
    user.user_permissions.add(*Permission.objects.filter(codename__in=codenames))
    return User.objects.get(pk=user.pk)


def editor(**fields) -> User:
    return with_rights("view_node", "add_node", "change_node", "view_revision", "write_revision", **fields)


def approver(**fields) -> User:
    return with_rights("view_node", "view_revision", "approve_revision", **fields)


def translator(language: str, **fields) -> User:
    user = with_rights("view_node", "view_revision", "translate_revision", **fields)
    Translator.objects.create(person=user, language=language)
    return user
