/** What values with this unit are, as it is said to the user; null for values without one. */
export function unitWords(unit: string | null): string {
  if (unit === null) return "without a unit";
  const [kind = "", per] = unit.split("/");
  const what = WORDS[kind] ?? `in ${kind}`;
  return per === undefined ? what : `${what} per ${per}`;
}

const WORDS: Readonly<Record<string, string>> = { s: "in seconds", B: "in bytes" };
