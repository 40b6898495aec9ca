import type { ProgramOption } from "../program-option.ts";

/** `for --wblosum: …`, `(w/ --singlemx)`, `only with --merge`, `requires --fast`, `if --cut is given`. */
const MENTION =
  /(?:^|[\s(])(?:for|with|w\/|requires?|needs?|controlling|if|when|in|by|of)\s+(?:option\s+)?["'`]?(--?[A-Za-z][\w-]*)/gi;
/** How a help text marks the one of several flags that is in force without any. */
const IN_FORCE = /[[(]\s*default\s*[\])]/i;

/**
 * The flag without which an option does nothing, or is refused: one that its description names (`for --wblosum: identity`), that is
 * off, and that the command does not give. Null when it stands for itself.
 */
export function neededPartner(
  option: ProgramOption,
  options: readonly ProgramOption[],
  given: ReadonlySet<string>,
): string | null {
  const partners = Array.from(option.description.matchAll(MENTION), ([, flag]) =>
    options.find(({ flags }) => flags.includes(flag!)),
  ).filter((partner) => partner !== undefined && partner !== option);
  // With one of them given or in force it has what it needs.
  if (partners.length === 0 || partners.some((partner) => isOn(partner!, given))) return null;
  return partners[0]!.flag;
}

function isOn({ kind, default: value, flags, description }: ProgramOption, given: ReadonlySet<string>): boolean {
  return kind !== "boolean" || value === true || IN_FORCE.test(description) || flags.some((flag) => given.has(flag));
}
