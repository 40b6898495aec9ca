import type { Command } from "commander";
import { paramsLine } from "../../../analysis/words/params-line.ts";
import { AttuneError } from "../../../errors.ts";
import { keyedStreams } from "../../../numeric/random/keyed-streams.ts";
import { jsonText, rawValue } from "../../../record/json-text.ts";
import type { LocateField } from "../../../space/definition.ts";
import {
  findScarcity,
  readDefinitions,
  type SpaceParts,
  sampleUniform,
  scarcityNotice,
  spaceToJson,
  spaceTree,
  spellParams,
} from "../../../space/index.ts";
import type { SpaceEditReport, Study, StudySpaceEdit } from "../../../study/index.ts";
import { type CliContext, EXIT_CODES } from "../../context.ts";
import { quietly } from "../../output.ts";
import { readCount } from "../../settings/given-setting.ts";
import { readPair, readWas } from "../../settings/study-settings.ts";
import { addStudyTarget, collect } from "../../settings/table.ts";
import { readLocatedYaml } from "../../study/read-study-file.ts";
import { isStudyFileName, type StudyTarget, withStudy } from "../../study/study-target.ts";
import { confirm } from "../../terminal.ts";
import { summarizeSpace, summaryLines } from "./describe-space.ts";
import { readSpaceFile } from "./read-space-file.ts";

interface SampleOptions {
  readonly count: string;
  readonly seed: string;
  readonly json?: boolean;
}

const FILE_KINDS = "a study file, a space alone, or a JSON file from ConfigSpace or Optuna";

const HELP = `
FILE is a study file, a space alone (YAML or JSON), or a JSON file from ConfigSpace or with Optuna's
distributions by name.

Examples:
  attune space describe study.yaml
  attune space sample study.yaml --count 300 --json
  attune space edit digits --set 'lr: 1e-6..1.0 log'`;

/** `attune space`: looks into a space before anything is run, and changes the one of a study. */
export function configure(command: Command, context: CliContext): void {
  const { output } = context;
  command
    .usage("check|describe|sample FILE [options]\n       attune space edit STUDY [options]")
    .addHelpText("after", HELP);
  command
    .command("check")
    .description("Says what is wrong with a space, or how large it is and how much of it is feasible.")
    .argument("<file>", FILE_KINDS)
    .option("--json", "print one JSON object")
    .action(async (file: string, options: { readonly json?: boolean }) => {
      const { kind, space } = await readSpaceFile(file);
      const summary = summarizeSpace(space, kind);
      if (options.json) output.out(jsonText(summary), "exact");
      else for (const line of [`${file} is a good space.`, ...summaryLines(summary)]) output.out(line);
    });
  command
    .command("describe")
    .description("Draws the space as a tree, with its size and how much of it is feasible.")
    .argument("<file>", FILE_KINDS)
    .option("--json", "print one JSON object, the space in canonical form included")
    .action(async (file: string, options: { readonly json?: boolean }) => {
      const { kind, space } = await readSpaceFile(file);
      const summary = summarizeSpace(space, kind);
      if (options.json) output.out(jsonText({ ...summary, space: spaceToJson(space) }), "exact");
      else for (const line of [...spaceTree(space), "", ...summaryLines(summary)]) output.out(line);
    });
  command
    .command("sample")
    .description("Prints random configurations, uniform on each parameter's scale given the constraints.")
    .argument("<file>", FILE_KINDS)
    .option("--count <number>", "how many", "10")
    .option("--seed <number>", "the same seed gives the same configurations", "0")
    .option("--json", "print one JSON object a line")
    .action(async (file: string, options: SampleOptions) => {
      const count = readCount({ value: options.count, label: "--count", position: null }, 0);
      const seed = readCount({ value: options.seed, label: "--seed", position: null }, 0);
      const { space } = await readSpaceFile(file);
      for (let n = 0; n < count; n++) {
        const params = sampleUniform(space, keyedStreams(seed, n));
        if (options.json) output.out(jsonText(rawValue(spellParams(space, params))), "exact");
        else output.out(paramsLine(params));
      }
    });
  configureEdit(command.command("edit"), context);
}

