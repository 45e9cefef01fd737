import { Registry } from "voiceroll";

const registry = await Registry.open("voices.db");
const enrollment = await registry.enroll("ada", ["tests/audio/ada-1.mp3", "tests/audio/ada-2.m4a"]);
console.log(enrollment.quality, enrollment.speechSeconds);

const found = await registry.verify("ada", "tests/audio/ada-3.webm");
console.log(found.decision, found.confidence);
