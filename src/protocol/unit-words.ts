/** What values with this unit are, as it is said to the user; null for values without one. */
export function unitWords(unit: string | null): string {
  if (unit === null) return "without a unit";
  const [kind, per] = unit.split("/");
  const what = kind === "s" ? "in seconds" : "in bytes";
  return per === undefined ? what : `${what} per ${per}`;
}
