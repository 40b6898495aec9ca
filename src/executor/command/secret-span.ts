import { REDACTED } from "./secret-patterns.ts";

/** Where a secret stands in a text: from the beginning of what it is known by (`password=`) to its end. */
export interface SecretSpan {
  readonly start: number;
  /** Where the secret itself begins. */
  readonly from: number;
  readonly to: number;
}

/** The text with each secret replaced. */
export function withoutSpans(text: string, spans: readonly SecretSpan[]): string {
  let [clean, at] = ["", 0];
  for (const { from, to } of spans) {
    clean += text.slice(at, from) + REDACTED;
    at = to;
  }
  return clean + text.slice(at);
}

/** In order, those that overlap as one. */
export function mergeSpans(spans: readonly SecretSpan[]): readonly SecretSpan[] {
  const result: SecretSpan[] = [];
  for (const span of [...spans].sort((a, b) => a.from - b.from || b.to - a.to)) {
    const last = result.at(-1);
    if (last === undefined || span.from >= last.to) result.push(span);
    else if (span.to > last.to) result[result.length - 1] = { ...last, to: span.to };
  }
  return result;
}
