import { AttuneError } from "../../errors.ts";
import { sameJson } from "../evolve/evolve.ts";
import type { TrialRecord } from "../evolve/trial-record.ts";
import type { Definition } from "../trial.ts";
import type { Decider } from "./decision.ts";
import { checkParams, fence, findTrial } from "./guards.ts";

/** True when the trial has this definition already; AttuneError `invalid-params` when it has another one of that name. */
function isKnown(record: TrialRecord, definition: Definition): boolean {
  const { name, domain, value } = definition;
  const known = record.definitions.find((other) => other.name === name);
  if (known === undefined && !Object.hasOwn(record.params, name)) return false;
  if (known !== undefined && sameJson(known.domain, domain) && sameJson(known.value, value)) return true;
  const before = known === undefined ? "is a parameter of the study's space" : `was defined as ${textOf(known)}`;
  throw new AttuneError(
    "invalid-params",
    `Trial ${record.number} defines ${name} as ${textOf(definition)}, but ${name} ${before}; a name has one definition in a trial.`,
    { data: { trial: record.number, name } },
  );
}

function textOf({ domain, value }: Definition): string {
  return `${JSON.stringify(domain)} with value ${JSON.stringify(value)}`;
}

export const decideDefine: Decider<"define"> = (tables, command) => {
  const record = findTrial(tables, command.trial);
  fence(record, command.token);
  const fresh: Definition[] = [];
  for (const definition of command.definitions) {
    if (isKnown(record, definition)) continue;
    const { name, domain, value } = definition;
    const twice = fresh.find((other) => other.name === name);
    if (twice !== undefined) {
      throw new AttuneError("invalid-argument", `A definition of ${name} is given twice; give each name once.`);
    }
    checkParams({ [name]: value });
    fresh.push({ name, domain, value });
  }
  if (fresh.length === 0) return { events: [], result: {} };
  return { events: [{ type: "defined", trial: record.number, definitions: fresh }], result: {} };
};
