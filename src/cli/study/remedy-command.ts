import type { HealthEdit, HealthFinding, HealthRemedy } from "../../analysis/index.ts";
import { quoteWord } from "../../protocol/shell-quote.ts";
import { formatDomainText } from "../../space/index.ts";
import { storageWords } from "./storage-location.ts";

interface Named {
  readonly name: string;
  readonly location: string;
}

/** The command line that mends what was found, in one go where that is several changes of the space; null where none does. */
export function remedyCommand(study: Named, found: readonly Pick<HealthFinding, "remedy">[]): string | null {
  const remedies = found.flatMap(({ remedy }) => (remedy === null ? [] : [remedy]));
  const [first] = remedies;
  if (first === undefined) return null;
  const edits = remedies.flatMap((one) => (one.does === "edit-space" ? [one.edit] : []));
  const [command, ...options] = edits.length > 0 ? ["space edit", ...edits.flatMap(editOptions)] : wordsOf(first);
  const behind = options.length === 0 ? "" : ` ${options.join(" ")}`;
  return `attune ${command} ${quoteWord(study.name)}${storageWords(study.location)}${behind}`;
}

function wordsOf(remedy: Exclude<HealthRemedy, { readonly does: "edit-space" }> | HealthRemedy): readonly string[] {
  switch (remedy.does) {
    case "edit-space":
      return ["space edit", ...editOptions(remedy.edit)];
    case "confirm":
      return ["confirm", "--replicates", String(remedy.replicates)];
    case "look-at-log":
      return [`log ${remedy.trial}`];
    case "change-scheduler":
      return ["run", "--scheduler", quoteWord(remedy.scheduler)];
    case "change-workers":
      return ["run", "--workers", String(remedy.workers)];
  }
}

function editOptions({ set, where = [] }: HealthEdit): readonly string[] {
  const sets = (set?.parameters ?? []).map((parameter) => `${key(parameter.name)}: ${formatDomainText(parameter)}`);
  return [...sets.map((text) => `--set ${quoteWord(text)}`), ...where.map((text) => `--where ${quoteWord(text)}`)];
}

const PLAIN_NAME = /^\p{L}[\p{L}\p{N}_.-]*$/u;
/** Words that YAML reads as values. */
const YAML_WORDS: ReadonlySet<string> = new Set(["true", "false", "null"]);

function key(name: string): string {
  return PLAIN_NAME.test(name) && !YAML_WORDS.has(name.toLowerCase()) ? name : JSON.stringify(name);
}
