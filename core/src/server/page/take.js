// Takes a recording: from the microphone, with feedback while somebody speaks, or from files.

import { Live } from "./live.js";
import { advice, number, t } from "./words.js";

// The scale of the ring until the server says what is missing.
const NEEDED = 12;
const ROUND = 2 * Math.PI * 50;

/**
 * Puts the controls into `place`. `options`: `check()` returns why nothing can be recorded now, or nothing; `live()` is the
 * speaker who is enrolled, if feedback is wanted; `several` is whether several files can be chosen; `send(blob, name)`
 * does something with a recording.
 */
export function take(place, options) {
  place.innerHTML = `
    <div class="take">
      <svg class="ring" viewBox="0 0 120 120" role="img">
        <circle cx="60" cy="60" r="50"/><circle class="done" cx="60" cy="60" r="50" stroke-dasharray="${ROUND}" stroke-dashoffset="${ROUND}"/>
        <text x="60" y="64"></text><text x="60" y="82"></text>
      </svg>
      <div>
        <p class="says" role="status"></p>
        <label class="level"><span></span><meter min="-60" max="0" low="-45" high="-3" optimum="-20" value="-60"></meter></label>
        <ul class="advice" aria-live="polite"></ul>
      </div>
      <div class="buttons">
        <button type="button" class="main record"></button><button type="button" class="main done" hidden></button>
        <button type="button" class="again" hidden></button><button type="button" class="cancel" hidden></button>
        <button type="button" class="send" hidden></button>
      </div>
      <div class="drop"><label><span></span><input type="file" accept="audio/*,video/*" ${options.several ? "multiple" : ""}></label></div>
    </div>`;
  const find = (selector) => place.querySelector(selector);
  const [ring, says, list, meter] = [find(".ring"), find(".says"), find(".advice"), find("meter")];
  const button = Object.fromEntries(["record", "done", "again", "cancel", "send"].map((name) => [name, find(`.${name}`)]));
  button.done = find("button.done");
  let microphone = null;
  let unsent = null;

  const say = (sentence) => {
    if (says.textContent !== sentence) says.textContent = sentence;
  };

  function words() {
    find(".level span").textContent = t("level");
    find(".drop span").textContent = t(options.several ? "files" : "file");
    const names = { record: "record", done: "done", again: "again", cancel: "cancel", send: "sendAgain" };
    for (const [name, word] of Object.entries(names)) button[name].textContent = t(word);
    progress(0);
  }

  function progress(seconds, missing = Math.max(0, NEEDED - seconds)) {
    const share = missing <= 0 ? 1 : seconds / (seconds + missing);
    find(".ring .done").setAttribute("stroke-dashoffset", ROUND * (1 - share));
    ring.classList.toggle("full", missing <= 0);
    const [above, below] = ring.querySelectorAll("text");
    above.textContent = t("seconds", number(seconds));
    below.textContent = t("ofSpeech");
    ring.setAttribute("aria-label", `${above.textContent} ${below.textContent}`);
  }

  function problems(all) {
    const lines = all.map((problem) => [problem.severity === "note" ? "" : "warn", advice(problem)]);
    const shown = [...list.children].map((line) => line.textContent);
    if (shown.join("\n") === lines.map(([, line]) => line).join("\n")) return;
    list.replaceChildren(...lines.map(([kind, line]) => Object.assign(document.createElement("li"), { className: kind, textContent: line })));
  }

  function show(...names) {
    for (const name of Object.keys(button)) button[name].hidden = !names.includes(name);
    find(".drop").hidden = !names.includes("record");
    const visible = Boolean(microphone);
    for (const part of [ring, find(".level"), list]) part.toggleAttribute("hidden", !visible);
  }

  async function start() {
    const why = options.check();
    if (why) return say(why);
    if (!navigator.mediaDevices?.getUserMedia) return say(t("needHttps"));
    button.record.disabled = true;
    const recording = { chunks: [], heard: 0 };
    try {
      recording.stream = await navigator.mediaDevices.getUserMedia({
        audio: { channelCount: 1, echoCancellation: false, noiseSuppression: false, autoGainControl: false },
      });
      recording.context = new AudioContext();
      await recording.context.audioWorklet.addModule("page/worklet.js");
      // A browser may have kept it waiting for a touch.
      await recording.context.resume();
    } catch {
      recording.stream?.getTracks().forEach((track) => track.stop());
      return say(t("noMicrophone"));
    } finally {
      button.record.disabled = false;
    }
    microphone = recording;
    unsent = null;
    problems([]);
    progress(0);
    say(t("speakNow"));
    show("done", "again", "cancel");
    button.done.focus();
    const speaker = options.live?.();
    if (speaker) recording.live = new Live(speaker, recording.context.sampleRate, status, lost);
    const node = new AudioWorkletNode(recording.context, "samples");
    node.port.onmessage = ({ data }) => {
      recording.chunks.push(data);
      recording.live?.push(data);
      meter.value = level(data);
      if (!recording.live) progress((recording.chunks.length * data.length) / recording.context.sampleRate);
    };
    recording.context.createMediaStreamSource(recording.stream).connect(node);

    function status(found) {
      if (microphone !== recording) return;
      progress(found.speech_seconds, found.missing_seconds);
      // Who has not said enough yet is told so by the ring.
      problems(found.problems.filter((problem) => problem.code !== "too_short"));
      say(t(found.missing_seconds <= 0 ? "enough" : "speakNow"));
    }
    function lost() {
      if (microphone === recording) say(t("noLive"));
    }
  }

  function stop() {
    const { stream, context, live } = microphone;
    stream.getTracks().forEach((track) => track.stop());
    context.close();
    live?.end();
    const recording = wav(microphone.chunks, context.sampleRate);
    microphone = null;
    return recording;
  }

  async function send(blob) {
    show();
    say(t("sending"));
    try {
      await options.send(blob);
      unsent = null;
      say("");
      show("record");
    } catch (error) {
      unsent = blob;
      say("");
      show("record", "send");
      throw error;
    }
  }

  const reported = (work) => () => Promise.resolve(work()).catch(options.failed);
  button.record.onclick = reported(start);
  button.done.onclick = reported(() => send(stop()));
  button.again.onclick = reported(() => {
    stop();
    return start();
  });
  button.cancel.onclick = () => cancel();
  button.send.onclick = reported(() => unsent && send(unsent));

  async function files(chosen) {
    const why = options.check();
    if (why) return say(why);
    for (const file of options.several ? chosen : [...chosen].slice(0, 1)) await send(file);
  }
  const input = find("input");
  input.onchange = reported(async () => {
    const chosen = [...input.files];
    input.value = "";
    await files(chosen);
  });
  const drop = find(".drop");
  drop.ondragover = (event) => {
    event.preventDefault();
    drop.classList.add("over");
  };
  drop.ondragleave = () => drop.classList.remove("over");
  drop.ondrop = (event) => {
    event.preventDefault();
    drop.classList.remove("over");
    reported(() => files([...event.dataTransfer.files]))();
  };

  function cancel() {
    if (microphone) stop();
    unsent = null;
    say("");
    show("record");
  }
  words();
  show("record");
  return { words, cancel };
}

function level(samples) {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return 10 * Math.log10(sum / samples.length / 2 ** 30 + 1e-9);
}

/** A WAV file of 16 bits and one channel. */
function wav(chunks, sampleRate) {
  const bytes = chunks.reduce((sum, chunk) => sum + chunk.byteLength, 0);
  const head = new DataView(new ArrayBuffer(44));
  const text = (at, word) => [...word].forEach((letter, i) => head.setUint8(at + i, letter.charCodeAt(0)));
  text(0, "RIFF");
  head.setUint32(4, 36 + bytes, true);
  text(8, "WAVEfmt ");
  head.setUint32(16, 16, true);
  head.setUint16(20, 1, true);
  head.setUint16(22, 1, true);
  head.setUint32(24, sampleRate, true);
  head.setUint32(28, 2 * sampleRate, true);
  head.setUint16(32, 2, true);
  head.setUint16(34, 16, true);
  text(36, "data");
  head.setUint32(40, bytes, true);
  return new Blob([head, ...chunks], { type: "audio/wav" });
}
