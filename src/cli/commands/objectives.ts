import type { Command } from "commander";
import { AttuneError } from "../../errors.ts";
import { nameWithUnit } from "../../objective/index.ts";
import { jsonText } from "../../record/json-text.ts";
import type { ObjectivesEdit, ObjectivesEditReport, Study } from "../../study/index.ts";
import { type CliContext, EXIT_CODES } from "../context.ts";
import { quietly } from "../output.ts";
import { addStudyTarget, collect } from "../settings/table.ts";
import { type StudyTarget, withStudy } from "../study/study-target.ts";
import { confirm } from "../terminal.ts";

const HELP = `
A metric becomes an objective of a study whose trials kept its values (--keep, or whatever a function returned), and an
objective becomes a metric that is only kept. What does not count any more is said first and asked about (without a
terminal: --yes). Without --minimize, --maximize and --drop the objectives are printed.

Examples:
  attune objectives fraud --minimize ms
  attune objectives fraud --drop falseAlarms --dry-run`;

interface ObjectivesOptions extends StudyTarget {
  readonly minimize?: readonly string[];
  readonly maximize?: readonly string[];
  readonly drop?: readonly string[];
  readonly dryRun?: boolean;
  readonly yes?: boolean;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** `attune objectives`: prints what a study tunes, and has it gain and lose objectives. */
export function configure(command: Command, context: CliContext): void {
  addStudyTarget(command)
    .option("--minimize <metric>", "an objective more, to make small; may be given again", collect)
    .option("--maximize <metric>", "an objective more, to make large; may be given again", collect)
    .option("--drop <metric>", "an objective less; its values are still kept", collect)
    .option("--dry-run", "say what would change and change nothing")
    .option("-y, --yes", "do not ask when something would be lost")
    .option("--json", "print one JSON object")
    .option("--quiet", "print only the result and errors")
    .addHelpText("after", HELP)
    .action(async (word: string | undefined, options: ObjectivesOptions) => {
      const { minimize = [], maximize = [], drop = [] } = options;
      const isEdit = minimize.length + maximize.length + drop.length > 0;
      const quiet = quietly(context, options);
      await withStudy(context, word, options, async (study) => {
        if (isEdit) await edit(study, { minimize, maximize, drop }, options, quiet);
        else print(study, options, quiet);
      });
    });
}

function print({ metrics }: Study, { dryRun, yes, json }: ObjectivesOptions, { output }: CliContext): void {
  if (dryRun === true || yes === true)
    throw new AttuneError("invalid-argument", "Say what to change: --minimize, --maximize or --drop.");
  if (json === true) output.out(jsonText({ metrics }), "exact");
  else for (const metric of metrics) output.out(`${metric.direction} ${nameWithUnit(metric)}`);
}

async function edit(
  study: Study,
  asked: ObjectivesEdit,
  options: ObjectivesOptions,
  { output, exitWith }: CliContext,
): Promise<void> {
  const planned = await study.editObjectives(asked, { dryRun: true });
  if (options.json !== true) for (const line of planLines(planned)) output.err(line);
  const same = planned.changes.length === 0;
  const asks = !options.dryRun && planned.losses.length > 0 && !options.yes;
  if (asks && !(await confirm("Change the objectives all the same? [y/N] ", "change the objectives"))) {
    output.err("Nothing was changed.");
    exitWith(EXIT_CODES.negative);
    return;
  }
  const report = options.dryRun || same ? planned : await study.editObjectives(asked, { accept: true });
  if (options.json) output.out(jsonText(report), "exact");
  else if (same) output.err(`Study ${study.name} has these objectives already.`);
  else if (!report.applied) output.err("Nothing was changed (--dry-run).");
  else output.err(`The objectives of ${study.name} are changed; its trials stay.`);
}

function planLines({ changes, losses }: ObjectivesEditReport): readonly string[] {
  if (losses.length === 0) return changes;
  return [...changes, "Not all counts any more:", ...losses.map((loss) => `  ${loss}`)];
}
