"""Names for the arrays that pictures and scores are. Their element types OpenCV does not declare."""

from typing import Any

from numpy.typing import NDArray

Grey = NDArray[Any]  # uint8, rows × columns, 0 black to 255 white
Scores = NDArray[Any]  # float32, frames × (1 + 37): log-probabilities of CTC's classes
Array = NDArray[Any]  # anything else that is measured
