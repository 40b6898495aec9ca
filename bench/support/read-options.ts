import { AttuneError } from "../../src/errors.ts";
import type { JsonValue } from "../../src/space/json.ts";

/** The options of a component, from a JSON object. Throws AttuneError `invalid-argument` naming the option it stands in. */
export function readOptions(option: string, text: string): Readonly<Record<string, JsonValue>> {
  try {
    const options: unknown = JSON.parse(text);
    if (typeof options === "object" && options !== null && !Array.isArray(options)) {
      return options as Readonly<Record<string, JsonValue>>;
    }
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw new AttuneError("invalid-argument", `--${option} is no JSON object: ${text}`);
}
