import { AttuneError } from "../../errors.ts";
import type { JsonValue } from "../../space/json.ts";

/** `dropout=0` as name and text; the text is read by the parameter's type later on. */
export function readWas(texts: readonly string[] = []): Readonly<Record<string, JsonValue>> {
  return Object.fromEntries(texts.map((text) => readPair(text, "--was", "dropout=0")));
}

/** @throws AttuneError `invalid-argument` for a text without a name before `=`. */
export function readPair(text: string, option: string, example: string): readonly [string, string] {
  const at = text.indexOf("=");
  const name = text.slice(0, at).trim();
  if (at > 0 && name !== "") return [name, text.slice(at + 1)];
  throw new AttuneError("invalid-argument", `${option} is "${text}"; write name and value: ${option} ${example}`);
}
