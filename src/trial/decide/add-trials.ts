import type { ImportedTrial } from "../command.ts";
import type { StudyEvent } from "../event.ts";
import type { Decider } from "./decision.ts";
import { checkParams, checkReport, encodeValues, findTrial } from "./guards.ts";

export const decideEnqueue: Decider<"enqueue"> = (tables, command) => {
  const { origin, replicate } = command;
  if (replicate !== null) findTrial(tables, replicate.of);
  const trial = tables.trials.length;
  const params = checkParams(command.params);
  const offered = command.offered === undefined ? {} : { offered: checkParams(command.offered) };
  return {
    events: [{ type: "proposed", trial, params, ...offered, origin, suggestion: null, replicate }],
    result: { number: trial },
  };
};

function imported(trial: number, given: ImportedTrial): StudyEvent {
  const { state, startedAt, finishedAt, attributes } = given;
  return {
    type: "imported",
    trial,
    params: checkParams(given.params),
    state,
    values: encodeValues(given.values),
    reports: given.reports.map((report, seq) => checkReport(trial, { ...report, seq })),
    startedAt,
    finishedAt,
    attributes,
  };
}

export const decideImport: Decider<"import"> = (tables, command) => {
  const first = tables.trials.length;
  const events = command.trials.map((trial, k) => imported(first + k, trial));
  return { events, result: { numbers: events.map((_event, k) => first + k) } };
};
