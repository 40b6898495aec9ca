import { AttuneError } from "../errors.ts";

/**
 * Refuses names that stand for something else: columns of trials are called `values.NAME` and `params.NAME` where two have one name.
 *
 * @throws AttuneError `invalid-argument`.
 */
export function checkMetricName(name: string): void {
  if (name.trim() === "")
    throw new AttuneError("invalid-argument", "The metric's name is empty; name what is printed.");
  if (name !== "__proto__" && !/^(?:values|params)\./.test(name)) return;
  const advice = "print it under another name, or read it by an expression";
  throw new AttuneError("invalid-argument", `A metric cannot be called ${JSON.stringify(name)}; ${advice}.`);
}
