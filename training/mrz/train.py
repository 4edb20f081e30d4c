"""Train the line recogniser and write it as ONNX.

    python -m training.mrz.train --minutes 45 --out consular/documents/reading/mrz_lines.onnx

Needs PyTorch (a virtual environment of its own: see README.md). The lines are drawn while it
trains by a second process; no line is shown twice. The first part of the way also teaches where
each character stands (known, because we drew it), which spares CTC its slow search for the
alignment.
"""

import argparse
import multiprocessing
import os
import random
import time
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import torch
from torch import nn

from consular.documents.reading.arrays import Array
from consular.documents.reading.recogniser import BLANK, CHARACTERS, HEIGHT, STRIDE, batch
from training.mrz.lines import Sample, sample
from training.mrz.network import LineNetwork

SEED = 9303
BATCH = 32
HELD_OUT = 512  # lines


def classes(text: str) -> list[int]:
    return [CHARACTERS.index(character) + 1 for character in text]


def collate(samples: list[Sample]) -> tuple[torch.Tensor, ...]:
    """(lines, CTC targets, frame targets, frames used, characters) of a batch as tensors."""
    lines = torch.from_numpy(batch([picture for picture, _, _ in samples]))
    frames = lines.shape[3] // STRIDE
    places = torch.full((len(samples), frames), BLANK)
    for row, (_, text, where) in enumerate(samples):
        places[row, torch.from_numpy(where)] = torch.tensor(classes(text))
    targets = torch.tensor([c for _, text, _ in samples for c in classes(text)])
    used = torch.tensor([-(-picture.shape[1] // STRIDE) for picture, _, _ in samples])
    return lines, targets, places, used, torch.tensor([len(text) for _, text, _ in samples])


def draw_for_ever(queue: Any, seed: int) -> None:
    """Feed batches to `queue` until the process is ended."""
    os.nice(19)
    cv2.setNumThreads(1)
    torch.set_num_threads(1)
    rng = random.Random(seed)
    while True:
        queue.put(tuple(t.numpy() for t in collate([sample(rng) for _ in range(BATCH)])))


def losses(
    scores: torch.Tensor,
    targets: torch.Tensor,
    places: torch.Tensor,
    used: torch.Tensor,
    lengths: torch.Tensor,
) -> tuple[torch.Tensor, torch.Tensor]:
    """(CTC, alignment) of a batch, each about 1 or less when things go well."""
    ctc = nn.functional.ctc_loss(
        scores.transpose(0, 1), targets, used, lengths, blank=BLANK, zero_infinity=True
    )
    weight = torch.where(places == BLANK, 0.3, 1.0)
    picked = -scores.gather(2, places[..., None])[..., 0]
    return ctc, (picked * weight).sum() / weight.sum()


def greedy(scores: Array) -> str:
    """Return the text of one line's frames: best class each, repeats and blanks dropped."""
    best = scores.argmax(-1)
    kept = best[np.insert(best[1:] != best[:-1], 0, True)]
    return "".join(CHARACTERS[c - 1] for c in kept if c != BLANK)


def evaluate(network: LineNetwork, samples: list[Sample]) -> float:
    """Share of held-out lines that come out exactly right, without any repair."""
    network.eval()
    right = 0
    with torch.no_grad():
        for start in range(0, len(samples), BATCH):
            part = samples[start : start + BATCH]
            lines, _, _, used, _ = collate(part)
            for score, (_, text, _), count in zip(network(lines).numpy(), part, used, strict=True):
                right += greedy(score[:count]) == text
    network.train()
    return right / len(samples)


def export(network: LineNetwork, path: str) -> None:
    """Write the network as ONNX, batch normalisation folded in."""
    network.eval()
    torch.onnx.export(
        network,
        (torch.zeros(2, 1, HEIGHT, 640),),
        str(path),
        input_names=["lines"],
        output_names=["scores"],
        dynamic_axes={"lines": {0: "n", 3: "width"}, "scores": {0: "n", 1: "frames"}},
        opset_version=17,
        dynamo=False,
    )
    network.train()


def rate(progress: float) -> float:
    """Return the learning rate over the way from 0 to 1: a short rise, then a cosine down to nearly 0."""
    if progress < 0.03:
        return 0.002 * progress / 0.03
    return 0.002 * (0.01 + 0.99 * 0.5 * (1 + np.cos(np.pi * (progress - 0.03) / 0.97)))


def train(minutes: float, out: Path, checkpoint: Path) -> None:
    torch.manual_seed(SEED)
    torch.set_num_threads(1)
    held_rng = random.Random(SEED + 1)
    held_out = [sample(held_rng) for _ in range(HELD_OUT)]
    network = LineNetwork()
    print(sum(p.numel() for p in network.parameters()), "parameters", flush=True)
    optimiser = torch.optim.AdamW(network.parameters(), lr=0.002, weight_decay=0.01)
    context = multiprocessing.get_context("spawn")
    queue = context.Queue(16)
    drawer = context.Process(target=draw_for_ever, args=(queue, SEED), daemon=True)
    drawer.start()
    begun, step, told = time.time(), 0, 0.0
    while (progress := (time.time() - begun) / (60 * minutes)) < 1:
        for group in optimiser.param_groups:
            group["lr"] = rate(progress)
        lines, *rest = (torch.from_numpy(array) for array in queue.get())
        with torch.autocast("cpu", dtype=torch.bfloat16):
            scores = network(lines)
        ctc, alignment = losses(scores, *rest)
        loss = ctc + alignment * max(0.0, 1 - progress / 0.5) * 3
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(network.parameters(), 2.0)
        optimiser.step()
        step += 1
        if time.time() - told > 90:
            told = time.time()
            right = evaluate(network, held_out)
            print(
                f"{progress:.3f} step {step} ctc {ctc:.3f} align {alignment:.3f} "
                f"held-out lines right {right:.3f}",
                flush=True,
            )
            torch.save(network.state_dict(), checkpoint)
    print("final", step, evaluate(network, held_out), flush=True)
    torch.save(network.state_dict(), checkpoint)
    export(network, out)
    drawer.terminate()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--minutes", type=float, default=45)
    parser.add_argument("--out", type=Path, default=Path("mrz_lines.onnx"))
    parser.add_argument("--checkpoint", type=Path, default=Path("mrz_lines.pt"))
    arguments = parser.parse_args()
    os.nice(19)
    train(arguments.minutes, arguments.out, arguments.checkpoint)
