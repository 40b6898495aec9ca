import { printableCommand, readCommandTemplate, renderCommand } from "../protocol/index.ts";
import type { Params } from "../space/json.ts";
import type { Space } from "../space/space.ts";
import { trialSeed } from "../study/run-job.ts";
import type { CommandTemplate } from "../trial/study-definition.ts";
import type { Trial } from "../trial/trial.ts";

/** What a trial's command line is made from. */
export interface CommandSource {
  readonly settings: { readonly command: CommandTemplate | null };
  readonly space: Space;
  readonly seed: number;
  trial(number: number): Trial;
  programParams(number: number): Params;
}

/** Names of all that a program may be given: parameters and derived values. */
export function programNames(space: Space): readonly string[] {
  return [...space.parameters, ...(space.derived ?? [])].map(({ name }) => name);
}

/** The command line of a trial, ready to paste into a POSIX shell; null for a study without a program. */
export function commandOfTrial(study: CommandSource, number: number): string | null {
  const { command } = study.settings;
  if (command === null) return null;
  const trial = study.trial(number);
  return printableCommand(
    renderCommand(readCommandTemplate(command), {
      parameters: new Set(programNames(study.space)),
      params: study.programParams(number),
      seed: trial.replicate?.seed ?? trialSeed(study.seed, number),
      trial: number,
      fold: trial.replicate?.fold ?? null,
    }),
  );
}
