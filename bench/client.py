#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What enrolling on a server costs the client, beside the official SDK of the retired service for Python.

Run:  python3 bench/client.py [--speakers N] [--rounds N]
Needs cargo and ffmpeg; installs the SDK in target/sdk. Exits with 1 where a limit is missed.

Both read a 30 s MP3, look whether the speaker is there, and send it in base64, as the published program
does; Voiceroll once without and once with listening to the recording first, which the SDK cannot. CPU time
(user and system) of the whole client process for so many speakers, less that for none, by speaker; the
median of the rounds, whose turns alternate. Memory: the process at its highest.
Limits: Python's start and its imports are left out of the time and not of the memory, as a program that
enrolls needs them; the server runs on the same machine, and its time is not in the figures.
"""
import argparse
import os
import pathlib
import re
import statistics
import subprocess
import sys
import tempfile
import time

import clips

sys.path.insert(0, str(clips.ROOT / "tests"))
import served

SDK = clips.ROOT / "target" / "sdk" / "python"
EXAMPLE = clips.ROOT / "target" / "release" / "examples" / "enroll_remote"
PROGRAM = """
import base64, os, sys
from ringcentral import SDK
platform = SDK(os.environ["VOICEROLL_CLIENT_ID"], os.environ["VOICEROLL_CLIENT_SECRET"], os.environ["VOICEROLL_SERVER"]).platform()
platform.login(jwt=os.environ["VOICEROLL_JWT"])
for number in range(int(sys.argv[2])):
    speaker = f"python_{number}"
    try:
        known = platform.get(f"/ai/audio/v1/enrollments/{speaker}").json_dict()
    except Exception:
        known = None
    with open(sys.argv[1], "rb") as file:
        content = base64.b64encode(file.read()).decode("utf-8")
    body = {"encoding": "Mpeg", "languageCode": "en-US", "content": content}
    if known is None:
        body["enrollmentId"] = speaker
        platform.post("/ai/audio/v1/enrollments", body).json_dict()
    else:
        platform.patch(f"/ai/audio/v1/enrollments/{speaker}", body).json_dict()
"""


def run(command, environment):
    """CPU seconds and megabytes of a process."""
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    # Not from wait4, whose peak is also that of this very process before it became the other.
    peak = 0
    while True:
        found = re.search(r"VmHWM:\s+(\d+)", pathlib.Path(f"/proc/{process.pid}/status").read_text())
        peak = max(peak, int(found.group(1)) / 1024 if found else 0)
        done, status, used = os.wait4(process.pid, os.WNOHANG)
        if done:
            break
        time.sleep(0.01)
    if status != 0:
        sys.exit(f"{command[0]} failed")
    return used.ru_utime + used.ru_stime, peak


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--speakers", type=int, default=50, help="[default: 50]")
    parser.add_argument("--rounds", type=int, default=5, help="[default: 5]")
    args = parser.parse_args()
    build = ["cargo", "build", "--release", "--features", "full"]
    subprocess.run([*build, "--bins"], cwd=clips.ROOT, check=True)
    subprocess.run([*build, "--example", "enroll_remote"], cwd=clips.ROOT, check=True)
    if not SDK.exists():
        subprocess.run([sys.executable, "-m", "venv", SDK], check=True)
    pip = [SDK / "bin" / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "ringcentral==0.9.2"], check=True)
    file = clips.half_minute()
    commands = {
        "Python SDK": lambda count: [SDK / "bin" / "python", "-c", PROGRAM, file, str(count)],
        "Voiceroll": lambda count: [EXAMPLE, file, "--unheard", "--speakers", str(count)],
        "Voiceroll, listening first": lambda count: [EXAMPLE, file, "--speakers", str(count)],
    }
    taken = {name: [] for name in commands}
    memory = {name: [] for name in commands}
    for _ in range(args.rounds):
        for name, command in commands.items():
            with tempfile.TemporaryDirectory() as folder, served.Server(folder) as server:
                names = {"client_id": "CLIENT_ID", "client_secret": "CLIENT_SECRET", "jwt": "JWT", "server": "SERVER"}
                login = {f"VOICEROLL_{name}": server.app[key] for key, name in names.items()}
                none, _ = run(command(0), {**os.environ, **login})
                some, peak = run(command(args.speakers), {**os.environ, **login})
                taken[name].append((some - none) / args.speakers)
                memory[name].append(peak)
    print(f"{'':28}{'CPU, ms':>10}{'of SDK':>8}{'memory, MB':>12}{'of SDK':>8}")
    peer, peer_memory = (statistics.median(values["Python SDK"]) for values in (taken, memory))
    for name in commands:
        cpu, most = statistics.median(taken[name]), statistics.median(memory[name])
        print(f"{name:28}{1e3 * cpu:>10.2f}{cpu / peer:>8.2f}{most:>12.1f}{most / peer_memory:>8.2f}")
    cpu, most = statistics.median(taken["Voiceroll"]) / peer, statistics.median(memory["Voiceroll"]) / peer_memory
    print("limits: a fifth of the SDK's CPU time, half of its memory, for the same work")
    sys.exit(cpu > 0.2 or most > 0.5)


if __name__ == "__main__":
    main()
