// Who spoke when, as a picture that can be played, and as a table.

import { number, t } from "./words.js";

const COLOURS = ["#2a8ca0", "#c0672b", "#6d63c7", "#3d8f4e", "#b84a7d", "#8a7a1f", "#4776c4", "#a34f3d"];
const ROW = 34;
const WAVE = 60;

/** Shows `found` (duration, segments) of the recording `blob` in `place`. */
export function timeline(place, blob, found) {
  const name = (segment) => segment.speaker_id ?? t("unknown");
  const rows = [...new Set(found.segments.map(name))];
  if (rows.length === 0) {
    place.replaceChildren(line("p", t("noSpeech")));
    return;
  }
  place.innerHTML = `
    <p class="summary"></p><audio controls></audio>
    <p class="buttons"><button type="button" class="in"></button><button type="button" class="out"></button></p>
    <div class="scroll"><canvas role="img" tabindex="-1"></canvas></div>
    <div class="wide" role="region" tabindex="0"><table><thead><tr><th scope="col"></th><th scope="col" class="number"></th><th scope="col" class="number"></th><th scope="col" class="number"></th><th></th></tr></thead><tbody></tbody></table></div>`;
  const find = (selector) => place.querySelector(selector);
  const [audio, canvas, scroll] = [find("audio"), find("canvas"), find(".scroll")];
  find(".summary").textContent = t("speakers", found.speakers, t("seconds", number(found.duration)));
  find(".in").textContent = t("zoomIn");
  find(".out").textContent = t("zoomOut");
  find(".wide").setAttribute("aria-label", t("talk"));
  canvas.setAttribute("aria-label", t("timelineLabel"));
  const heads = [t("speaker"), t("from"), t("to"), t("certainty"), ""];
  place.querySelectorAll("th").forEach((head, at) => (head.textContent = heads[at]));
  const address = URL.createObjectURL(blob);
  audio.src = address;

  let zoom = 1;
  let peaks = null;
  const playFrom = (seconds) => {
    audio.currentTime = seconds;
    audio.play().catch(() => {});
  };

  find("tbody").replaceChildren(
    ...found.segments.map((segment) => {
      const row = document.createElement("tr");
      const confidence = segment.confidence == null ? "" : `${number(100 * segment.confidence, 0)} %`;
      row.append(line("td", name(segment)), line("td", time(segment.start), "number"), line("td", time(segment.end), "number"), line("td", confidence, "number"));
      const play = line("button", t("play"));
      play.type = "button";
      play.setAttribute("aria-label", `${t("play")} ${name(segment)}, ${time(segment.start)}`);
      play.onclick = () => playFrom(segment.start);
      const cell = document.createElement("td");
      cell.append(play);
      row.append(cell);
      return row;
    }),
  );

  function draw() {
    if (!canvas.isConnected) return;
    const style = getComputedStyle(document.body);
    const ratio = window.devicePixelRatio || 1;
    const width = Math.min(30000, Math.max(280, scroll.clientWidth) * zoom);
    const height = WAVE + rows.length * ROW + 24;
    canvas.style.width = `${width}px`;
    canvas.style.height = `${height}px`;
    canvas.width = Math.min(32000, width * ratio);
    canvas.height = height * ratio;
    const pen = canvas.getContext("2d");
    pen.scale(canvas.width / width, ratio);
    pen.font = "13px system-ui, sans-serif";
    const x = (seconds) => (seconds / found.duration) * width;
    pen.fillStyle = style.getPropertyValue("--line");
    if (peaks) {
      for (let at = 0; at < width; at++) {
        const peak = peaks[Math.floor((at / width) * peaks.length)] * (WAVE / 2 - 4);
        pen.fillRect(at, WAVE / 2 - peak, 1, 2 * peak + 1);
      }
    }
    rows.forEach((row, number) => {
      const top = WAVE + number * ROW;
      pen.fillStyle = COLOURS[number % COLOURS.length];
      for (const segment of found.segments.filter((one) => name(one) === row)) {
        pen.fillRect(x(segment.start), top + 17, Math.max(2, x(segment.end) - x(segment.start)), 13);
      }
      pen.fillStyle = style.color;
      pen.fillText(row, scroll.scrollLeft + 4, top + 13);
    });
    pen.fillStyle = style.getPropertyValue("--quiet");
    const step = [0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600].find((one) => x(one) > 60) || 7200;
    for (let at = 0; at < found.duration; at += step) {
      pen.fillRect(x(at), height - 22, 1, 6);
      pen.fillText(time(at, step < 1 ? 1 : 0), x(at) + 3, height - 6);
    }
    pen.fillStyle = style.getPropertyValue("--bad");
    pen.fillRect(x(audio.currentTime) - 1, 0, 2, height - 22);
  }

  const zoomed = (by, about = audio.currentTime) => {
    const width = canvas.clientWidth;
    zoom = Math.min(64, Math.max(1, zoom * by));
    draw();
    if (canvas.clientWidth !== width) scroll.scrollLeft = (about / found.duration) * canvas.clientWidth - scroll.clientWidth / 2;
    draw();
  };
  find(".in").onclick = () => zoomed(2);
  find(".out").onclick = () => zoomed(0.5);
  const at = (event) => (event.offsetX / canvas.clientWidth) * found.duration;
  canvas.onclick = (event) => playFrom(at(event));
  canvas.addEventListener("wheel", (event) => {
    if (!event.ctrlKey) return;
    event.preventDefault();
    zoomed(event.deltaY < 0 ? 1.25 : 0.8, at(event));
  }, { passive: false });
  scroll.onscroll = draw;
  let drawing = false;
  audio.ontimeupdate = audio.onseeked = audio.onplay = () => {
    if (drawing) return;
    drawing = true;
    const next = () => {
      draw();
      drawing = !audio.paused && canvas.isConnected;
      if (drawing) requestAnimationFrame(next);
    };
    next();
  };
  const watcher = new ResizeObserver(draw);
  watcher.observe(scroll);
  draw();
  loudness(blob).then((found) => {
    peaks = found;
    draw();
  });
  return () => {
    watcher.disconnect();
    audio.pause();
    URL.revokeObjectURL(address);
  };
}

/** 4000 peaks, or nothing if the browser cannot decode the recording. */
async function loudness(blob) {
  if (blob.size > 60e6) return null;
  try {
    const context = new OfflineAudioContext(1, 1, 8000);
    const samples = (await context.decodeAudioData(await blob.arrayBuffer())).getChannelData(0);
    const peaks = new Float32Array(4000);
    samples.forEach((sample, at) => {
      const place = Math.floor((at / samples.length) * peaks.length);
      peaks[place] = Math.max(peaks[place], Math.abs(sample));
    });
    const most = Math.max(...peaks, 1e-6);
    return peaks.map((peak) => peak / most);
  } catch {
    return null;
  }
}

function line(kind, text, className = "") {
  return Object.assign(document.createElement(kind), { textContent: text, className });
}

function time(seconds, digits = 1) {
  const minutes = Math.floor(seconds / 60);
  const rest = (seconds - 60 * minutes).toFixed(digits);
  return `${minutes}:${rest.padStart(digits ? 3 + digits : 2, "0")}`;
}
