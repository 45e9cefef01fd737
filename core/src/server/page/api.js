// The session of an app, and calls to the server. Credentials and tokens are in memory alone.

let credentials = null;
let session = null;

/** What the server refused, or that it cannot be reached (`status` 0). */
export class Refused extends Error {
  constructor(status, body) {
    super(body?.errors?.[0]?.message || body?.message || body?.error_description || `HTTP ${status}`);
    this.status = status;
    this.code = body?.voiceroll?.code;
    this.problems = body?.voiceroll?.problems || [];
  }
}

export const signedIn = () => session !== null;

export async function signIn(given) {
  credentials = given;
  try {
    await logIn();
  } catch (error) {
    credentials = null;
    throw error;
  }
}

export async function signOut() {
  const token = session?.refresh_token;
  const basic = credentials && authorization();
  session = credentials = null;
  if (token) await send("/restapi/oauth/revoke", form({ token }, basic)).catch(() => {});
}

/** A token that is valid for at least a minute. */
export async function token() {
  if (!session) throw new Refused(401, {});
  if (Date.now() > session.until) await logIn();
  return session.access_token;
}

/** Asks the server, and logs in once more if the token ran out. */
export async function call(method, path, body) {
  for (let last = false; ; last = true) {
    const headers = { authorization: `Bearer ${await token()}` };
    if (body) headers["content-type"] = "application/json";
    try {
      return await send(path, { method, headers, body: body && JSON.stringify(body) });
    } catch (error) {
      if (error.status !== 401 || last || !credentials) throw error;
      session.until = 0;
    }
  }
}

async function logIn() {
  const grant = { grant_type: "urn:ietf:params:oauth:grant-type:jwt-bearer", assertion: credentials.jwt };
  const refresh = session && { grant_type: "refresh_token", refresh_token: session.refresh_token };
  let answer;
  try {
    answer = await send("/restapi/oauth/token", form(refresh || grant, authorization()));
  } catch (error) {
    if (!refresh || error.status === 0) throw error;
    try {
      answer = await send("/restapi/oauth/token", form(grant, authorization()));
    } catch (again) {
      if (again.status) session = null;
      throw again;
    }
  }
  session = { ...answer, until: Date.now() + 1000 * Math.max(0, answer.expires_in - 60) };
}

function authorization() {
  const bytes = new TextEncoder().encode(`${credentials.client_id}:${credentials.client_secret}`);
  return `Basic ${btoa(String.fromCharCode(...bytes))}`;
}

function form(fields, basic) {
  const headers = { authorization: basic, "content-type": "application/x-www-form-urlencoded" };
  return { method: "POST", headers, body: new URLSearchParams(fields).toString() };
}

async function send(path, options) {
  let response;
  try {
    response = await fetch(`.${path}`, { ...options, cache: "no-store", credentials: "omit", redirect: "error" });
  } catch {
    throw new Refused(0, {});
  }
  const text = await response.text().catch(() => "");
  let body = null;
  try {
    body = text ? JSON.parse(text) : null;
  } catch {
    // A proxy in between, which answers in HTML.
  }
  if (!response.ok) throw new Refused(response.status, body);
  return body;
}

const ENCODINGS = { wav: "Wav", mp4: "Mp4", m4a: "Mp4", mov: "Mp4", "3gp": "Mp4", webm: "Webm", mkv: "Webm", ogg: "Ogg", opus: "Ogg", aac: "Aac", avi: "Avi" };

/** A Blob as requests carry it. The server looks at the bytes: a wrong encoding changes nothing. */
export async function recording(blob) {
  const ending = blob.name?.split(".").at(-1).toLowerCase() ?? "wav";
  return { encoding: ENCODINGS[ending] || "Mpeg", content: await base64(blob) };
}

function base64(blob) {
  return new Promise((done, failed) => {
    const reader = new FileReader();
    reader.onload = () => done(reader.result.slice(reader.result.indexOf(",") + 1));
    reader.onerror = () => failed(reader.error);
    reader.readAsDataURL(blob);
  });
}
