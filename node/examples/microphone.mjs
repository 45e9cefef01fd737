// Enrolls somebody from a microphone, whose samples come as 16-bit numbers on standard input.
//
//     arecord -q -t raw -f S16_LE -r 16000 -c 1 -d 15 | node microphone.mjs ada 16000

import { Recording, Registry } from "voiceroll";

const [speakerId, sampleRate] = process.argv.slice(2);
const chunks = [];
for await (const chunk of process.stdin) chunks.push(chunk);
const bytes = new Uint8Array(Buffer.concat(chunks));
const samples = new Int16Array(bytes.buffer, 0, bytes.length >> 1);

const recording = Recording.fromSamples(samples, { sampleRate: Number(sampleRate) });
const registry = await Registry.open("voices.db");
const inspection = await registry.inspect(recording);
for (const { severity, code, advice } of inspection.problems) console.log(`${severity}: ${code}. ${advice}`);
if (inspection.accepted) {
  const { speechSeconds, missingSeconds } = await registry.enroll(speakerId, recording);
  console.log(`${speechSeconds.toFixed(1)} s of speech, ${missingSeconds.toFixed(1)} s missing`);
} else {
  console.log("nothing was enrolled");
  process.exitCode = 1;
}
await registry.close();
