import type { ProgramOption } from "../../../discovery/program-option.ts";
import { type Suggestion, suggestParameter } from "../../../discovery/suggest-parameter.ts";
import { parseParameterText } from "../../../space/index.ts";

/** An option with what the draft does with it. */
export interface DraftItem {
  readonly option: ProgramOption;
  /** The parameter's name. */
  readonly name: string;
  readonly suggestion: Suggestion;
}

/** Decides what becomes of each option; what stands in the command already is left alone. */
export function draftItems(options: readonly ProgramOption[], program: readonly string[]): readonly DraftItem[] {
  const given = new Set(program.slice(1).map((word) => word.split("=")[0]!));
  const taken = new Set<string>();
  return options.map((option) => {
    const name = unusedName(nameOf(option.flag), taken);
    taken.add(name);
    return {
      option,
      name,
      suggestion: withCondition(
        suggestionFor(option, given, name),
        conditionOf(option, neededPartner(option, options, given)),
      ),
    };
  });
}

/** In words, what an option needs to be of use: a flag that is off, or what its help says first (`only when d = 1: …`). */
function conditionOf({ description }: ProgramOption, partner: string | null): string | null {
  if (partner !== null) return `belongs to ${partner}, which the command does not give`;
  return /^only (?:when|if|with|for|in)\b[^:;,.]*/i.exec(description)?.[0] ?? null;
}

/** What does nothing without something else, or is refused then, is for the user to take up. */
function withCondition(suggestion: Suggestion, condition: string | null): Suggestion {
  if (condition === null || suggestion.kind === "leave") return suggestion;
  return { ...suggestion, kind: "offer", reason: `${condition}; ${suggestion.reason}`, isDoubtful: true };
}

function suggestionFor(option: ProgramOption, given: ReadonlySet<string>, name: string): Suggestion {
  const spellings = option.boolean?.kind === "pair" ? [...option.flags, option.boolean.off] : option.flags;
  if (spellings.some((flag) => given.has(flag))) return { kind: "leave", reason: "you gave it in the command" };
  const suggestion = suggestParameter(option);
  // A range that the text form refuses is a fault here, not the user's.
  if (suggestion.kind !== "leave") parseParameterText(suggestion.range, name, null);
  return suggestion;
}

/** A parameter's name for a flag; `seed`, `trial`, `fold` and `args` are taken. */
function nameOf(flag: string): string {
  const name = (flag.replace(/^-+|#$/g, "") || "level").replace(/[^\p{L}\p{N}_.-]/gu, "_");
  return /^(?:args|seed|fold|trial)$/.test(name) ? `${name}_` : name;
}

function unusedName(name: string, taken: ReadonlySet<string>): string {
  let free = name;
  while (taken.has(free)) free = `${free}_`;
  return free;
}

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
