/** How things are called, here and in the core. */

const spelled = new Map<string, string>();

/** A name in JavaScript's spelling. */
export function camel(name: string): string {
  let found = spelled.get(name);
  if (found === undefined) {
    found = name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
    spelled.set(name, found);
  }
  return found;
}

/** A name in the core's spelling. */
export function snake(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** A sentence of the core's, with what it names in JavaScript's spelling; other words in it may be a caller's. */
export function respelled(sentence: string): string {
  return sentence.replace(/(?<=`)[a-z0-9_]+(?=(?:\[\d+\])?`)/g, (name) => NAMED.get(name) ?? name);
}

const NAMED: ReadonlyMap<string, string> = new Map([
  ...[
    "attemptsPerHour",
    "clientId",
    "collectedBy",
    "clientSecret",
    "contentUri",
    "decisionsOnly",
    "falseAcceptRate",
    "forgetOld",
    "givenAt",
    "keyCommand",
    "keyFile",
    "keyFolder",
    "keyVariable",
    "maxBytes",
    "maxRecording",
    "maxSeconds",
    "perChannel",
    "perPage",
    "plainHttp",
    "readOnly",
    "requestTimeout",
    "requireConsent",
    "speakerId",
    "speakerIds",
    "textSha256",
    "textVersion",
    "validUntil",
  ].map((name): [string, string] => [snake(name), name]),
]);
