import { AttuneError } from "../../errors.ts";
import { editSpace } from "../../space/edit-space.ts";
import { spelledName } from "../../space/expression/spelled-name.ts";
import type { Space } from "../../space/space.ts";
import type { FailurePattern } from "./failure-pattern.ts";
import type { HealthEdit, HealthFinding, HealthRemedy } from "./health-finding.ts";
import type { IdleWorkers } from "./idle-workers.ts";

interface Judged {
  readonly space: Space;
  readonly metrics: readonly unknown[];
}

type Found = Pick<HealthFinding, "kind" | "data">;

/** Fresh runs that tell a lead from luck as a rule, and those that noise asks for. */
const FRESH_RUNS = 5;
const MANY_FRESH_RUNS = 10;

/** What can be done about a finding; null where nothing is known. */
export function findingRemedy(found: Found, study: Judged): HealthRemedy | null {
  const { kind, data } = found as HealthFinding;
  switch (kind) {
    case "same-value":
      return { says: "look at what the program printed", does: "look-at-log", trial: data.last };
    case "silent-scheduler":
      return { says: "leave the scheduler out", does: "change-scheduler", scheduler: "none" };
    case "failures":
      // Else more would be lost than gained.
      return data.successesWith > data.failures
        ? null
        : editRemedy("try no such configuration", { where: [avoiding(data, study.space)] }, study);
    case "noise":
      return confirmRemedy("run the best and its rivals again, often", MANY_FRESH_RUNS, study);
    case "idle-workers":
      return fewerWorkers(data);
    case "edge":
      return data.wider === null
        ? null
        : editRemedy("widen it", { set: { parameters: [data.wider], derived: [] } }, study);
    case "duplicates":
    case "plateau":
      return confirmRemedy("end it, and see whether the best is more than luck", FRESH_RUNS, study);
  }
}

/** By one objective alone. */
function confirmRemedy(says: string, replicates: number, { metrics }: Judged): HealthRemedy | null {
  return metrics.length > 1 ? null : { says, does: "confirm", replicates };
}

function fewerWorkers({ workers, busy }: IdleWorkers): HealthRemedy | null {
  if (workers === 1) return null;
  return { says: "as many as have something to do", does: "change-workers", workers: Math.ceil(workers * busy) };
}

/** Null where the space does not take the change. */
function editRemedy(says: string, edit: HealthEdit, { space }: Judged): HealthRemedy | null {
  try {
    editSpace(space, edit);
  } catch (error) {
    if (error instanceof AttuneError) return null;
    throw error;
  }
  return { says, does: "edit-space", edit };
}

/** The constraint that keeps out where trials fail. */
function avoiding(pattern: FailurePattern, space: Space): string {
  if (pattern.and === undefined) return unlike(pattern, space);
  return `${unlike(pattern, space)} or ${unlike(pattern.and, space)}`;
}

function unlike(
  { parameter, relation, value }: Pick<FailurePattern, "parameter" | "relation" | "value">,
  { parameters }: Space,
): string {
  const name = spelledName(parameter);
  const own = parameters.find((one) => one.name === parameter);
  if (relation === "equal") return `${name} != ${JSON.stringify(value)}`;
  if (own?.type !== "ordinal") return `${name} ${relation === "at-least" ? "<" : ">"} ${JSON.stringify(value)}`;
  const place = own.values.indexOf(value);
  const good = relation === "at-least" ? own.values.slice(0, place) : own.values.slice(place + 1);
  return `${name} in ${JSON.stringify(good)}`;
}
