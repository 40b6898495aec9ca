import { AttuneError } from "../../errors.ts";
import type { StudyEvent } from "../event.ts";
import type { ImportedTrial } from "../imported-trial.ts";
import type { Definition } from "../trial.ts";
import type { Decider } from "./decision.ts";
import { checkParams, checkReport, checkText, encodeValues, findTrial } from "./guards.ts";

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

function refuse(trial: number, why: string): never {
  throw new AttuneError("invalid-argument", `Trial ${trial} to import ${why}.`, { data: { trial } });
}

/** Definitions in their order, each name once. */
function checkDefinitions(trial: number, { params, definitions = [] }: ImportedTrial): readonly Definition[] {
  const names = new Set(Object.keys(params));
  return definitions.map(({ name, domain, value, given }) => {
    if (names.has(name)) refuse(trial, `has ${name} twice; give a parameter once, in params or in definitions`);
    names.add(name);
    checkParams({ [name]: value, domain });
    if (given !== undefined) checkText(`The distribution of ${name}`, given);
    return { name, domain, value, ...(given !== undefined && { given }) };
  });
}

function checkTexts(attributes: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  for (const [key, text] of Object.entries(attributes)) checkText(`Attribute "${key}"`, text);
  return attributes;
}

function checkTime(trial: number, what: string, time: number | null): number | null {
  if (time === null || Number.isFinite(time)) return time;
  refuse(trial, `has ${time} as ${what}; give milliseconds since 1970, or null`);
}

function checkOwner(trial: number, { state, owner }: ImportedTrial): void {
  if (owner === undefined) return;
  if (state !== "running") refuse(trial, `is ${state} and has an owner; only a running trial has one`);
  if (owner.kind !== "foreign") refuse(trial, `has an owner of kind ${owner.kind}; what runs elsewhere is foreign`);
}

function imported(trial: number, given: ImportedTrial): StudyEvent {
  const { state, attributes, systemAttributes = {}, owner } = given;
  checkOwner(trial, given);
  const definitions = checkDefinitions(trial, given);
  return {
    type: "imported",
    trial,
    params: checkParams(given.params),
    ...(definitions.length > 0 && { definitions }),
    state,
    values: encodeValues(given.values),
    reports: given.reports.map((report, seq) => checkReport(trial, { ...report, seq })),
    startedAt: checkTime(trial, "start", given.startedAt),
    finishedAt: checkTime(trial, "end", given.finishedAt),
    attributes: checkTexts(attributes),
    ...(Object.keys(systemAttributes).length > 0 && { systemAttributes: checkTexts(systemAttributes) }),
    ...(owner !== undefined && { owner }),
  };
}

export const decideImport: Decider<"import"> = (tables, command) => {
  const first = tables.trials.length;
  const events = command.trials.map((trial, k) => imported(first + k, trial));
  return { events, result: { numbers: events.map((_event, k) => first + k) } };
};
