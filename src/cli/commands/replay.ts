import type { Command } from "commander";
import { countWords } from "../../analysis/words/count-words.ts";
import { jsonText } from "../../record/json-text.ts";
import type { DecisionReport, ReplayReport } from "../../study/index.ts";
import { type CliContext, EXIT_CODES } from "../context.ts";
import type { Output } from "../output.ts";
import { addStudyTarget } from "../settings/table.ts";
import { type StudyTargetOptions, withStudy } from "../study/study-target.ts";

/** Differences shown one by one; the rest are counted. */
const SHOWN = 20;

/** `attune replay`: makes every suggestion and every decision of a scheduler again from what was seen, and compares bit for bit. */
export function configure(command: Command, context: CliContext): void {
  addStudyTarget(command)
    .option("--json", "print one JSON object: checked, skipped, opaque, differences, otherEngine, decisions")
    .option("--quiet", "print only differences")
    .addHelpText(
      "after",
      "\nEnds with code 1 when a suggestion or a scheduler's decision differs.\n\nExample:\n  attune replay digits",
    )
    .action(async (word: string | undefined, options: StudyTargetOptions) => {
      await withStudy(context, word, options, async (study) => {
        const report = await study.replay();
        if (options.json) context.output.out(jsonText({ study: study.name, ...report }), "exact");
        else print(report, options.quiet === true, context);
        const differ = report.differences.length + (report.decisions?.differences.length ?? 0);
        if (differ > 0) context.exitWith(EXIT_CODES.negative);
      });
    });
}

function print(report: ReplayReport, quiet: boolean, { output }: CliContext): void {
  const { checked, skipped, opaque, differences, otherEngine } = report;
  for (const { trial, parameter, stored, recomputed } of differences.slice(0, SHOWN)) {
    output.out(`trial ${trial}: ${parameter} is ${shown(stored)}, recomputed ${shown(recomputed)}`);
  }
  if (differences.length > SHOWN) output.out(`and ${differences.length - SHOWN} more`);
  if (otherEngine.length > 0) {
    const engines = [...new Set(otherEngine.map(({ engine }) => engine))].join(", ");
    output.out(
      `${countWords(otherEngine.length, "suggestion")} made by another engine version (${engines}): not comparable`,
    );
  }
  const trials = new Set(differences.map(({ trial }) => trial)).size;
  const { red, green } = output.outPaint;
  if (trials > 0)
    output.out(red(`${countWords(trials, "trial")} with differing suggestions; ${checked} equal bit for bit`));
  else if (!quiet) output.out(green(`${countWords(checked, "suggestion")} recomputed, equal bit for bit`));
  if (opaque > 0 && !quiet) {
    output.out(
      `${countWords(opaque, "suggestion")} of a program that is the sampler: opaque, it alone could make them again`,
    );
  }
  if (report.decisions !== undefined) printDecisions(report.decisions, quiet, output);
  if (skipped > 0 && !quiet)
    output.out(`${countWords(skipped, "trial")} not suggested by a sampler (enqueued or imported)`);
}

function printDecisions({ checked, differences, otherEngine }: DecisionReport, quiet: boolean, output: Output): void {
  for (const { trial, stored, recomputed } of differences.slice(0, SHOWN)) {
    output.out(`trial ${trial}: the scheduler decided ${decided(stored)}, recomputed ${decided(recomputed)}`);
  }
  if (differences.length > SHOWN) output.out(`and ${differences.length - SHOWN} more`);
  if (otherEngine.length > 0) {
    output.out(`${countWords(otherEngine.length, "decision")} made by another engine version: not comparable`);
  }
  const { red, green } = output.outPaint;
  if (differences.length > 0) output.out(red(`${countWords(differences.length, "decision")} differ; ${checked} equal`));
  else if (!quiet) output.out(green(`${countWords(checked, "decision")} of the scheduler recomputed, equal`));
}

function decided({ action, trial, reason, until }: DecisionReport["differences"][number]["stored"]): string {
  const how = until === null ? "" : ` up to step ${until}`;
  return `${action} of trial ${trial}${how}${reason === "" ? "" : ` (${reason})`}`;
}

function shown(value: unknown): string {
  return value === undefined ? "missing" : JSON.stringify(value);
}
