/** Names that stand for something else where a parameter's value could be put. */
export const RESERVED_NAMES: readonly string[] = ["args", "seed", "fold", "trial"];

/** Reserved as well since, for new parameters: studies that had them before go on. */
export const LATER_RESERVED_NAMES: readonly string[] = ["until"];

/** What is wrong with a parameter's name, in a sentence, or null. */
export function parameterNameProblem(name: string): string | null {
  if (name === "") return "A parameter has an empty name; names are made of letters, digits, _ . and -.";
  if (!/^[\p{L}\p{N}_.-]+$/u.test(name)) {
    return `${JSON.stringify(name)} is no parameter name; names are made of letters, digits, _ . and -.`;
  }
  if (name === "__proto__" || RESERVED_NAMES.includes(name)) {
    return `The name ${JSON.stringify(name)} is reserved (${RESERVED_NAMES.join(", ")}); give the parameter another one.`;
  }
  return null;
}
