#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What HTTP costs: `voiceroll serve` beside the embedded registry, and under load.

Run:  python3 bench/server.py [--rounds N] [--clients N]
Needs cargo, ffmpeg and wrk (Linux). Exits with 1 where a limit is missed.

Create: one client, one connection, a 30 s MP3 in base64; beside it, in the same rounds, `enroll` of the same
file by the embedded registry, opening the store left out; medians. Load: so many clients at once, five
creates each; the 99th percentile is held against three times the time of one client, times clients over
cores. Reads: wrk with one thread and 32 connections, on the same cores as the server.
Limits: client and server share the machine; the client is Python, so its own time is in the figures; each
create is a new speaker, whose voice is compared with all that are there.
"""
import argparse
import asyncio
import base64
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time

import clips

sys.path.insert(0, str(clips.ROOT / "tests"))
import served

PIPELINE = clips.ROOT / "target" / "release" / "examples" / "time_pipeline"
ROLL = "/ai/audio/v1/enrollments"


class Client:
    """One connection, kept."""

    async def connect(self, server):
        self.reader, self.writer = await asyncio.open_connection(server.host, int(server.port))
        return self

    async def ask(self, method, path, headers, body=b""):
        head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        self.writer.write(f"{method} {path} HTTP/1.1\r\nHost: x\r\n{head}Content-Length: {len(body)}\r\n\r\n".encode())
        self.writer.write(body)
        head = (await self.reader.readuntil(b"\r\n\r\n")).decode().lower()
        length = int(re.search(r"content-length: (\d+)", head).group(1))
        return int(head.split(" ")[1]), await self.reader.readexactly(length)


async def create(client, headers, content, speaker):
    body = {"encoding": "Mpeg", "languageCode": "en-US", "content": content, "speakerId": speaker}
    body = json.dumps(body).encode()
    start = time.perf_counter()
    status, answer = await client.ask("POST", ROLL, headers, body)
    if status != 201:
        sys.exit(f"create answered {status}: {answer.decode()}")
    return time.perf_counter() - start


async def beside(server, headers, file, content, rounds):
    """Times of creates over HTTP and embedded, turn by turn."""
    embedded = subprocess.Popen([PIPELINE, file], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    client = await Client().connect(server)
    taken = []
    for number in range(rounds + 2):
        over_http = await create(client, headers, content, f"one_{number}")
        embedded.stdin.write("enroll\n")
        embedded.stdin.flush()
        here = json.loads(embedded.stdout.readline())
        taken.append((over_http, here["seconds"] - here["store_seconds"]))
    embedded.stdin.close()
    embedded.wait()
    over_http, here = zip(*taken[2:])
    return statistics.median(over_http), statistics.median(here)


async def load(server, headers, content, clients):
    async def one(number):
        client = await Client().connect(server)
        return [await create(client, headers, content, f"many_{number}_{turn}") for turn in range(5)]

    start = time.perf_counter()
    taken = sorted(sum(await asyncio.gather(*(one(number) for number in range(clients))), []))
    return taken[int(0.99 * len(taken))], len(taken) / (time.perf_counter() - start)


def reads(server, headers):
    command = ["wrk", "-t1", "-c32", "-d5", "-H", f"Authorization: {headers['Authorization']}"]
    done = subprocess.run([*command, f"{server.app['server']}{ROLL}/one_0"], check=True, stdout=subprocess.PIPE, text=True)
    if "Non-2xx" in done.stdout:
        sys.exit(done.stdout)
    return float(re.search(r"Requests/sec:\s+([0-9.]+)", done.stdout).group(1))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=25, help="[default: 25]")
    parser.add_argument("--clients", type=int, default=200, help="[default: 200]")
    args = parser.parse_args()
    build = ["cargo", "build", "--release", "--features", "full"]
    subprocess.run([*build, "--bins"], cwd=clips.ROOT, check=True)
    subprocess.run([*build, "--example", "time_pipeline"], cwd=clips.ROOT, check=True)
    file = clips.half_minute()
    content = base64.b64encode(file.read_bytes()).decode()

    with tempfile.TemporaryDirectory() as folder:
        server = served.Server(folder)
        time.sleep(1)
        idle = server.memory()
        headers = {"Authorization": f"Bearer {server.log_in()}", "Content-Type": "application/json"}
        over_http, embedded = asyncio.run(beside(server, headers, file, content, args.rounds))
        rate = reads(server, headers)
        p99, creates = asyncio.run(load(server, headers, content, args.clients))
        peak = server.memory("VmHWM")
        server.kill()

    allowed = 3 * over_http * args.clients / len(os.sched_getaffinity(0))
    rows = [
        ("start until it listens, ms", 1e3 * server.started, 100, True),
        ("memory idle, MB", idle, 40, True),
        ("create over HTTP, ms", 1e3 * over_http, None, True),
        ("enroll embedded, ms", 1e3 * embedded, None, True),
        ("ratio", over_http / embedded, 1.1, True),
        ("reads a second", rate, 15_000, False),
        (f"{args.clients} clients: creates a second", creates, None, True),
        (f"{args.clients} clients: 99th percentile, ms", 1e3 * p99, 1e3 * allowed, True),
        ("memory at its highest, MB", peak, 400, True),
    ]
    missed = False
    for label, value, limit, most in rows:
        held = limit is None or (value <= limit if most else value >= limit)
        missed |= not held
        bound = "" if limit is None else f"  {'at most' if most else 'at least'} {limit:.5g}{'' if held else ', missed'}"
        print(f"{label:40}{value:10.5g}{bound}")
    sys.exit(missed)


if __name__ == "__main__":
    main()
