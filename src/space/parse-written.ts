import { noteWritten } from "./written-numbers.ts";

/** What a newer JavaScript tells a reviver besides, where it does. */
interface ReviverContext {
  readonly source?: string;
}

/** `JSON.parse` that keeps how numbers stood in the text, for the values of parameters. */
export function parseWritten(text: string): unknown {
  const texts = new Map<object, Map<string, string>>();
  function note(this: object, key: string, value: unknown, context?: ReviverContext): unknown {
    if (typeof value !== "number" || context?.source === undefined) return value;
    const own = texts.get(this) ?? new Map<string, string>();
    texts.set(this, own.set(key, context.source));
    return value;
  }
  const value: unknown = JSON.parse(text, note as (this: unknown, key: string, value: unknown) => unknown);
  for (const [container, own] of texts) noteWritten(container, own);
  return value;
}
