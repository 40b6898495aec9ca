import { noteOf } from "../../analysis/field/trial-field.ts";
import { derivedOf, trialRecord } from "../../record/trial-record.ts";
import type { PagedStudy } from "../../study/paged-study.ts";
import type { Attempt, Report, Trial } from "../../trial/trial.ts";
import type { OperationOutput } from "../operations/index.ts";

type TrialRow = OperationOutput<"trials">["trials"][number];
type WholeTrial = OperationOutput<"trial">;

/** A trial as lists tell it. */
export function trialRow(study: PagedStudy, trial: Trial): TrialRow {
  const { configuration, spaceVersion } = trial;
  return {
    ...trialRecord(trial, derivedOf(study, trial)),
    configuration,
    spaceVersion,
    note: noteOf(trial),
  } as TrialRow;
}

/** A trial with all that is known of it, but for what would let others write to it. */
export function wholeTrial(
  study: PagedStudy,
  trial: Trial,
  reports: Pick<WholeTrial, "reports" | "nextReport">,
  revision: number,
): WholeTrial {
  const { replicate, decisions = [], attributes } = trial;
  return {
    ...trialRow(study, trial),
    replicate,
    definitions: definitionsOf(trial),
    attemptList: attemptsOf(trial),
    decisions: decisions.map(({ action, reason, report, revision: at }) => ({
      ...{ action, reason, revision: at },
      ...(report !== undefined && { report }),
    })),
    attributes: { ...attributes },
    reportCount: trial.reports.length,
    ...reports,
    revision,
  };
}

/** What a program asked for while it ran, or an imported trial was given. */
export function definitionsOf({ definitions = [] }: Trial): WholeTrial["definitions"] {
  return definitions.map(({ name, domain, value }) => ({ name, domain, value }));
}

/** A page of a trial's reports, behind the one of that number. */
export function reportPage(
  all: readonly Report[],
  after: number | undefined,
  limit: number,
): Pick<WholeTrial, "reports" | "nextReport"> {
  const from = after === undefined ? 0 : after + 1;
  const reports = all.slice(from, from + limit).map(({ seq, step, values }) => ({ seq, step, values: { ...values } }));
  const more = from + limit < all.length && limit > 0;
  return { reports, nextReport: more ? from + limit - 1 : null };
}

function attemptsOf({ segments }: Trial): WholeTrial["attemptList"] {
  const found: WholeTrial["attemptList"] = [];
  for (const { index: segment, until, attempts } of segments)
    for (const attempt of attempts) found.push(attemptRecord(attempt, found.length, { segment, until }));
  return found;
}

function attemptRecord(
  attempt: Attempt,
  index: number,
  of: { readonly segment: number; readonly until: number | null },
): WholeTrial["attemptList"][number] {
  const { owner, startedAt, endedAt, outcome, message, exitCode, signal, checkpoint, seconds, cost } = attempt;
  return {
    index,
    ...of,
    owner: owner.kind,
    startedAt: new Date(startedAt).toISOString(),
    endedAt: endedAt === null ? null : new Date(endedAt).toISOString(),
    ...{ outcome, message, exitCode, signal },
    checkpoint: checkpoint !== null,
    seconds: seconds ?? null,
    cost: cost ?? null,
  };
}
