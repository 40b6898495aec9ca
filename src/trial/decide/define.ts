import { AttuneError } from "../../errors.ts";
import type { JsonValue } from "../../space/json.ts";
import { canonicalJson } from "../evolve/canonical-json.ts";
import { sameJson } from "../evolve/evolve.ts";
import type { StudyTables } from "../evolve/study-tables.ts";
import type { TrialRecord } from "../evolve/trial-record.ts";
import type { Definition } from "../trial.ts";
import type { Decider } from "./decision.ts";
import { checkParams, checkText, fence, fenceForeign, findTrial } from "./guards.ts";

/** True when the trial has this definition already; AttuneError `invalid-params` when it has another one of that name. */
function isKnown(record: TrialRecord, definition: Definition): boolean {
  const { name, domain, value } = definition;
  if (!Object.hasOwn(record.params, name)) return false;
  const known = record.definitions.find((other) => other.name === name);
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

/** AttuneError `invalid-params` where the study has the name as another kind. */
function checkKind(tables: StudyTables, record: TrialRecord, definition: Definition): void {
  const { name, domain } = definition;
  const first = tables.definedNames.first(tables, name);
  if (first === undefined || kindOf(first) === kindOf(domain)) return;
  throw new AttuneError(
    "invalid-params",
    `Trial ${record.number} defines ${name} as ${textOf(definition)}, but the study has it as ${JSON.stringify(first)}; ` +
      "a name keeps its type, scale and choices, only its bounds and step may differ.",
    { data: { trial: record.number, name } },
  );
}

/** What two domains of a kind have in common. */
function kindOf(domain: JsonValue): string {
  if (domain === null || typeof domain !== "object" || Array.isArray(domain)) return canonicalJson(domain);
  return canonicalJson({ ...domain, low: null, high: null, step: null });
}

export const decideDefine: Decider<"define"> = (tables, command) => {
  const record = findTrial(tables, command.trial);
  if (command.token === null) fenceForeign(record);
  else fence(record, command.token);
  const fresh: Definition[] = [];
  for (const definition of command.definitions) {
    if (isKnown(record, definition)) continue;
    if (command.oneKind) checkKind(tables, record, definition);
    const { name, domain, value, given } = definition;
    const twice = fresh.find((other) => other.name === name);
    if (twice !== undefined) {
      throw new AttuneError("invalid-argument", `A definition of ${name} is given twice; give each name once.`);
    }
    checkParams({ [name]: value });
    if (given !== undefined) checkText(`The distribution of ${name}`, given);
    fresh.push({ name, domain, value, ...(given !== undefined && { given }) });
  }
  if (fresh.length === 0) return { events: [], result: {} };
  return { events: [{ type: "defined", trial: record.number, definitions: fresh }], result: {} };
};
