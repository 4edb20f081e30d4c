"""What a page raises for somebody who could open it, and whose right to do so has ended."""

from django.http import Http404


class RightEndedError(Http404):
    """As if there were no such page; `consular.portal.middleware` says why, in words without personal data."""
