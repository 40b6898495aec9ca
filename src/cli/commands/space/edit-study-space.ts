import type { Command } from "commander";
import { AttuneError } from "../../../errors.ts";
import type { LocateField } from "../../../space/definition.ts";
import { findScarcity, readDefinitions, type SpaceParts, scarcityNotice } from "../../../space/index.ts";
import type { SpaceEditReport, Study, StudySpaceEdit } from "../../../study/index.ts";
import type { CliContext } from "../../context.ts";
import { EXIT_CODES } from "../../context.ts";
import { jsonText } from "../../json-text.ts";
import { quietly } from "../../output.ts";
import { addStudyTarget, collect } from "../../settings/options.ts";
import { readPair, readWas } from "../../settings/study-settings.ts";
import { readLocatedYaml } from "../../study/read-study-file.ts";
import { isStudyFileName, type StudyTarget, withStudy } from "../../study/study-target.ts";
import { confirm } from "../../terminal.ts";
import { readSpaceFile } from "./read-space-file.ts";

interface EditOptions extends SpaceEditOptions, StudyTarget {
  readonly dryRun?: boolean;
  readonly yes?: boolean;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

const HELP = `
Trials so far keep counting. What cannot be kept is said first and asked about (without a terminal: --yes).
A study file without further options stands for the space it holds.

Examples:
  attune space edit digits --set 'lr: 1e-6..1.0 log' --set 'optimizer: adam | sgd | lion'
  attune space edit digits --add 'dropout: 0.0..0.5' --was dropout=0
  attune space edit digits --drop momentum --dry-run
  attune space edit study.yaml`;

/** `attune space edit`: changes the space of a study that has trials. */
export function configureEdit(command: Command, context: CliContext): void {
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
    .addHelpText("after", HELP)
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
