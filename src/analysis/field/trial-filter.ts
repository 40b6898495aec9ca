import { compileText, type JsonValue } from "../../space/index.ts";
import type { Trial } from "../../trial/trial.ts";
import type { TrialField } from "./trial-field.ts";

/**
 * The trials for which an expression over their fields is true; those that lack a value it needs are none of them.
 *
 * @param subject what the expression is called in errors.
 * @throws AttuneError `invalid-space` that says what in it is wrong, and where.
 */
export function trialFilter(
  text: string,
  fields: ReadonlyMap<string, TrialField>,
  subject: string,
): (trial: Trial) => boolean {
  const variables = new Map([...fields].map(([name, { variable }]) => [name, variable]));
  const { names, evaluate } = compileText(text, { subject, variables, want: "boolean" });
  const used = [...names].map((name) => fields.get(name)!);
  return (trial) => {
    const values: Record<string, JsonValue> = {};
    for (const { name, value } of used) {
      const known = value(trial);
      if (known !== undefined) values[name] = known;
    }
    return evaluate(values) === true;
  };
}
