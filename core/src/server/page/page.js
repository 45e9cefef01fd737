// The page: sign in, the speakers, enroll, verify, and who spoke when.

import { Refused, call, recording, signIn, signOut, signedIn } from "./api.js";
import { take } from "./take.js";
import { timeline } from "./timeline.js";
import { advice, concerning, number, speak, t, translate } from "./words.js";

const $ = (id) => document.getElementById(id);
const ENROLLMENTS = "/ai/audio/v1/enrollments";
const PER_PAGE = 100;

function element(kind, text = "", properties = {}) {
  return Object.assign(document.createElement(kind), { textContent: text, ...properties });
}

// What is said above everything else.

function say(sentence) {
  $("said").hidden = !sentence;
  $("said").textContent = sentence;
}

function failed(error) {
  if (!(error instanceof Refused)) {
    console.error(error);
    return say(String(error.message || error));
  }
  if (error.status === 401 && !$("view-sign-in").hidden) return say(error.message);
  if (error.status === 401) {
    say(t("signedOut"));
    return view("sign-in");
  }
  if (error.status === 0) return say(t("offline"));
  const known = concerning(error.problems).map(advice);
  say([...new Set(known.length ? known : [error.message])].join(" "));
}

const reported = (work) => (...values) => Promise.resolve(work(...values)).catch(failed);

// Views.

let current = "sign-in";

function view(name) {
  current = signedIn() ? name : "sign-in";
  for (const section of document.querySelectorAll("main > section")) section.hidden = section.id !== `view-${current}`;
  $("nav").hidden = $("sign-out").hidden = !signedIn();
  for (const button of $("nav").children) {
    if (button.dataset.view === current) button.setAttribute("aria-current", "page");
    else button.removeAttribute("aria-current");
  }
  for (const one of Object.values(takes)) one.cancel();
  if (current === "roll") reported(listed)();
  $("main").focus();
}

document.addEventListener("click", (event) => {
  const target = event.target.closest("[data-view]");
  if (!target) return;
  say("");
  view(target.dataset.view);
});

// Sign in.

const form = $("sign-in");
form.addEventListener("paste", (event) => {
  try {
    const given = JSON.parse(event.clipboardData.getData("text"));
    for (const name of ["client_id", "client_secret", "jwt"]) {
      if (typeof given[name] === "string") form.elements[name].value = given[name];
    }
    event.preventDefault();
  } catch {
    // One of the three, as it is.
  }
});
form.addEventListener("submit", reported(async (event) => {
  event.preventDefault();
  const given = Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, value.trim()]));
  await signIn(given);
  form.reset();
  say("");
  view("roll");
}));
$("sign-out").onclick = reported(async () => {
  await signOut();
  say("");
  view("sign-in");
});

// The speakers.

let next = null;
let shown = 0;
let asked = 0;

/** What `after` is for the ids that start with these letters: the last id that could come before them. */
function before(start) {
  const letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz";
  const last = letters.indexOf(start.at(-1));
  const rest = start.slice(0, -1);
  return last > 0 ? (rest + letters[last - 1]).padEnd(128, "z") : rest;
}

async function listed(more = false) {
  const start = $("search").value.trim();
  const request = ++asked;
  if (start && !/^[a-zA-Z0-9_]{1,127}$/.test(start)) return rows([], false, t("notFound"));
  const after = more ? next : start && before(start);
  const query = new URLSearchParams({ partial: true, perPage: PER_PAGE, ...(after ? { after } : {}) });
  const { records, paging } = await call("GET", `${ENROLLMENTS}?${query}`);
  if (request !== asked) return;
  const wanted = records.filter((record) => record.speakerId.startsWith(start));
  next = wanted.length === records.length ? paging.nextAfter : null;
  rows(wanted, more);
  const total = paging.totalElements;
  const none = t(start ? "notFound" : "nobody");
  $("roll-count").textContent = shown === 0 ? none : start ? t("found", number(shown, 0) + (next ? "+" : "")) : t("shown", number(shown, 0), number(total, 0));
  $("more").hidden = !next;
}

