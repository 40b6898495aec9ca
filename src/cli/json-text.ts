import { HIDDEN } from "../protocol/hidden-characters.ts";
import { withoutSecrets } from "./secrets.ts";

/**
 * A record as JSON text that a terminal may show: characters that it would obey are escaped, texts are without secrets. `secrets`
 * "shown" leaves them, for a record that hands a trial over.
 */
export function jsonText(record: unknown, indent = 0, secrets: "shown" | "redacted" = "redacted"): string {
  const clean = (_key: string, value: unknown): unknown => (typeof value === "string" ? withoutSecrets(value) : value);
  const text = secrets === "shown" ? JSON.stringify(record, null, indent) : JSON.stringify(record, clean, indent);
  return text.replace(HIDDEN, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
