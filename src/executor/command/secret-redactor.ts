import { RedactedStream } from "./redacted-stream.ts";
import { secretForms } from "./secret-forms.ts";
import { isSecretName, SECRET_PATTERNS } from "./secret-patterns.ts";
import { mergeSpans, type SecretSpan, withoutSpans } from "./secret-span.ts";
import { withoutEscapes } from "./without-escapes.ts";

/** Longer forms are searched for one by one: a pattern of many thousand characters is refused, with the secret in the error. */
const LONGEST_IN_PATTERN = 1_024;
/** Names remembered at most. */
const MOST_NAMES = 10_000;

/**
 * Takes secrets out of a program's output: keys and tokens known by their form, and the values of environment variables whose
 * names look secret, in any of their forms and whatever escape sequences stand within. Every other byte stays as it is.
 */
export class SecretRedactor {
  readonly #values: RegExp | null;
  readonly #long: readonly string[];
  /** Bytes of the longest form of a value. */
  readonly #longest: number;
  /** Names that were looked at; every report has the same few. */
  readonly #free = new Map<string, boolean>();

  /** `more` are secrets that are known otherwise. */
  constructor(environment: NodeJS.ProcessEnv, more: readonly string[] = []) {
    const values = Object.entries(environment)
      .filter(([name]) => isSecretName(name))
      .map(([, value = ""]) => value);
    const forms = [...values, ...more].flatMap(secretForms);
    // A value that begins with another must be tried first.
    const longestFirst = [...new Set(forms)].sort((a, b) => b.length - a.length);
    this.#longest = longestFirst[0]?.length ?? 0;
    const [long, short] = [longestFirst.filter(isLong), longestFirst.filter((form) => !isLong(form))];
    this.#long = long;
    this.#values = short.length === 0 ? null : new RegExp(short.map(escapeRegExp).join("|"), "g");
  }

  /** One output, to be handed over in pieces. */
  stream(): RedactedStream {
    return new RedactedStream((text) => this.spans(text), this.#longest);
  }

  /** A text of the tuner's own without the secrets it quotes. */
  clean(text: string): string {
    const bytes = Buffer.from(text, "utf8").toString("latin1");
    const spans = this.spans(bytes);
    return spans.length === 0 ? text : Buffer.from(withoutSpans(bytes, spans), "latin1").toString("utf8");
  }

  /** Whether a name holds no secret. */
  isFree(name: string): boolean {
    const known = this.#free.get(name);
    if (known !== undefined) return known;
    if (this.#free.size >= MOST_NAMES) this.#free.clear();
    const free = this.clean(name) === name;
    this.#free.set(name, free);
    return free;
  }

  /** Whether the value of a variable of its environment stands in a text. */
  finds(text: string): boolean {
    const bytes = Buffer.from(text, "utf8").toString("latin1");
    return (
      this.#long.some((form) => bytes.includes(form)) || (this.#values !== null && bytes.search(this.#values) >= 0)
    );
  }

  /** `text` has one character for each byte (latin1). */
  redact(text: string): string {
    return withoutSpans(text, this.spans(text));
  }

  /** All secrets of a text with one character for each byte, in order, none within another. */
  spans(text: string): readonly SecretSpan[] {
    const { plain, offsets } = withoutEscapes(text);
    const found: SecretSpan[] = [];
    const add = (start: number, from: number, to: number): void => {
      found.push({ start: offsets(start), from: offsets(from), to: offsets(to - 1) + 1 });
    };
    for (const form of this.#long) {
      for (let at = plain.indexOf(form); at >= 0; at = plain.indexOf(form, at + form.length))
        add(at, at, at + form.length);
    }
    if (this.#values !== null) {
      for (const match of plain.matchAll(this.#values)) add(match.index, match.index, match.index + match[0].length);
    }
    for (const { pattern, known } of SECRET_PATTERNS) {
      for (const match of plain.matchAll(pattern)) {
        const before = known ? match[1]!.length : 0;
        add(match.index, match.index + before, match.index + match[0].length);
      }
    }
    return mergeSpans(found);
  }
}

function isLong(form: string): boolean {
  return form.length > LONGEST_IN_PATTERN;
}

function escapeRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
}
