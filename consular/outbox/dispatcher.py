"""The dispatcher's loop: wakes on NOTIFY, looks each second, outlives the database and the broker."""

import logging
import time
from types import FrameType

import psycopg
from django.db import DatabaseError, InterfaceError, OperationalError, connection, connections

from consular.outbox.actions.hand_out import BATCH, BrokerDownError, hand_out
from consular.outbox.actions.owe import CHANNEL

logger = logging.getLogger(__name__)

POLL_SECONDS = 1.0


class Dispatcher:
    """Hands out what is owed until told to stop. Several may run: each row is claimed by one of them."""

    def __init__(self, poll_seconds: float = POLL_SECONDS) -> None:
        self.poll_seconds = poll_seconds
        self.stopping = False
        self.trouble = ""
        self.ear = connections.create_connection("default")

    def stop(self, signal: int = 0, frame: FrameType | None = None) -> None:
        """Leave the loop after the current batch; also a signal handler."""
        self.stopping = True

    def run(self) -> None:
        while not self.stopping:
            try:
                self.listen()
                while not self.stopping:
                    self.round()
            except (OperationalError, InterfaceError, psycopg.OperationalError) as error:
                self.report(f"the database is away ({type(error).__name__})")
                self.hang_up()
                time.sleep(self.poll_seconds)
        self.hang_up()

    def round(self) -> None:
        """Hand out until nothing is due, then wait for a notification or the next second."""
        try:
            while hand_out() == BATCH and not self.stopping:
                pass
        except BrokerDownError as error:
            self.report(f"the broker is away ({error})")
        else:
            self.report("")
        self.wait()

    def listen(self) -> None:
        with self.ear.cursor() as cursor:
            cursor.execute(f"LISTEN {CHANNEL}")

    def wait(self) -> None:
        """Return at the next notification, or after a second."""
        for _ in self.ear.connection.notifies(timeout=self.poll_seconds, stop_after=1):
            pass

    def hang_up(self) -> None:
        for each in (self.ear, connection):
            try:
                each.close()
            except DatabaseError:
                each.connection = None

    def report(self, trouble: str) -> None:
        """Log when trouble begins and when it ends, not at every round in between."""
        if trouble != self.trouble:
            logger.log(
                logging.WARNING if trouble else logging.INFO, "dispatcher: %s", trouble or "all is well again"
            )
        self.trouble = trouble
