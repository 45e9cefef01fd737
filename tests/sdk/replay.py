#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What the official SDKs for PHP, Ruby and C# send, byte by byte, to `voiceroll serve --dev`, and what comes back.

Run:  python3 tests/sdk/replay.py, after `cargo build --release --features full`

Their registries are not reachable everywhere, so the programs themselves do not run here. These are their requests: the
headers, the order of the members of a form, the scheme of the token, the escapes in JSON, the line breaks in base64, the way
to write a boolean in a query, and in PHP the pause before a large body, until the server says to go on (the SDK does it
above 1 MB; here it is done with every recording).
"""
import base64
import json
import pathlib
import socket
import sys
import tempfile
import textwrap
import urllib.parse

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))
import served

SPEECH = {"ada-1.mp3": "Mpeg", "ada-2.m4a": "Mp4"}
JWT = "urn:ietf:params:oauth:grant-type:jwt-bearer"


class Sdk:
    """One SDK: how it writes what all of them say."""

    scheme, true, login, get, post = "Bearer", "true", {}, {}, {}
    expects = False

    def form(self, app):
        return {"grant_type": JWT, "assertion": app["jwt"]}

    def json(self, members):
        return json.dumps(members, separators=(",", ":"))

    def base64(self, data):
        return base64.b64encode(data).decode()


class Php(Sdk):
    """ringcentral/ringcentral-php 3.0.4 on Guzzle 7."""

    scheme, true, expects = "bearer", "1", True
    agent = "Unnamed/0.0.0 Linux/6.1.0 PHP/8.2.36 RCPHPSDK/2.3.6"
    always = {"User-Agent": agent, "RC-User-Agent": agent}
    login = {**always, "content-type": "application/x-www-form-urlencoded"}
    get = post = {**always, "content-type": "application/json"}

    def form(self, app):
        return {**super().form(app), "access_token_ttl": "3600", "refresh_token_ttl": "604800"}

    def json(self, members):
        return super().json(members).replace("/", "\\/")


class Ruby(Sdk):
    """ringcentral-sdk on Faraday 2 with net/http."""

    always = {
        "User-Agent": "Ruby",
        "X-User-Agent": "ringcentral/ringcentral-ruby Ruby 3.1.2 x86_64-linux",
        "Accept-Encoding": "gzip;q=1.0,deflate;q=0.6,identity;q=0.3",
        "Accept": "*/*",
    }
    login = {**always, "Content-Type": "application/x-www-form-urlencoded"}
    get, post = always, {**always, "Content-Type": "application/json"}

    def form(self, app):
        return {"assertion": app["jwt"], "grant_type": JWT}

    def base64(self, data):
        return "\n".join(textwrap.wrap(super().base64(data), 60)) + "\n"


class CSharp(Sdk):
    """RingCentral.Net 6.2.3 on HttpClient."""

    true = "True"
    always = {"X-User-Agent": "Unknown/0.0.1 RingCentral.Net/6.2.3"}
    login = {**always, "Content-Type": "application/x-www-form-urlencoded"}
    get, post = always, {**always, "Content-Type": "application/json; charset=utf-8"}

    def form(self, app):
        return {**super().form(app), "client_id": app["client_id"]}


class Wire:
    """One connection, on which requests follow each other."""

    def __init__(self, server):
        self.host = f"{server.host}:{server.port}"
        self.socket = socket.create_connection((server.host, int(server.port)), timeout=30)
        self.file = self.socket.makefile("rb")

    def ask(self, method, path, headers, body=b"", wait=False):
        """The status and the JSON of the answer."""
        lines = {"Host": self.host, **headers, **({"Content-Length": len(body)} if body else {})}
        if wait:
            lines["Expect"] = "100-Continue"
        head = f"{method} {path} HTTP/1.1\r\n" + "".join(f"{name}: {value}\r\n" for name, value in lines.items())
        self.socket.sendall(head.encode() + b"\r\n")
        if wait:
            status, _ = self.head()
            if status != 100:
                raise AssertionError(f"{status} in place of 100")
        self.socket.sendall(body)
        status, told = self.head()
        said = self.file.read(int(told.get("content-length", 0)))
        if said and "application/json" not in told["content-type"]:
            raise AssertionError(f"the answer is {told['content-type']}")
        return status, json.loads(said) if said else None

    def head(self):
        status = int(self.file.readline().split()[1])
        told = {}
        while (line := self.file.readline().strip()):
            name, value = line.decode().split(":", 1)
            told[name.lower()] = value.strip()
        return status, told


def conversation(sdk, server):
    """Each step, and whether it went as the service answered it."""
    app, wire = server.app, Wire(server)
    basic = base64.b64encode(f"{app['client_id']}:{app['client_secret']}".encode()).decode()
    form = urllib.parse.urlencode(sdk.form(app)).encode()
    status, token = wire.ask("POST", "/restapi/oauth/token", {**sdk.login, "Authorization": f"Basic {basic}"}, form)
    yield "log in", status == 200 and token["token_type"] == "bearer" and isinstance(token["owner_id"], str)
    allowed = {"Authorization": f"{sdk.scheme} {token['access_token']}"}
    roll = "/ai/audio/v1/enrollments"
    speaker = token["owner_id"]
    status, said = wire.ask("GET", f"{roll}/{speaker}", {**sdk.get, **allowed})
    yield "read what is not there", status == 404 and bool(said["errors"][0]["errorCode"])
    for method, path, (name, encoding), seconds in (
        ("POST", roll, list(SPEECH.items())[0], 14.5),
        ("PATCH", f"{roll}/{speaker}", list(SPEECH.items())[1], 22.0),
    ):
        data = (ROOT / "tests" / "audio" / name).read_bytes()
        members = {"encoding": encoding, "languageCode": "en-US", "content": sdk.base64(data)}
        if method == "POST":
            members["enrollmentId"] = speaker
        body = sdk.json(members).encode()
        status, said = wire.ask(method, path, {**sdk.post, **allowed}, body, wait=sdk.expects)
        right = status in (200, 201) and said["enrollmentId"] == speaker and said["enrollmentComplete"]
        yield f"{method} {name}", right and said["totalSpeechDuration"] >= seconds
    status, said = wire.ask("GET", f"{roll}/{speaker}", {**sdk.get, **allowed})
    yield "read it", status == 200 and said["enrollmentQuality"] in ("Average", "Good", "High")
    status, said = wire.ask("GET", f"{roll}?partial={sdk.true}&perPage=100&page=1", {**sdk.get, **allowed})
    yield "list", status == 200 and [record["enrollmentId"] for record in said["records"]] == [speaker]
    status, said = wire.ask("DELETE", f"{roll}/{speaker}", {**sdk.post, **allowed})
    yield "delete", status == 204 and said is None
    status, _ = wire.ask("GET", f"{roll}/{speaker}", {**sdk.get, **allowed})
    yield "read what was deleted", status == 404


def main():
    passed = failed = 0
    for sdk in (Php(), Ruby(), CSharp()):
        with tempfile.TemporaryDirectory() as folder, served.Server(folder) as server:
            for step, right in conversation(sdk, server):
                print(f"{type(sdk).__name__}, {step}: {'ok' if right else 'FAILED'}")
                passed, failed = passed + bool(right), failed + (not right)
    print(f"test result: {passed} passed; {failed} failed")
    sys.exit(failed > 0)


if __name__ == "__main__":
    main()
