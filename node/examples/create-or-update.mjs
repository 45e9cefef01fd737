// Enrolls somebody under an extension id: reads the enrollment, and creates or updates it.
//
//     node create-or-update.mjs 59586 monday.mp3
//
// With VOICEROLL_SERVER and its credentials in the environment the roll is kept on that server, otherwise in voices.db.

import { NotFoundError, Registry } from "voiceroll";

const [speakerId, recording] = process.argv.slice(2);
const registry = process.env.VOICEROLL_SERVER ? await Registry.connect() : await Registry.open("voices.db");
try {
  const enrollment = (await isEnrolled(speakerId))
    ? await registry.update(speakerId, recording)
    : await registry.create(speakerId, recording);
  console.log(JSON.stringify(enrollment, null, 2));
  if (!enrollment.complete) {
    console.log(`${enrollment.missingSeconds.toFixed(1)} s of speech are still missing`);
  }
} finally {
  await registry.close();
}

async function isEnrolled(id) {
  try {
    const { speechSeconds } = await registry.get(id);
    console.log(`${id} is enrolled with ${speechSeconds.toFixed(1)} s of speech`);
    return true;
  } catch (error) {
    if (!(error instanceof NotFoundError)) throw error;
    console.log(`${id} is new`);
    return false;
  }
}
