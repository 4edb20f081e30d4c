"""What the bench does besides casework."""

from consular.desk.actions.retry import retry

__all__ = ["retry"]
