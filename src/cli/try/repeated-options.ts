import { quoteWord } from "../../protocol/shell-quote.ts";
import type { SettingDeclaration } from "../settings/declaration.ts";
import type { RunSettings } from "../settings/run-settings.ts";
import { settingsOf } from "../settings/table.ts";

/** The options of `attune try` about parameters and metrics, once more, for the `attune run` line it suggests. */
export function repeatedOptions(settings: RunSettings): readonly string[] {
  return settingsOf(["input", "metrics"]).flatMap((declared) => wordsOf(declared, settings));
}

function wordsOf({ name, again }: SettingDeclaration, settings: RunSettings): readonly string[] {
  const said = again?.(settings);
  if (said === undefined || said === false) return [];
  if (said === true) return [`--${name}`];
  return [said].flat().flatMap((value) => [`--${name}`, quoteWord(value)]);
}
