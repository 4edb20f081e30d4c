"""The network: five convolutions that squeeze 24 rows to one, then dilated ones along the line.

No recurrent part on purpose: a character is read from its own neighbourhood (about five
characters each side), so the network cannot lean on what names and numbers usually look like.
About 240 000 parameters.
"""

from typing import Any

import torch
from torch import nn

from consular.documents.reading.recogniser import CHARACTERS

WIDTH = 96  # channels along the line


def convolution(inputs: int, outputs: int, kernel: Any, padding: Any) -> nn.Sequential:
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, kernel, padding=padding, bias=False),
        nn.BatchNorm2d(outputs),
        nn.ReLU(inplace=True),
    )


class Along(nn.Module):
    """A residual convolution along the line."""

    def __init__(self, dilation: int) -> None:
        super().__init__()
        self.body = convolution(WIDTH, WIDTH, (1, 5), (0, 2 * dilation))
        self.body[0].dilation = (1, dilation)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x + self.body(x)


class LineNetwork(nn.Module):
    """(n, 1, 24, w) evened lines → (n, w / 4, 38) log-probabilities."""

    def __init__(self) -> None:
        super().__init__()
        self.body = nn.Sequential(
            convolution(1, 16, 3, 1),
            nn.MaxPool2d(2),
            convolution(16, 32, 3, 1),
            nn.MaxPool2d(2),
            convolution(32, 48, 3, 1),
            convolution(48, 64, 3, 1),
            nn.MaxPool2d((2, 1)),
            convolution(64, WIDTH, 3, (0, 1)),
            Along(1),
            Along(2),
            Along(4),
            nn.Dropout2d(0.1),
        )
        self.head = nn.Conv2d(WIDTH, len(CHARACTERS) + 1, 1)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        scores = self.head(self.body(x)).squeeze(2).float()
        return torch.log_softmax(scores.permute(0, 2, 1), dim=2)
