import type { Command } from "commander";
import { formatDuration } from "../../analysis/words/format-duration.ts";
import { formatNumber } from "../../analysis/words/format-number.ts";
import { AttuneError } from "../../errors.ts";
import { quoteWord } from "../../protocol/shell-quote.ts";
import type { Study, Told } from "../../study/index.ts";
import { holderOf } from "../../study/told-token.ts";
import { type CliContext, EXIT_CODES } from "../context.ts";
import { readCount } from "../settings/given-setting.ts";
import { storageOption, studyOption } from "../settings/table.ts";
import { storageWords } from "../study/storage-location.ts";
import { type StudyTarget, withStudy } from "../study/study-target.ts";
import { confirm } from "../terminal.ts";
import { readTold, valueWords } from "../trial-words.ts";

interface TellOptions extends StudyTarget {
  readonly token?: string;
  readonly lost?: boolean;
  readonly yes?: boolean;
  readonly failed?: boolean;
  readonly message?: string;
  readonly quiet?: boolean;
}

const HELP = `
Examples:
  attune tell 7 0.31
  attune tell 7 0.31 --token TOKEN
  attune tell 7 loss=0.31 accuracy=0.93 --token TOKEN digits
  attune tell 7 --failed --message "out of memory" --token TOKEN
  attune tell 7 0.31 --lost             # its token is gone

The token may be left out by the user who asked, on the machine where attune ask ran, for a trial that was tried once.`;

/** `attune tell`: hands in how an asked trial ended. */
export function configure(command: Command, context: CliContext): void {
  command
    .argument("<trial>", "the trial's number")
    .argument("[values...]", "its value, or values as name=value; the last word may name the study")
    .option("--token <token>", "the token that attune ask printed (default: none, for who asked)")
    .option("--lost", "take over a trial whose token is gone: what has it can tell no more")
    .option("-y, --yes", "with --lost: do not ask")
    .option("--failed", "the trial failed")
    .option("--message <text>", "why it failed")
    .addOption(studyOption())
    .addOption(storageOption())
    .option("--quiet", "print only errors")
    .addHelpText("after", HELP)
    .action(async (number: string, words: readonly string[], options: TellOptions) => {
      const trial = readCount({ value: number, label: "The trial's number", position: null }, 0);
      if (options.token !== undefined && options.lost)
        throw new AttuneError("invalid-argument", "Both --token and --lost are given; give one.");
      const { told, study: word } = readTold(words, options);
      await withStudy(context, word, options, async (study) => {
        if (options.lost && !(await takeOver(study, trial, { ...options, told: told !== null }, context))) return;
        if (told === null) return;
        if (typeof told === "number") requireOne(study, trial, words[0]!);
        await study.tell(trial, told, { ...(options.token !== undefined && { token: options.token }) });
        await study.refresh();
        if (!options.quiet) context.output.err(confirmation(study, trial, told));
      });
    });
}

/** A number alone says nothing of several objectives. */
function requireOne({ name, metrics }: Study, trial: number, word: string): void {
  if (metrics.length === 1) return;
  const message = `${word} is one number, and study ${name} has ${metrics.length} objectives; write attune tell ${trial} ${valueWords(metrics)}.`;
  throw new AttuneError("invalid-argument", message);
}

/** False when the user did not want it. */
async function takeOver(
  study: Study,
  number: number,
  { told, ...options }: TellOptions & { readonly told: boolean },
  context: CliContext,
): Promise<boolean> {
  const { owner, since } = holderOf(study.trial(number));
  const who = owner.asker === undefined ? "" : ` by ${owner.asker.user} on ${owner.asker.host}`;
  const ago = formatDuration(Math.max(0, Date.now() - since) / 1000);
  const question = `Trial ${number} of ${study.name} was asked for${who}, ${ago} ago. Whatever has its token can tell no more. Take it over? [y/N] `;
  if (!options.yes && !(await confirm(question, "take the trial over"))) {
    context.output.err("Nothing was changed.");
    context.exitWith(EXIT_CODES.negative);
    return false;
  }
  await study.takeOver(number);
  const words = `${valueWords(study.metrics)}${storageWords(study.location)} ${quoteWord(study.name)}`;
  if (!options.quiet && !told)
    context.output.err(`trial ${number} of ${study.name} is yours: attune tell ${number} ${words}`);
  return true;
}

function confirmation(study: Study, number: number, told: Told): string {
  const { state, message } = study.trial(number);
  if (typeof told === "object" && "failed" in told) return `trial ${number} of ${study.name}: failed`;
  if (state === "failed") return `trial ${number} of ${study.name}: failed. ${message ?? ""}`;
  const given = typeof told === "number" ? { [study.metrics[0]!.name]: told } : told;
  const values = Object.entries(given).map(([name, value]) => `${name} ${formatNumber(value)}`);
  const line = `trial ${number} of ${study.name}: ${values.join(", ")}`;
  if (state !== "paused") return line;
  return `${line}; paused (${message ?? "run in part"}): attune ask hands it out again if it is to go on`;
}