function rows(records, more, sentence) {
  const made = records.map((record) => {
    const own = record.voiceroll;
    const row = document.createElement("tr");
    const open = element("button", record.speakerId, { type: "button" });
    open.onclick = reported(() => speaker(record.speakerId));
    const head = document.createElement("th");
    head.scope = "row";
    head.append(open);
    const problems = [...new Set((own.recordings || []).flatMap((sample) => concerning(sample.problems)).filter((one) => one.severity !== "note").map(advice))];
    row.append(head, element("td", ...state(record)), element("td", t(record.enrollmentQuality)), element("td", t("seconds", number(record.totalSpeechDuration)), { className: "number" }), element("td", problems.join(" ") || "–"));
    return row;
  });
  if (more) $("roll-rows").append(...made);
  else $("roll-rows").replaceChildren(...made);
  shown = $("roll-rows").childElementCount;
  if (sentence) {
    $("roll-count").textContent = sentence;
    $("more").hidden = true;
  }
}

function state(record) {
  if (record.enrollmentComplete) return [t("complete"), { className: "good" }];
  return [t("missing", number(missing(record))), { className: "warn" }];
}

// What is missing never rounds to nothing.
const missing = (record) => Math.max(0.1, record.voiceroll.missing_seconds);

let typing;
$("search").oninput = () => {
  clearTimeout(typing);
  typing = setTimeout(reported(() => listed()), 200);
};
$("more").onclick = reported(() => listed(true));

// One speaker.

async function speaker(id) {
  const record = await call("GET", `${ENROLLMENTS}/${id}`);
  const consent = await call("GET", `/voiceroll/v1/enrollments/${id}/consent`).catch(() => null);
  const box = $("speaker");
  const facts = element("dl");
  const fact = (name, text, properties) => facts.append(element("dt", name), element("dd", text, properties));
  fact(t("state"), ...state(record));
  fact(t("quality"), t(record.enrollmentQuality));
  fact(t("speech"), t("seconds", number(record.totalSpeechDuration)));
  if (consent) fact(t("consents"), consent.consents.map((one) => `${one.reference} (${date(one.given_at)})`).join(", ") || t("none"));
  if (consent?.expires_at) fact(t("expires"), date(consent.expires_at));
  const samples = element("ul");
  for (const [at, sample] of (record.voiceroll.recordings || []).entries()) {
    const lines = [`#${at + 1}: ${t("seconds", number(sample.speech_seconds))}`, ...concerning(sample.problems).map(advice)];
    samples.append(element("li", lines.join(" – ")));
  }
  const buttons = element("p", "", { className: "buttons" });
  const button = (name, work, className = "") => {
    const one = element("button", t(name), { type: "button", className });
    one.onclick = reported(work);
    buttons.append(one);
  };
  const go = (name, field) => () => {
    box.close();
    view(name);
    field.elements.id.value = id;
  };
  button("addSpeech", go("enroll", $("enroll")));
  button("verify", go("verify", $("verify")));
  button("remove", () => remove(id), "danger");
  button("close", () => box.close());
  box.replaceChildren(element("h2", id, { id: "speaker-title" }), facts, element("h3", t("samples")), samples, buttons);
  if (!box.open) box.showModal();
}

function date(seconds) {
  return new Date(1000 * seconds).toLocaleDateString(document.documentElement.lang, { dateStyle: "medium" });
}

function remove(id) {
  const sure = $("sure");
  $("sure-text").textContent = t("deleteText", id);
  sure.returnValue = "no";
  sure.showModal();
  return new Promise((done, refused) => {
    sure.addEventListener("close", async () => {
      if (sure.returnValue !== "yes") return done();
      try {
        await call("DELETE", `${ENROLLMENTS}/${id}`);
        $("speaker").close();
        await listed();
        $("roll-count").textContent = t("deleted", id);
        $("search").focus();
        done();
      } catch (error) {
        $("speaker").close();
        refused(error);
      }
    }, { once: true });
  });
}

// Enroll.

