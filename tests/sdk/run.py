#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Programs on the official SDKs of the retired service, against `voiceroll serve --dev`.

Run:  python3 tests/sdk/run.py, after `cargo build --release --features full`
Needs node, npm, python3 and Maven with a JDK 17. Installs the SDKs in target/sdk. Besides the programs in this folder it runs
the ones that the service published, where its guide stands in ../shared/reference/guide.txt: with the
server, the credentials and the file filled in, and in JavaScript the line that logs in, which they lack.
"""
import pathlib
import re
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path.insert(0, str(ROOT / "tests"))
import served

SDK = ROOT / "target" / "sdk"
GUIDE = ROOT.parent / "shared" / "reference" / "guide.txt"
RECORDING = ROOT / "tests" / "audio" / "ada-1.mp3"
MAVEN = ["mvn", "--quiet", "--batch-mode", "--file", HERE / "java" / "pom.xml"]
SECONDS = {"first": 14.6, "second": 14.6}
"""Of speech after each run: the same recording counts once."""


def install():
    SDK.mkdir(parents=True, exist_ok=True)
    (SDK / "package.json").write_text('{"private": true, "dependencies": {"@ringcentral/sdk": "5.0.11"}}\n')
    subprocess.run(["npm", "install", "--no-audit", "--no-fund", "--loglevel", "error"], cwd=SDK, check=True)
    python = SDK / "python" / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", SDK / "python"], check=True)
    subprocess.run([python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "ringcentral==0.9.2"], check=True)
    subprocess.run([*MAVEN, "compile"], check=True)
    return python


def published(app):
    """The guide's programs in JavaScript and Python, ready to run."""
    lines = GUIDE.read_text().splitlines()
    start = {language: next(at for at, line in enumerate(lines) if line.startswith(first))
             for language, first in (("js", "const fs = require"), ("py", "from ringcentral import"))}
    end = next(at for at in range(start["py"], len(lines)) if lines[at] == "login()") + 1
    programs = {"js": lines[start["js"]:start["py"]], "py": lines[start["py"]:end]}
    fill = {
        "https://platform.ringcentral.com": app["server"],
        "RC_APP_CLIENT_ID": app["client_id"],
        "RC_APP_CLIENT_SECRET": app["client_secret"],
        "RC_USER_JWT": app["jwt"],
        "VALID_AUDIO_CONTENT_FILE": str(RECORDING),
    }
    texts = {}
    for language, text in programs.items():
        text = "\n".join(text) + "\n"
        for placeholder, value in fill.items():
            text = text.replace(placeholder, value)
        texts[language] = text
    texts["js"] += f"platform.login({{ jwt: '{app['jwt']}' }})\n"
    return texts


def speech(output):
    """The seconds that a program printed last."""
    return float(re.findall(r"totalSpeechDuration\W+([0-9.]+)", output)[-1])


def main():
    python = install()
    failed = passed = 0

    def check(name, command, seconds, words):
        nonlocal failed, passed
        done = subprocess.run(command, cwd=SDK, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=60)
        right = done.returncode == 0 and words in done.stdout and abs(speech(done.stdout) - seconds) < 0.5
        print(f"{name}: {'ok' if right else 'FAILED'}")
        if not right:
            print(done.stdout)
        failed, passed = failed + (not right), passed + right

    with tempfile.TemporaryDirectory() as folder, served.Server(folder) as server:
        app = server.app
        arguments = [app["server"], app["client_id"], app["client_secret"], app["jwt"], RECORDING]
        # Node finds the SDK beside the program.
        (SDK / "enroll.cjs").write_text((HERE / "enroll.cjs").read_text())
        commands = {
            "JavaScript": ["node", "enroll.cjs", *arguments],
            "Python": [python, HERE / "enroll.py", *arguments],
            "Java": [*MAVEN, "exec:java", "-Dexec.args=" + " ".join(map(str, arguments))],
        }
        for language, command in commands.items():
            for run, words in (("first", "created"), ("second", "updated")):
                check(f"{language}, {run} run", command, SECONDS[run], words)
    if not GUIDE.exists():
        print("the published programs: skipped, as ../shared is not here")
    for language, command in (("js", ["node"]), ("py", [python])) if GUIDE.exists() else ():
        with tempfile.TemporaryDirectory() as folder, served.Server(folder) as server:
            program = SDK / f"published.{language}"
            program.write_text(published(server.app)[language])
            for run, words in (("first", "Unable to find this speaker"), ("second", "Existing enrollment")):
                check(f"published {language}, {run} run", [*command, program], SECONDS[run], words)
            program.unlink()
    print(f"test result: {passed} passed; {failed} failed")
    sys.exit(failed > 0)


if __name__ == "__main__":
    main()
