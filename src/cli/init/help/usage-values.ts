/** `[-c numberOfCategories]`, `[-cat 20 | -nocat]`, `[--conf=name]`; a list of several values is none. */
const BRACKETED = /[[|]\s*(--?[A-Za-z][\w-]*)(?:\s+|=)([^\s[\]]+?)(?=\s*(?:\]|\s\|))/g;

/** What the usage lines of a help text name as the values of options whose descriptions name none. */
export function usageValues(text: string): ReadonlyMap<string, string> {
  return new Map(
    Array.from(text.matchAll(BRACKETED), ([, flag, value]) => [flag!, named(value!)] as const).filter(
      ([, value]) => !value.startsWith("-"),
    ),
  );
}

/** A number is an example of its type. */
function named(value: string): string {
  if (/^\d+$/.test(value)) return "NUM";
  return /^\d*\.\d+$/.test(value) ? "FLOAT" : value;
}
