import { quoteCommand } from "../protocol/shell-quote.ts";
import type { SpaceChangePlan } from "../study/plan-space-change.ts";

/** What an error knows of the edit that would have a space as it is asked for. */
interface WantedEdit {
  readonly study: string;
  readonly storage: string;
  readonly plan: SpaceChangePlan;
}

/** A message and what is known with it, as an error has them. */
interface Said {
  readonly message: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** What a message of a room below says, and how a command line says it with what is known of it. */
type Rule = readonly [said: RegExp, words: (known: Known, said: string, ...parts: readonly string[]) => string];

interface Known {
  readonly study?: string;
  readonly edit?: WantedEdit;
}

const RULES: readonly Rule[] = [
  [/\b[Nn]ame (?:another file|a file on a local disk)(?=[.,])/, (_, said) => `${said} with --storage`],
  [/\b([Ss])tart another under a name of its own/, (_, _said, s) => `${s}tart another with --study NAME`],
  [/\bor delete it\.$/, ({ study }, said) => (study ? `or remove it with: attune delete ${study}` : said)],
  [
    /\bgo back to what it was(?=, or start another with)/,
    ({ study }, said) => (study ? `${said}: attune run ${study}` : said),
  ],
  [/^To have it so, open the study.*$/m, ({ edit }, said) => (edit ? haveItSo(edit) : said)],
  [
    / \((was: \{ (.+?): VALUE \})\), or give it a default\./,
    ({ edit }, said, inProgram, name) =>
      edit ? `: --was ${name}=VALUE (in a program: ${inProgram}), or give it a default. ${editCommand(edit)}` : said,
  ],
  [/ \(accept: true\)/, () => " (--yes; in a program: { accept: true })"],
  [
    /^The token is missing: (.*) Give the one that came with trial (\d+); where that is gone, take the trial over\.$/,
    (_, _said, why, trial) =>
      `--token is missing: ${why} Give the token that attune ask printed with trial ${trial}; where that is gone, add --lost.`,
  ],
  [/\brun again, or insist \(keepGoing: true\)\.$/, () => "run the same command again, or insist with --keep-going."],
  [/\bread it by an expression\.$/, () => "read it with --metric-regex 'NAME=EXPRESSION'."],
  [/; name more\.$/, () => "; name more with --gpus."],
  [/\ba file in JSON or YAML\.$/, () => "a file in JSON or YAML (--params-file config.yaml)."],
];

/** A message with the options and commands that its ways out have on a command line: the rooms below name none. */
export function inOptionWords({ message, data }: Said): string {
  return RULES.reduce(
    (text, [pattern, words]) =>
      text.replace(pattern, (said, ...parts: readonly unknown[]) => words(data, said, ...parts.map(String))),
    message,
  );
}

function haveItSo(edit: WantedEdit): string {
  const [first] = edit.plan.unanswered;
  const said = first === undefined ? "" : `, or under was: (${first}: VALUE) in a study file`;
  return `To have it so: ${editCommand(edit)}${said}`;
}

/** How a text may stand behind `name: ` in YAML without quotes. */
const PLAIN = /^[\p{L}\p{N}_.+=-][^#:\n]*$/u;

/** The command line that makes a planned change of a space, ready to paste. */
export function editCommand({ study, storage, plan }: WantedEdit): string {
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
