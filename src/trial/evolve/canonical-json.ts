/** JSON text that is the same for equal values, whatever the order of an object's keys; undefined for undefined. */
export function canonicalJson<T>(value: T): T extends undefined ? string | undefined : string {
  return JSON.stringify(value, sorted) as T extends undefined ? string | undefined : string;
}

function sorted(_key: string, inner: unknown): unknown {
  if (inner === null || typeof inner !== "object" || Array.isArray(inner)) return inner;
  return Object.fromEntries(Object.entries(inner).sort(([x], [y]) => (x < y ? -1 : 1)));
}
