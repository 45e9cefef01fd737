#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Sends the server requests that its own description allows and forbids, made up by schemathesis, and
fails on any answer that the description does not have.

Run:  python3 tests/api.py, after `cargo build --release --features full`

Two checks are left out. `positive_data_acceptance`: a recording, a login token or a speaker made up at random fits the
description and is refused all the same. `negative_data_rejection`: what programs of the old service send is tolerated, such as
more entries on a page than there can be, or an address that is named twice.
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
        left_out = "positive_data_acceptance,negative_data_rejection"
        options = ["--exclude-checks", left_out, "--max-examples", "60", "--seed", "1", "--no-color"]
        login = ["--header", f"Authorization: Bearer {server.log_in()}", "--output-sanitize", "true"]
        sys.exit(subprocess.run([*command, *options, *login]).returncode)


if __name__ == "__main__":
    main()
