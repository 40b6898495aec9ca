import type { AttemptReader } from "../../protocol/attempt-reader.ts";
import { closestNames } from "../../protocol/closest-names.ts";
import { lastNumberPattern } from "../../protocol/last-number-pattern.ts";
import { partName } from "../../protocol/part-name.ts";
import type { SettingWords } from "./setting-words.ts";

/** What the reader of an output knows of metrics that got no value. */
export interface Unfound {
  /** Metric-like names that were printed. */
  readonly seen: readonly string[];
  /** Metrics that stood for several parts of the data, with their names. */
  readonly ambiguous: ReadonlyMap<string, readonly string[]>;
  /** Metrics for which something was printed that is read as no number, with what and why. */
  readonly refused: ReadonlyMap<string, string>;
  /** Metrics that stood in a table of which it cannot be told where it ends. */
  readonly unclear: ReadonlySet<string>;
  /** Expressions that read a number from a line with a metric's name, by metric. */
  readonly offered: () => ReadonlyMap<string, string>;
}

/** Why metrics have no value, told of a program of which the last lines are known. */
export interface UnfoundIn extends Unfound {
  readonly tail?: string;
  readonly words: SettingWords;
}

/** What a reader says of the metrics it has no value of; the expressions are made when they are asked for. */
export function unfoundOf(reader: AttemptReader): Unfound {
  const { seen, ambiguous, refused = new Map(), unclear = new Set() } = reader;
  return { seen, ambiguous, refused, unclear, offered: () => reader.offered ?? new Map() };
}

/** Why metrics have no value though the program ended well, and what to ask for in their place. */
export function notFound(missing: readonly string[], ended: UnfoundIn): string {
  const { seen, ambiguous, refused, unclear, offered, tail = "", words } = ended;
  const regex = (name: string): string | null => {
    const source = offered().get(name);
    return source === undefined ? null : words.pattern(`${name}=${source}`);
  };
  const unread = missing.find((name) => refused.has(name));
  if (unread !== undefined) {
    const other = regex(unread) === null ? "" : ` A number of that line or one below it is read by ${regex(unread)}.`;
    return `The program ended well, but its \`${unread}\` is no number that could be used: ${refused.get(unread)}.${other}`;
  }
  const several = missing.find((name) => ambiguous.has(name));
  if (several !== undefined) {
    const names = ambiguous.get(several)!.map((part) => partName(several, part));
    const asides = names.filter((name) => name.startsWith("("));
    if (asides.length > 0) {
      const other = regex(several) ?? words.pattern(null);
      return `The program ended well, but printed \`${several}\` of several things, told apart by what stands behind the number: ${asides.join(", ")}${asides.length === 1 ? " or none" : ""}; pick one, such as by ${other}.`;
    }
    const full = names.map(quoted);
    return `The program ended well, but printed \`${several}\` of several things; ask for one of them: ${full.join(", ")}.`;
  }
  const endless = missing.find((name) => unclear.has(name));
  if (endless !== undefined) {
    const other = regex(endless) ?? words.pattern(null);
    return `The program ended well, but lines follow the table with \`${endless}\` that may be rows of it or of something else; let the program print a line such as ${endless}=0.31 at its end, or find the right line with ${other}.`;
  }
  const last = lastNumberPattern(tail.split("\n"));
  return nothingFound(missing, seen, regex(missing[0]!), last === null ? null : words.pattern(`${missing[0]}=${last}`));
}

function nothingFound(
  missing: readonly string[],
  seen: readonly string[],
  regex: string | null,
  last: string | null,
): string {
  const names = missing.map((name) => `\`${name}\``).join(", ");
  const others = closestNames(
    missing[0]!,
    seen.filter((name) => !missing.includes(name)),
  );
  const closest = others.slice(0, 12).map(quoted);
  const known = closest.length > 0 ? `names with a number seen, the closest first: ${closest.join(", ")}.` : null;
  const take = last === null ? "" : `, or take a number from a line of its output, for instance by ${last}`;
  const print = `print a line such as ${missing[0]}=0.31${take}`;
  const hint =
    regex !== null
      ? `a number on a line with that name, or in a row below it, is read by ${regex}.${known === null ? "" : ` Else ask for another: ${known}`}`
      : known !== null
        ? `${known} Ask for one of them, or ${print}.`
        : `nothing that looks like one was seen. Let the program ${print}.`;
  return `The program ended well, but there is no metric ${names} in its output; ${hint}`;
}

function quoted(name: string): string {
  return /^[^\s'"]+$/.test(name) ? name : `"${name}"`;
}
