import { AttuneError } from "../errors.ts";
import { declaredParameters, LATER_RESERVED_NAMES, type Space } from "../space/index.ts";

/**
 * Refuses new parameters of names that stand for something else in commands by now; those that the study had before (`before`) stay.
 *
 * @throws AttuneError `invalid-space`.
 */
export function requireFreeNames(space: Space, before: Space | null): void {
  const had = new Set((before === null ? [] : declaredParameters(before)).map(({ name }) => name));
  const taken = declaredParameters(space).find(({ name }) => LATER_RESERVED_NAMES.includes(name) && !had.has(name));
  if (taken === undefined) return;
  throw new AttuneError(
    "invalid-space",
    `A parameter is named ${taken.name}, which is reserved: \`\${${taken.name}}\` in a command is the step that a trial is to run up to. Give it another name.`,
    { data: { name: taken.name } },
  );
}
