// An Express application that enrolls uploaded recordings.
//
//     npm install express
//     node express-upload.mjs 8000
//     curl --data-binary @monday.mp3 localhost:8000/voices/ada

import express from "express";
import { Registry, VoicerollError } from "voiceroll";

const STATUS = {
  InvalidInput: 400,
  Unreadable: 400,
  Refused: 422,
  Limit: 413,
  NotFound: 404,
  Timeout: 503,
  Store: 503,
};

const registry = await Registry.open("voices.db", { maxSeconds: 600, maxBytes: 32 * 1024 * 1024 });
const app = express();

app.post("/voices/:speakerId", async (request, response) => {
  // Whoever hangs up wants no answer.
  const gone = new AbortController();
  response.on("close", () => gone.abort());
  // What is left of an upload that is too large is not read; the connection stays open for the answer.
  const upload = request.iterator({ destroyOnReturn: false });
  const enrollment = await registry.enroll(request.params.speakerId, upload, { signal: gone.signal, timeout: 60 });
  response.json(enrollment);
});

app.use((error, request, response, next) => {
  if (response.destroyed) return;
  if (!(error instanceof VoicerollError)) return next(error);
  const { code, message, retryable, problems } = error;
  response.status(STATUS[error.kind] ?? 500).json({ code, message, retryable, problems });
});

const server = app.listen(Number(process.argv[2] ?? 0), () => console.log(`http://localhost:${server.address().port}`));
