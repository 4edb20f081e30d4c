"""Run a dispatcher: `manage.py dispatch`. Two copies are better than one."""

import signal
from typing import Any

from django.core.management.base import BaseCommand

from consular.outbox.dispatcher import Dispatcher


class Command(BaseCommand):
    help = "Hand the work that is owed to Celery, until SIGTERM."

    def handle(self, *args: Any, **options: Any) -> None:
        dispatcher = Dispatcher()
        signal.signal(signal.SIGTERM, dispatcher.stop)
        signal.signal(signal.SIGINT, dispatcher.stop)
        dispatcher.run()
