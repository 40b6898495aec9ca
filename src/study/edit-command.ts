import { quoteCommand } from "../protocol/shell-quote.ts";
import type { SpaceChangePlan } from "./plan-space-change.ts";

/** How a text may stand behind `name: ` in YAML without quotes. */
const PLAIN = /^[\p{L}\p{N}_.+=-][^#:\n]*$/u;

/** The command line that makes a planned change of a space, ready to paste. */
export function editCommand(study: string, storage: string, plan: SpaceChangePlan): string {
  const words = ["attune", "space", "edit", study];
  for (const { subject, name, before, after, renamedFrom } of plan.changes) {
    if (subject === "constraint") words.push(before === null ? "--where" : "--drop-where", name);
    else if (after === null) words.push("--drop", name);
    else
      words.push(
        before === null ? "--add" : "--set",
        `${name}: ${subject === "derived" ? quoted(`:= ${after}`) : quoted(after)}`,
      );
    if (renamedFrom !== undefined) words.push("--rename", `${renamedFrom}=${name}`);
  }
  for (const [name, value] of Object.entries(plan.carry.was)) {
    words.push("--was", `${name}=${typeof value === "string" ? value : JSON.stringify(value)}`);
  }
  for (const name of plan.unanswered) words.push("--was", `${name}=VALUE`);
  if (storage !== "attune.db") words.push("--storage", storage);
  return quoteCommand(words);
}

function quoted(text: string): string {
  return PLAIN.test(text) ? text : `'${text.replaceAll("'", "''")}'`;
}
