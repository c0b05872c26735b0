"""Baseline: awaits COUNT sleeps of DELAY milliseconds, at most WIDTH at once, and does nothing else.

Usage: many_sleeps.py COUNT DELAY WIDTH
"""

import asyncio
import sys


async def main(count, delay, width):
    places = asyncio.Semaphore(width)

    async def one():
        async with places:
            await asyncio.sleep(delay / 1_000)
            return "done"

    answers = await asyncio.gather(*(one() for _ in range(count)))
    assert all("done" in answer for answer in answers)


asyncio.run(main(*map(int, sys.argv[1:])))
