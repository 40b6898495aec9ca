import { AttuneError } from "../../errors.ts";
import { checkParams, type JsonValue, type Params, type Space } from "../../space/index.ts";

/** One part of a schedule: the parameters, and the step up to which they are run (null: to the program's own end). */
export interface SchedulePart {
  readonly until: number | null;
  readonly params: Params;
}

const FORM = 'a list of {"until": 10, "params": {…}}, steps ascending, the last until null';

/**
 * Reads the parts of a schedule as `attune export --schedule` writes them; null for none.
 *
 * @throws AttuneError `invalid-argument` for what is none, `invalid-params` for parameters that are not of the space.
 */
export function readSchedule(value: JsonValue | null, space: Space | null): readonly SchedulePart[] | null {
  if (value === null) return null;
  const refused = (): AttuneError =>
    new AttuneError(
      "invalid-argument",
      `Scheduler pbt: option schedule is ${JSON.stringify(value)}; it takes ${FORM}.`,
    );
  if (!Array.isArray(value) || value.length === 0) throw refused();
  let before = 0;
  return value.map((part: unknown, at): SchedulePart => {
    const { until, params } = (part ?? {}) as { readonly until?: unknown; readonly params?: unknown };
    const isLast = at === value.length - 1;
    const isStep = typeof until === "number" && until > before;
    if (isLast ? until !== null : !isStep) throw refused();
    if (!isParams(params)) throw refused();
    before = isLast ? before : Number(until);
    const [problem] = space === null ? [] : checkParams(space, params);
    if (problem !== undefined)
      throw new AttuneError(
        "invalid-params",
        `Scheduler pbt: part ${at + 1} of the schedule does not fit the space: ${problem}`,
      );
    return { until: isLast ? null : Number(until), params };
  });
}

function isParams(value: unknown): value is Params {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
