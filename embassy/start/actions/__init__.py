"""The verbs of the start: write the folder, fill the database."""

from embassy.start.actions.fill import OtherDataError, fill
from embassy.start.actions.write import Wanted, WrongWishError, write

__all__ = ["OtherDataError", "Wanted", "WrongWishError", "fill", "write"]