const enrolling = $("enroll");
const idOf = (one) => one.elements.id.value.trim();
const validId = (one) => (one.elements.id.checkValidity() ? "" : t("needId"));

async function consent() {
  const text = $("consent-text").textContent;
  const digest = await crypto.subtle?.digest("SHA-256", new TextEncoder().encode(text));
  if (!digest) return null;
  const hex = [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return {
    reference: enrolling.elements.reference.value.trim() || idOf(enrolling),
    given_at: Math.floor(Date.now() / 1000),
    text_version: `page-1-${document.documentElement.lang}`,
    text_sha256: hex,
    purposes: ["verification", "identification"],
  };
}

async function enroll(blob) {
  const id = idOf(enrolling);
  const record = await consent();
  const body = { ...(await recording(blob)), ...(record ? { voiceroll: { consent: record } } : {}) };
  let answer;
  try {
    answer = await call("PATCH", `${ENROLLMENTS}/${id}`, body);
  } catch (error) {
    if (error.code !== "speaker_not_found") throw error;
    answer = await call("POST", ENROLLMENTS, { speakerId: id, ...body });
  }
  say("");
  const speech = number(answer.totalSpeechDuration);
  const problems = concerning((answer.voiceroll.recordings || []).at(-1)?.problems);
  const card = element("div", "", { className: "card" });
  const sentence = answer.enrollmentComplete
    ? element("p", t("enrolledNow", id, speech, t(answer.enrollmentQuality)), { className: "big good" })
    : element("p", t("enrolledPart", id, speech, number(missing(answer))), { className: "big warn" });
  card.append(sentence, ...problems.map((problem) => element("p", advice(problem), { className: problem.severity === "note" ? "" : "warn" })));
  $("enrolled").replaceChildren(card);
}

// Verify.

async function verify(blob) {
  const id = idOf($("verify"));
  const { voiceroll: found } = await call("POST", "/ai/audio/v1/speaker-verify", { speakerId: id, ...(await recording(blob)) });
  say("");
  const card = element("div", "", { className: "card" });
  const kind = { match: "good", no_match: "bad" }[found.decision] || "warn";
  card.append(element("p", t(found.decision, id), { className: `big ${kind}` }));
  if (found.confidence != null) card.append(element("p", t("confidence", number(100 * found.confidence, 0))));
  card.append(...concerning(found.problems).map((problem) => element("p", advice(problem))));
  $("verified").replaceChildren(card);
}

// Who spoke when.

let leave;

async function talk(blob) {
  const path = `/ai/audio/v1/speaker-${$("talk").elements.names.value}`;
  const { voiceroll: found } = await call("POST", path, await recording(blob));
  say("");
  leave?.();
  $("timeline").hidden = false;
  leave = timeline($("timeline"), blob, found);
}

const takes = {
  enroll: take($("enroll-audio"), {
    several: true,
    failed,
    live: () => ({ id: idOf(enrolling), consent: consent() }),
    check: () => validId(enrolling) || (enrolling.elements.consent.checked ? "" : t("needConsent")),
    send: enroll,
  }),
  verify: take($("verify-audio"), { failed, check: () => validId($("verify")), send: verify }),
  talk: take($("talk-audio"), { failed, check: () => "", send: talk }),
};
for (const one of [enrolling, $("verify"), $("talk")]) one.onsubmit = (event) => event.preventDefault();

// Language.

function inLanguage(language) {
  document.documentElement.lang = $("language").value = speak(language);
  translate(document);
  $("consent-text").textContent = t("consentText");
  for (const one of Object.values(takes)) one.words();
  if (current === "roll" && signedIn()) reported(() => listed())();
}

const kept = {
  read() {
    try {
      return localStorage.getItem("language");
    } catch {
      return null;
    }
  },
  write(language) {
    try {
      localStorage.setItem("language", language);
    } catch {
      // Then it is asked for again.
    }
  },
};
$("language").onchange = () => {
  kept.write($("language").value);
  inLanguage($("language").value);
};
inLanguage(kept.read() || navigator.language);
view("sign-in");
