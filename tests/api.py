#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Sends the server requests that its own description allows and forbids, made up by schemathesis, and
fails on any answer that the description does not have.

Run:  python3 tests/api.py, after `cargo build --release --features cli`

One check is left out, `positive_data_acceptance`: a recording, a login token or a speaker made up at
random fits the description and is refused all the same.
"""
import subprocess
import sys
import tempfile

import served

VENV = served.ROOT / "target" / "schemathesis"


def main():
    if not (VENV / "bin" / "python").exists():
        subprocess.run([sys.executable, "-m", "venv", VENV], check=True)
    pip = [VENV / "bin" / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "schemathesis==4.32.5"], check=True)
    with tempfile.TemporaryDirectory() as folder, served.Server(folder) as server:
        command = [VENV / "bin" / "schemathesis", "run", f"{server.app['server']}/openapi.json"]
        options = ["--exclude-checks", "positive_data_acceptance", "--max-examples", "60", "--seed", "1", "--no-color"]
        login = ["--header", f"Authorization: Bearer {server.log_in()}", "--output-sanitize", "true"]
        sys.exit(subprocess.run([*command, *options, *login]).returncode)


if __name__ == "__main__":
    main()
