#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""`voiceroll serve` for a long time: killed and restarted, then left to run.

Run:  python3 bench/soak.py [--seconds 3600] [--kills 10], after `cargo build --release --features full`
Linux, python3. Exits with 1 where something is lost or grows.

Half of the time the server is killed with SIGKILL at random moments, while clients enroll, read and
delete; afterwards every enrollment that was acknowledged must be there, and nothing that was acknowledged
as deleted. In the other half it is left alone; its memory and its open files may not grow from the first
third of that to its end, but by what the index needs for the speakers that came, and 8 MB. The allocator
takes some hundreds of requests to settle, so where that half is shorter than five minutes, the memory is
held to 128 MB instead.
"""
import argparse
import base64
import http.client
import json
import pathlib
import random
import sys
import tempfile
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "tests"))
import served

CLIP = served.ROOT / "tests" / "audio" / "ada-3.webm"
ROLL = "/ai/audio/v1/enrollments"
CLIENTS = 4
ALLOWED_MB = 8
SETTLED_SECONDS = 300
UNSETTLED_MB = 128
BYTES_A_SPEAKER = 2000


class Client:
    """Enrolls, reads and deletes until it is told to stop, and remembers what was acknowledged."""

    def __init__(self, server, name):
        self.server, self.name, self.number = server, name, 0
        self.there, self.gone, self.wrong = set(), set(), []
        self.connection, self.token = None, None
        self.body = {"encoding": "Webm", "content": base64.b64encode(CLIP.read_bytes()).decode()}

    def ask(self, method, path, body=None):
        """The status of the answer, or none where the connection broke."""
        try:
            if self.connection is None:
                self.connection = http.client.HTTPConnection("127.0.0.1", int(self.server.port), timeout=60)
            if self.token is None:
                self.token = self.server.log_in()
            headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
            self.connection.request(method, path, json.dumps(body) if body else None, headers)
            answer = self.connection.getresponse()
            answer.read()
            return answer.status
        except (OSError, http.client.HTTPException):
            self.connection = None
            time.sleep(0.02)
            return None

    def run(self, stop):
        while not stop.is_set():
            self.number += 1
            speaker = f"{self.name}_{self.number}"
            status = self.ask("POST", ROLL, {**self.body, "speakerId": speaker})
            if status == 201:
                self.there.add(speaker)
            elif status not in (None, 503):
                self.wrong.append((speaker, status))
            if status == 201 and self.number % 3 == 0:
                # Not acknowledged, it may have been done all the same.
                self.there.discard(speaker)
                if self.ask("DELETE", f"{ROLL}/{speaker}") == 204:
                    self.gone.add(speaker)
            if self.there and self.ask("GET", f"{ROLL}/{random.choice(tuple(self.there))}") not in (200, None):
                self.wrong.append((speaker, "lost"))


def work(clients, seconds, meanwhile):
    stop = threading.Event()
    threads = [threading.Thread(target=client.run, args=(stop,)) for client in clients]
    for thread in threads:
        thread.start()
    try:
        meanwhile(seconds)
    finally:
        stop.set()
        for thread in threads:
            thread.join()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=3600, help="[default: 3600]")
    parser.add_argument("--kills", type=int, default=10, help="[default: 10]")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        server = served.Server(folder)
        clients = [Client(server, f"c{number}") for number in range(CLIENTS)]

        def kill_at_random(seconds):
            for _ in range(args.kills):
                time.sleep(random.uniform(0.2, 1.8) * seconds / args.kills)
                server.kill()
                server.start()

        work(clients, args.seconds / 2, kill_at_random)
        measured = []

        def leave_alone(seconds):
            for _ in range(2):
                time.sleep(seconds / 3 if not measured else 2 * seconds / 3)
                measured.append((server.memory(), server.open_files(), sum(client.number for client in clients)))

        work(clients, args.seconds / 2, leave_alone)
        there = [speaker for client in clients for speaker in client.there]
        gone = [speaker for client in clients for speaker in client.gone]
        lost = [speaker for speaker in there if clients[0].ask("GET", f"{ROLL}/{speaker}") != 200]
        back = [speaker for speaker in gone if clients[0].ask("GET", f"{ROLL}/{speaker}") != 404]
        server.kill()
    wrong = sum((client.wrong for client in clients), [])
    (memory, files, count), (later, files_later, count_later) = measured
    most = UNSETTLED_MB
    if args.seconds / 2 >= SETTLED_SECONDS:
        most = memory + ALLOWED_MB + BYTES_A_SPEAKER * (count_later - count) / 1e6
    print(f"{args.kills} kills; {len(there)} enrollments and {len(gone)} deletions acknowledged; "
          f"lost {len(lost)}, come back {len(back)}, wrong answers {len(wrong)}")
    print(f"memory {memory:.1f} MB, then {later:.1f} (at most {most:.1f}); open files {files}, then {files_later}")
    failed = bool(lost or back or wrong) or later > most or files_later - files > 2
    print(f"test result: {int(not failed)} passed; {int(failed)} failed")
    sys.exit(failed)


if __name__ == "__main__":
    main()
