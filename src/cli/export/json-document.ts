import { spaceToJson } from "../../space/index.ts";
import type { Study } from "../../study/index.ts";
import type { Trial } from "../../trial/trial.ts";
import { printedTemplate } from "../secrets.ts";
import { trialRecord } from "../trial-record.ts";
import { derivedOf } from "../trials/derived-of.ts";
import { noteOf } from "../trials/trial-note.ts";

/** A study with trials as one JSON object: all that `trials --json` says, and reports, replicates, notes and attributes. */
export function jsonDocument(study: Study, trials: readonly Trial[]) {
  const { name, metrics, seed, settings, space } = study;
  return {
    study: name,
    metrics,
    seed,
    sampler: settings.sampler,
    space: spaceToJson(space),
    heldOut: study.heldOut.map((run) => ({ ...run, command: printedTemplate(run.command) })),
    trials: trials.map((trial) => {
      const { configuration, replicate, reports } = trial;
      return {
        ...trialRecord(trial, derivedOf(study, trial.number)),
        configuration,
        replicate,
        note: noteOf(trial),
        reports,
      };
    }),
  };
}
