// Says who spoke when in a recorded call, with the names of its call-log record.
//
//     node name-speakers.mjs record.json call.mp3
//
// The speakers must be enrolled under their extension ids. Without a recording, a server fetches it.

import { readFile } from "node:fs/promises";

import { Registry } from "voiceroll";

const [record, recording] = process.argv.slice(2);
const registry = process.env.VOICEROLL_SERVER ? await Registry.connect() : await Registry.open("voices.db");
try {
  const { segments, notEnrolled } = await registry.identifyCall(JSON.parse(await readFile(record, "utf8")), recording);
  for (const { start, end, name, speakerId } of segments) {
    const [from, to] = [start, end].map((seconds) => seconds.toFixed(1).padStart(7));
    console.log(`${from} ${to}  ${name ?? speakerId ?? "somebody else"}`);
  }
  for (const id of notEnrolled) console.log(`not enrolled: ${id}`);
} finally {
  await registry.close();
}