interface EditOptions extends SpaceEditOptions, StudyTarget {
  readonly dryRun?: boolean;
  readonly yes?: boolean;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

const EDIT_HELP = `
Trials so far keep counting. What cannot be kept is said first and asked about (without a terminal: --yes).
A study file without further options stands for the space it holds.

Examples:
  attune space edit digits --set 'lr: 1e-6..1.0 log' --set 'optimizer: adam | sgd | lion'
  attune space edit digits --add 'dropout: 0.0..0.5' --was dropout=0
  attune space edit digits --drop momentum --dry-run
  attune space edit study.yaml`;

/** `attune space edit`: changes the space of a study that has trials. */
function configureEdit(command: Command, context: CliContext): void {
  addStudyTarget(command.description("Changes the space of a study; its trials keep counting."))
    .option("--set <definition>", "new values of a parameter: 'lr: 1e-6..1.0 log'; may be given again", collect)
    .option("--add <definition>", "a parameter more: 'dropout: 0.0..0.5'", collect)
    .option("--was <value>", "what trials without it count as: dropout=0 (else its default)", collect)
    .option("--drop <name>", "a parameter less", collect)
    .option("--rename <names>", "another name: learning_rate=lr", collect)
    .option("--where <expression>", "a constraint more", collect)
    .option("--drop-where <expression>", "a constraint less, word for word", collect)
    .option("--dry-run", "say what would change and change nothing")
    .option("-y, --yes", "do not ask when something cannot be kept")
    .option("--json", "print one JSON object")
    .option("--quiet", "print only the result and errors")
    .addHelpText("after", EDIT_HELP)
    .action(async (word: string | undefined, options: EditOptions) => {
      const edit = readSpaceEdit(options) ?? (await wholeSpace(word ?? options.study, options));
      await withStudy(
        context,
        word,
        options,
        async (study) => await editSpace(study, edit, options, quietly(context, options)),
      );
    });
}

async function wholeSpace(word: string | undefined, options: EditOptions): Promise<StudySpaceEdit> {
  if (word !== undefined && isStudyFileName(word)) {
    return { space: (await readSpaceFile(word)).space, was: readWas(options.was) };
  }
  const message = "Say what to change (--set, --add, --drop, --rename, --where, --drop-where), or give a study file.";
  throw new AttuneError("invalid-argument", message);
}

async function editSpace(study: Study, edit: StudySpaceEdit, options: EditOptions, context: CliContext): Promise<void> {
  const { output, exitWith } = context;
  const planned = await study.editSpace(edit, { dryRun: true });
  if (options.json !== true) for (const line of planLines(planned)) output.err(line);
  const same = planned.changes.length === 0;
  const asks = !options.dryRun && planned.losses.length > 0 && !options.yes;
  if (asks && !(await confirm("Change the space all the same? [y/N] ", "change the space"))) {
    output.err("Nothing was changed.");
    exitWith(EXIT_CODES.negative);
    return;
  }
  const report = options.dryRun || same ? planned : await study.editSpace(edit, { accept: true });
  if (options.json) output.out(jsonText(report), "exact");
  else if (same) output.err(`Study ${study.name} has this space already.`);
  else if (!report.applied) output.err("Nothing was changed (--dry-run).");
  else for (const line of changedLines(study)) output.err(line);
}

function changedLines({ name, space }: Study): readonly string[] {
  const scarcity = findScarcity(space);
  const changed = `The space of ${name} is changed; its trials stay.`;
  return scarcity === null ? [changed] : [changed, scarcityNotice(scarcity)];
}

function planLines({ changes, losses }: SpaceEditReport): readonly string[] {
  if (losses.length === 0) return changes;
  return [...changes, "Not all can be kept:", ...losses.map((loss) => `  ${loss}`)];
}

/** The options of `attune space edit` that say what changes. */
interface SpaceEditOptions {
  readonly set?: readonly string[];
  readonly add?: readonly string[];
  readonly drop?: readonly string[];
  readonly rename?: readonly string[];
  readonly where?: readonly string[];
  readonly dropWhere?: readonly string[];
  readonly was?: readonly string[];
}

/**
 * The edit that options ask for; null when they name no change (`--was` alone is none).
 *
 * @throws AttuneError `invalid-argument` or `invalid-space`.
 */
export function readSpaceEdit(options: SpaceEditOptions): StudySpaceEdit | null {
  const { set = [], add = [], drop = [], rename = [], where = [], dropWhere = [] } = options;
  if ([set, add, drop, rename, where, dropWhere].every((list) => list.length === 0)) return null;
  return {
    set: readParts(set, "--set"),
    add: readParts(add, "--add"),
    drop,
    rename: Object.fromEntries(rename.map((text) => readPair(text, "--rename", "old=new"))),
    where,
    dropWhere,
    was: readWas(options.was),
  };
}

function readParts(texts: readonly string[], option: string): SpaceParts {
  const parameters: SpaceParts["parameters"][number][] = [];
  const derived: SpaceParts["derived"][number][] = [];
  const locate = new Map<string, LocateField>();
  for (const text of texts) {
    const { value, locate: place } = readLocatedYaml(text, null);
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      const example = `${option} 'lr: 1e-6..1 log'`;
      throw new AttuneError("invalid-argument", `${option} is "${text}"; write name: values, such as ${example}.`);
    }
    const found = readDefinitions(value, place);
    parameters.push(...found.parameters);
    derived.push(...found.derived);
    for (const [name, at] of found.locate) locate.set(name, at);
  }
  const names = [...parameters, ...derived].map(({ name }) => name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice === undefined) return { parameters, derived, locate };
  throw new AttuneError("invalid-argument", `${option} names ${twice} twice; give it once.`);
}
