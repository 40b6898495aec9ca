import { existsSync, readFileSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import type { Command } from "commander";
import { AttuneError } from "../../../errors.ts";
import { REDACTED } from "../../../executor/command/secret-patterns.ts";
import { learnSecrets, withoutSecrets, wordsWithoutSecrets } from "../../../record/secrets.ts";
import type { CliContext } from "../../context.ts";
import type { StudyDraft } from "./draft-study.ts";
import type { FoundOptions } from "./find-options.ts";

interface InitOptions {
  readonly output?: string;
  readonly force?: boolean;
  readonly helpText?: string;
  readonly run?: boolean;
}

const HELP = `
A Python program is run up to its option parser and no further; until then it can write no file, start no program and make no
connection. Any other program is run with --help and nothing else. Ranges follow from names and defaults: lr goes on the
logarithm around its default, batch sizes in powers of two, epochs stay. Every choice is explained.

Examples:
  attune init -- python train.py                       # print the draft
  attune init -o study.yaml -- python train.py --data digits.csv
  attune init --help-text help.txt -- ./solver`;

const NO_SECRETS =
  'note: the draft has [redacted] in place of a secret. Write "$API_KEY", say, there and make the command one text: ' +
  "its shell puts the variable in when the program runs.";

/** `attune init`: drafts a study file from the options of a program. */
export function configure(command: Command, { output, program }: CliContext): void {
  command
    .usage("[options] -- program arguments…")
    .option("-o, --output <file>", "write the draft to this file instead of printing it")
    .option("--force", "overwrite that file when it exists")
    .option("--help-text <file>", "read the help from this file instead of running the program")
    .option("--run", "run the program without any word where it answers no question for help; never an interpreter")
    .addHelpText("after", HELP)
    .action(async (options: InitOptions) => {
      if (program === null || program.length === 0) {
        throw new AttuneError("invalid-argument", "Give the program behind --: attune init -- python train.py");
      }
      if (options.output !== undefined) refuseToOverwrite(options.output, options.force);
      const [{ findOptions }, { readHelp }, { draftStudy }, { defaultStudyName }] = await Promise.all([
        import("./find-options.ts"),
        import("../../../discovery/read-help.ts"),
        import("./draft-study.ts"),
        import("../../study/study-name.ts"),
      ]);
      learnSecrets({ argv: program });
      const found =
        options.helpText === undefined
          ? await findOptions(program, { bare: options.run === true })
          : { options: readHelp(await read(options.helpText)), source: "the help of", commands: [], needed: [] };
      const study = defaultStudyName({ argv: program });
      const draft = draftStudy({
        program: wordsWithoutSecrets(program),
        study,
        ...found,
        read: (path) => readFileSync(path, "utf8"),
      });
      const { templates } = draft;
      const text = withoutSecrets(draft.text);
      if (options.output === undefined) output.out(text.trimEnd());
      else {
        for (const { file } of templates) refuseToOverwrite(file, options.force);
        for (const { file, text: filled } of [...templates, { file: options.output, text }])
          await writeFile(file, filled);
      }
      if (text.includes(REDACTED)) output.err(NO_SECRETS);
      for (const line of remarks(found, draft, options.output)) output.err(line);
    });
}

/** What was found, what is still to be done by hand, and how to go on. */
function remarks(found: FoundOptions, draft: StudyDraft, file: string | undefined): readonly string[] {
  const { options, source, commands, needed } = found;
  const { tuned, offered, left, templates } = draft;
  const lines = [
    `${options.length} options found in ${source.replace(/ of$/, "")}: ${tuned.length} to tune, ${offered.length} offered, ${left.length} left alone.`,
  ];
  if (commands.length > 0)
    lines.push(`It has subcommands with options of their own: ${commands.join(", ")}. Name one behind --.`);
  if (needed.length > 0)
    lines.push(`The program does not run without ${needed.join(", ")}: give them behind --, and draft again.`);
  if (templates.length > 0 && file === undefined) {
    const names = templates.map((template) => template.file).join(", ");
    lines.push(`The draft fills ${names} for each trial, which -o writes along: attune init -o study.yaml -- …`);
  }
  if (tuned.length === 0)
    lines.push(
      "Nothing is tuned yet: no option is known as one that results depend on. Choose some under space: in the draft.",
    );
  return [...lines, `Look the draft over, name the metric in it, then: attune try ${file ?? "study.yaml"}`];
}

function refuseToOverwrite(file: string, force = false): void {
  if (!existsSync(file) || force) return;
  const message = `${file} exists and is kept; give another name, or --force to overwrite it.`;
  throw new AttuneError("invalid-argument", message);
}

async function read(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new AttuneError("invalid-argument", `The help text ${file} cannot be read (${why}).`, { cause });
  }
}
