"""Whether the time of something grows with its size, on a busy machine too."""

import gc
import time

TRIES = 4


def seconds(function, size):
    """Processor seconds of one call, without the collector of garbage."""
    gc.disable()
    try:
        start = time.process_time()
        function(size)
        return time.process_time() - start
    finally:
        gc.enable()


def linear(function, size):
    """Twice the size takes at most three times as long (quadratic: four times).

    The half is taken twice at each try, so that nothing is read for the first time in
    it; only where the bound is missed does a disturbance have to be told from growth.
    """
    half = whole = float("inf")
    for _ in range(TRIES):
        half = min(half, *(seconds(function, size // 2) for _ in range(2)))
        whole = min(whole, seconds(function, size))
        if whole < 3 * half + 0.03:
            return
    raise AssertionError(f"{half:.3f} s for half, {whole:.3f} s for all")
