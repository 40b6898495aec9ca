import { RedactedStream } from "./redacted-stream.ts";
import { REDACTED, SECRET_PATTERNS } from "./secret-patterns.ts";

/** Names of environment variables whose values are secrets. */
const SECRET_NAMES = /TOKEN|SECRET|PASSWORD|PASSWD|CREDENTIALS?$|_KEY$/i;
/** A shorter value would blot out what is no secret: `1`, `true`, `none`. */
const SHORTEST_VALUE = 6;
/**
 * Takes secrets out of a program's output: keys and tokens known by their form, and the values of environment variables whose
 * names look secret. Works on whole lines; every other byte stays as it is.
 */
export class SecretRedactor {
  readonly #values: RegExp | null;

  constructor(environment: NodeJS.ProcessEnv) {
    const values = secretValues(environment);
    this.#values = values.length === 0 ? null : new RegExp(values.map(escapeRegExp).join("|"), "g");
  }

  /** One output, to be handed over in pieces. */
  stream(): RedactedStream {
    return new RedactedStream((text) => this.redact(text));
  }

  /** `text` has one character for each byte (latin1). */
  redact(text: string): string {
    let clean = this.#values === null ? text : text.replace(this.#values, REDACTED);
    for (const [pattern, replacement] of SECRET_PATTERNS) clean = clean.replace(pattern, replacement);
    return clean;
  }
}

function secretValues(environment: NodeJS.ProcessEnv): readonly string[] {
  const found = new Set<string>();
  for (const [name, value = ""] of Object.entries(environment)) {
    if (!SECRET_NAMES.test(name)) continue;
    for (const line of value.split(/\r?\n/)) {
      for (const form of [line.trim(), encodeURIComponent(line.trim())]) {
        if (form.length >= SHORTEST_VALUE) found.add(Buffer.from(form, "utf8").toString("latin1"));
      }
    }
  }
  // A value that begins with another must be tried first.
  return [...found].sort((a, b) => b.length - a.length);
}

function escapeRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
}
