"""A FastAPI application that enrolls uploaded recordings.

pip install fastapi uvicorn python-multipart
uvicorn fastapi_upload:app
curl -F recording=@monday.mp3 localhost:8000/voices/ada
"""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI, Request, UploadFile
from fastapi.responses import JSONResponse

import voiceroll

STATUS: dict[type[voiceroll.Error], int] = {
    voiceroll.InvalidInputError: 400,
    voiceroll.UnreadableError: 400,
    voiceroll.RefusedError: 422,
    voiceroll.LimitError: 413,
    voiceroll.NotFoundError: 404,
    voiceroll.TimeoutError: 503,
}


@asynccontextmanager
async def registry(app: FastAPI) -> AsyncGenerator[None]:
    async with voiceroll.AsyncRegistry.open("voices.db", max_seconds=600) as opened:
        app.state.registry = opened
        yield


app = FastAPI(lifespan=registry)


@app.post("/voices/{speaker_id}")
async def enroll(request: Request, speaker_id: str, recording: UploadFile) -> dict[str, Any]:
    enrollment = await request.app.state.registry.enroll(speaker_id, recording, timeout=60)
    answer: dict[str, Any] = enrollment.to_dict()
    return answer


@app.exception_handler(voiceroll.Error)
async def refuse(_: Request, error: voiceroll.Error) -> JSONResponse:
    problems = [problem.to_dict() for problem in error.problems]
    content = {"code": error.code, "message": error.message, "retryable": error.retryable, "problems": problems}
    return JSONResponse(content, status_code=STATUS.get(type(error), 500))
