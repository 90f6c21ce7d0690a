"""Whether the time of something grows with its size, on a busy machine too."""

import time


def seconds(function, size):
    """Processor seconds of the best of three calls."""
    taken = []
    for _ in range(3):
        start = time.process_time()
        function(size)
        taken.append(time.process_time() - start)
    return min(taken)


def linear(function, size, *, most=3.5):
    """Twice the size takes at most `most` times as long (quadratic: four times)."""
    half, whole = seconds(function, size // 2), seconds(function, size)
    assert whole < most * half + 0.05, f"{half:.3f} s for half, {whole:.3f} s for all"
