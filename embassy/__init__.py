"""The composition root: settings, URLs, Celery and the public website. Nothing imports it."""

from embassy.celery import app as celery_app

__all__ = ["celery_app"]
