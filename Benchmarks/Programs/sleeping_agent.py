"""A persistent agent that answers every trial after DELAY milliseconds, WIDTH of them at once.

For machines without a C compiler; sleeping_agent.c does the same at less cost.
Usage: sleeping_agent.py DELAY WIDTH
"""

import asyncio
import json
import sys


def say(line):
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


async def main(delay, width):
    loop = asyncio.get_running_loop()
    lines = asyncio.StreamReader(limit=1 << 20)
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(lines), sys.stdin)
    say(json.dumps({"type": "hello", "protocol": 1, "concurrency": width}))
    while line := await lines.readline():
        request = json.loads(line)
        if request["type"] == "trial":
            answer = json.dumps({"type": "result", "trial": request["trial"], "output": "done"})
            loop.call_later(delay / 1_000, say, answer)
    await asyncio.sleep(delay / 1_000)


asyncio.run(main(*map(int, sys.argv[1:])))
