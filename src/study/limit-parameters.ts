import { AttuneError } from "../errors.ts";
import { compileLimits } from "../objective/index.ts";
import type { Space } from "../space/index.ts";

/**
 * Refuses a space without a parameter that a limit looks at: the limit would say nothing of the trials to come.
 *
 * @throws AttuneError `study-changed` that names both.
 */
export function requireLimitParameters(limits: readonly string[] | undefined, { parameters }: Space): void {
  for (const { text, parameters: named } of compileLimits(limits)) {
    const missing = named.find((name) => parameters.every((parameter) => parameter.name !== name));
    if (missing === undefined) continue;
    const message = `The limit ${JSON.stringify(text)} looks at ${missing}, which the new space does not have; change the limits first.`;
    throw new AttuneError("study-changed", message, { data: { limit: text, parameter: missing } });
  }
}
