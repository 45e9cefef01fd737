"""Reads, then creates or updates, one enrollment with RingCentral's SDK for Python.

python enroll.py SERVER CLIENT_ID CLIENT_SECRET JWT RECORDING
"""
import base64
import json
import pathlib
import sys

from ringcentral import SDK
from ringcentral.http.api_exception import ApiException

ROLL = "/ai/audio/v1/enrollments"


def main(server, client_id, client_secret, jwt, file):
    platform = SDK(client_id, client_secret, server).platform()
    platform.login(jwt=jwt)
    speaker = str(platform.auth().data()["owner_id"]) + "_py"
    content = base64.b64encode(pathlib.Path(file).read_bytes()).decode()
    body = {"encoding": "Mpeg", "languageCode": "en-US", "content": content}
    try:
        platform.get(f"{ROLL}/{speaker}")
        known = True
    except ApiException as error:
        if error.api_response().response().status_code != 404:
            raise
        known = False
    if known:
        answer = platform.patch(f"{ROLL}/{speaker}", body)
    else:
        answer = platform.post(ROLL, {**body, "enrollmentId": speaker})
    listed = platform.get(ROLL, {"partial": True, "perPage": 100, "page": 1}).json_dict()
    assert any(record["speakerId"] == speaker for record in listed["records"])
    platform.refresh()
    platform.get(f"{ROLL}/{speaker}")
    platform.logout()
    print("updated" if known else "created", json.dumps(answer.json_dict()))


main(*sys.argv[1:])
