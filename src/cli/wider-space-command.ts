import type { EdgeValue } from "../analysis/index.ts";
import { quoteWord } from "../protocol/shell-quote.ts";
import { formatDomainText } from "../space/index.ts";
import { storageWords } from "./storage-words.ts";

const PLAIN_NAME = /^\p{L}[\p{L}\p{N}_.-]*$/u;
/** Words that YAML reads as values. */
const YAML_WORDS: ReadonlySet<string> = new Set(["true", "false", "null"]);

/** The command line that widens the space of a study where its winner lies at an end; null where no wider range is known. */
export function widerSpaceCommand(
  study: { readonly name: string; readonly location: string },
  edges: readonly EdgeValue[],
): string | null {
  const sets = edges.flatMap(({ wider }) => (wider === null ? [] : [`${key(wider.name)}: ${formatDomainText(wider)}`]));
  if (sets.length === 0) return null;
  const options = sets.map((text) => `--set ${quoteWord(text)}`).join(" ");
  return `attune space edit ${quoteWord(study.name)}${storageWords(study.location)} ${options}`;
}

function key(name: string): string {
  return PLAIN_NAME.test(name) && !YAML_WORDS.has(name.toLowerCase()) ? name : JSON.stringify(name);
}
