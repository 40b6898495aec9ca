/** What came in place of a number, in a few words; values that JSON does not take (a bigint, a circle of objects) by their kind. */
export function shownValue(value: unknown): string {
  if (value === undefined) return "nothing";
  if (typeof value === "bigint") return `the bigint ${value}`;
  if (value instanceof Promise) return "a Promise, to be awaited first";
  try {
    return JSON.stringify(value) ?? `a ${typeof value}`;
  } catch (error) {
    return `an object that is no JSON (${error instanceof Error ? error.message.split("\n")[0] : String(error)})`;
  }
}
