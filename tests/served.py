# SPDX-License-Identifier: Apache-2.0
"""`voiceroll serve --dev` for tests and measurements; after `cargo build --release --features full`."""
import base64
import json
import os
import pathlib
import re
import signal
import subprocess
import time
import urllib.parse
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[1]
PROGRAM = ROOT / "target" / "release" / "voiceroll"


class Server:
    """Listens once it is made; `app` holds `server client_id client_secret jwt`."""

    def __init__(self, folder):
        self.folder, self.port = folder, "0"
        self.start()

    def start(self):
        command = [PROGRAM, "serve", "--dev", "--json", "--port", self.port, "--data", f"{self.folder}/data"]
        environment = {**os.environ, "VOICEROLL_LOG": "warn"}
        start = time.perf_counter()
        with open(pathlib.Path(self.folder) / "log", "a") as log:
            self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, env=environment)
        self.app = json.loads(self.process.stdout.readline())
        self.started = time.perf_counter() - start
        self.host, self.port = self.app["server"].removeprefix("http://").split(":")

    def log_in(self):
        """A token."""
        basic = base64.b64encode(f"{self.app['client_id']}:{self.app['client_secret']}".encode()).decode()
        form = {"grant_type": "urn:ietf:params:oauth:grant-type:jwt-bearer", "assertion": self.app["jwt"]}
        body = urllib.parse.urlencode(form).encode()
        asked = urllib.request.Request(f"{self.app['server']}/restapi/oauth/token", body, {"Authorization": f"Basic {basic}"})
        with urllib.request.urlopen(asked) as answer:
            return json.load(answer)["access_token"]

    def memory(self, what="VmRSS"):
        """Megabytes; VmHWM is the most so far."""
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(rf"{what}:\s+(\d+)", status).group(1)) / 1024

    def open_files(self):
        return len(os.listdir(f"/proc/{self.process.pid}/fd"))

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()
