# SPDX-License-Identifier: Apache-2.0
"""What `time_pipeline` does, through the Python package: a line in, a line of JSON out."""

import asyncio
import concurrent.futures
import json
import pathlib
import resource
import sys
import tempfile
import time
import timeit

import voiceroll


def memory():
    """Megabytes that are held now."""
    pages = int(pathlib.Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1e6


async def many(folder, data):
    async with voiceroll.AsyncRegistry.open(f"{folder}/voices.db") as registry:
        start = time.perf_counter()
        await asyncio.gather(*(registry.enroll(f"speaker_{number}", data) for number in range(1000)))
        return time.perf_counter() - start


def work(what, file, data):
    if what == "nothing":
        rounds = 1_000_000
        told = {"version": voiceroll._native.version}
        return min(timeit.repeat("version()", globals=told, number=rounds, repeat=3)) / rounds
    if what.startswith("threads"):
        start = time.perf_counter()
        with concurrent.futures.ThreadPoolExecutor(int(what.split()[1])) as pool:
            list(pool.map(voiceroll.inspect, [data] * 8))
        return time.perf_counter() - start
    with tempfile.TemporaryDirectory() as folder:
        if what == "many":
            return asyncio.run(many(folder, data))
        start = time.perf_counter()
        if what == "enroll":
            registry = voiceroll.Registry.open(f"{folder}/voices.db")
            registry.enroll("ada", file)
        else:
            voiceroll.inspect(data if what == "bytes" else file)
        return time.perf_counter() - start


def main():
    file = sys.argv[1]
    data = pathlib.Path(file).read_bytes()
    for line in sys.stdin:
        print(json.dumps({"seconds": work(line.strip(), file, data), "memory": memory()}), flush=True)


main()
