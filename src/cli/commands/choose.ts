import { createInterface, type Interface } from "node:readline";
import type { Command } from "commander";
import { chooseFromFront, type FrontPoint } from "../../analysis/index.ts";
import { countWords } from "../../analysis/words/count-words.ts";
import { AttuneError } from "../../errors.ts";
import { quoteWord } from "../../protocol/shell-quote.ts";
import { recordText } from "../../record/json-text.ts";
import type { Study } from "../../study/index.ts";
import { requireOnFront } from "../../study/require-on-front.ts";
import { type CliContext, EXIT_CODES } from "../context.ts";
import { choiceLines, pointTable } from "../render/front-lines.ts";
import { shownLine } from "../render/text.ts";
import { readCount } from "../settings/given-setting.ts";
import { addStudyTarget } from "../settings/table.ts";
import { type StudyTargetOptions, withStudy } from "../study/study-target.ts";
import { valueWriterOf } from "../study/winning-command.ts";

interface ChooseOptions extends StudyTargetOptions {
  readonly take?: string;
  readonly forget?: boolean;
}

const HELP = `
Shows two or three points of the front at a time and asks which you would rather have, until one is left. What you answer is
kept with the study: attune best goes by it, and attune choose goes on from it.

Examples:
  attune choose desk
  attune choose desk --take 41      # this one, without a question
  attune choose desk --forget       # as if nothing had been answered
  attune choose desk --json         # what would be asked, and what is left

Ends with code 1 while the front is empty.`;

/** `attune choose`: finds the point of a front that somebody would rather have, by questions. */
export function configure(command: Command, context: CliContext): void {
  addStudyTarget(command)
    .option("--take <trial>", "take this trial of the front, without a question")
    .option("--forget", "forget all answers so far")
    .option("--json", "ask nothing; print one JSON object: study, left, ask, preferred")
    .option("--quiet", "print only questions and errors")
    .addHelpText("after", HELP)
    .action(async (word: string | undefined, options: ChooseOptions) => {
      const { take, forget } = options;
      if (take !== undefined && forget === true)
        throw new AttuneError("invalid-argument", "Both --take and --forget are given; give one.");
      const taken = take === undefined ? null : readCount({ value: take, label: "--take", position: null }, 0);
      await withStudy(context, word, options, async (study) => {
        if (forget === true) await study.choose(null);
        if (taken !== null) await study.choose(taken);
        await choose(study, options, taken !== null || forget === true, context);
      });
    });
}

async function choose(study: Study, options: ChooseOptions, told: boolean, context: CliContext): Promise<void> {
  const { output, exitWith } = context;
  const { front } = study.summary();
  requireOnFront([], study);
  if (front.length === 0) {
    output.err(`attune: the front of study ${study.name} is empty so far: there is nothing to choose from.`);
    exitWith(EXIT_CODES.negative);
    return;
  }
  if (options.json !== true && !told && study.narrowed(front).ask.length > 0) {
    if (!process.stdin.isTTY) throw noTerminal(study);
    await askOn(study, front, context);
  }
  const { left, ask } = study.narrowed(front);
  const preferred = study.preferred()?.number ?? null;
  if (options.json) output.out(recordText({ study: study.name, left, ask, preferred }, valueWriterOf(study)), "exact");
  else if (options.quiet !== true) for (const line of resultLines(study, front)) output.out(line);
}

function noTerminal({ name, metrics }: Study): AttuneError {
  const study = quoteWord(name);
  const weights = metrics.map((metric, place) => `${metric.name}: ${place === 0 ? 2 : 1}`).join(", ");
  return new AttuneError(
    "invalid-argument",
    `attune choose asks questions, and there is no terminal to ask on. Say which trial of the front: attune choose ${study} --take NUMBER; or what matters: attune best ${study} --prefer '${weights}'.`,
  );
}

/** Asks until one point is left, or somebody leaves it there. */
async function askOn(study: Study, front: readonly FrontPoint[], { output }: CliContext): Promise<void> {
  const line = createInterface({ input: process.stdin, output: process.stderr });
  // Of lines that come faster than they are asked for none is lost; the end of the input, and Ctrl-C, end the lines.
  const lines = line[Symbol.asyncIterator]();
  const input = { ended: false };
  line.once("close", () => {
    input.ended = true;
  });
  try {
    for (let narrowed = study.narrowed(front); narrowed.ask.length > 0; narrowed = study.narrowed(front)) {
      const { ask, left } = narrowed;
      const points = front.filter(({ number }) => ask.includes(number));
      output.err(`${left.length} of ${countWords(front.length, "point")} are in question; of these:`);
      for (const row of pointTable(points, study.metrics, output.outWidth)) output.err(row);
      const numbers = points.map(({ number }) => String(number));
      line.setPrompt(
        shownLine(`Which trial would you rather have? ${numbers.join(", ")}, or nothing to leave it there: `),
      );
      const chosen = await answerOf(line, lines, input, numbers);
      if (chosen === null) return;
      await study.choose(
        chosen,
        ask.filter((number) => number !== chosen),
      );
    }
  } finally {
    line.close();
  }
}

/** One of the numbers; null for an empty line, or when there are no more. */
async function answerOf(
  line: Interface,
  lines: AsyncIterator<string>,
  input: { readonly ended: boolean },
  numbers: readonly string[],
): Promise<number | null> {
  for (;;) {
    // What came before the end of the input still counts, and is not asked for.
    if (!input.ended) line.prompt();
    const { value, done } = await lines.next();
    const word = done === true ? "" : value.trim();
    if (word === "") return null;
    if (numbers.includes(word)) return Number(word);
    line.setPrompt(`Give one of ${numbers.join(", ")}, or nothing: `);
  }
}

function resultLines(study: Study, front: readonly FrontPoint[]): readonly string[] {
  const { left, preference } = study.narrowed(front);
  const choice = chooseFromFront(front, study.metrics, preference);
  if (choice === null || preference === null)
    return [`Nothing is chosen: ${countWords(front.length, "point is", "points are")} on the front.`];
  const open = left.length > 1 ? [`${left.length} points are in question yet; attune choose goes on with them.`] : [];
  const print = `Its command line: attune best ${quoteWord(study.name)} --quiet`;
  return [...choiceLines(front, study.metrics, choice, preference), ...open, print];
}
