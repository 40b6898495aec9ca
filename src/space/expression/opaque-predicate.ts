import { AttuneError } from "../../errors.ts";
import type { JsonValue, Params } from "../json.ts";
import { spaceError } from "../space-error.ts";

/** A constraint written as a function; must be pure: the same answer for the same parameters. */
export type Predicate = (params: Params) => boolean;

const PATTERN = /^opaque\("([0-9a-f]{16})"\)$/;

// The log holds no functions, so that a space read back from it finds them here when this process defined them.
const predicates = new Map<string, Predicate>();

/** 64 bits over the source text (two FNV-1a hashes of different start), in hexadecimal digits. */
function hashOf(source: string): string {
  let a = 0x811c9dc5;
  let b = 0x1234567;
  for (let i = 0; i < source.length; i++) {
    a = Math.imul(a ^ source.charCodeAt(i), 0x01000193);
    b = Math.imul(b ^ source.charCodeAt(i), 0x01000193);
  }
  return [a, b].map((x) => (x >>> 0).toString(16).padStart(8, "0")).join("");
}

/** The text that stands for a predicate in a space's constraints: `opaque("<hash of its source>")`. */
function opaqueText(predicate: Predicate): string {
  const id = hashOf(predicate.toString());
  predicates.set(id, predicate);
  return `opaque("${id}")`;
}

/**
 * Constraints as a space holds them. Throws AttuneError "invalid-space" for two functions of the same source (made in a loop):
 * by their source alone one would stand for both.
 */
export function constraintTexts(where: readonly (string | Predicate)[]): readonly string[] {
  const known = new Map<string, Predicate>();
  return where.map((item) => {
    if (typeof item === "string") return item;
    const source = item.toString();
    if ((known.get(source) ?? item) !== item) {
      const advice = "write one function that checks all of it, or expressions";
      throw spaceError(`Two constraints have the same source, ${source}, and cannot be told apart by it; ${advice}.`);
    }
    known.set(source, item);
    return opaqueText(item);
  });
}

/** The source of the function that a constraint's text stands for, where this process knows it; else the text. */
export function constraintSource(text: string): string {
  return predicates.get(PATTERN.exec(text)?.[1] ?? "")?.toString() ?? text;
}

/**
 * The predicate a constraint's text stands for, or null when the text is an ordinary expression. The function returned throws
 * AttuneError "unsupported" in a process that has not defined the predicate, "user-code" when the predicate itself fails.
 */
export function opaquePredicate(text: string): ((values: Readonly<Record<string, JsonValue>>) => boolean) | null {
  const id = PATTERN.exec(text)?.[1];
  if (id === undefined) return null;
  return (values) => {
    const predicate = predicates.get(id);
    if (predicate === undefined) {
      const advice = "run the study from that program, or write the constraint as an expression";
      throw new AttuneError(
        "unsupported",
        `The constraint ${text} is a function that only the program which defined it can check; ${advice}.`,
      );
    }
    let answer: unknown;
    try {
      answer = predicate(values);
    } catch (cause) {
      throw new AttuneError("user-code", `The constraint ${predicate.toString()} failed: ${String(cause)}.`, { cause });
    }
    if (typeof answer === "boolean") return answer;
    throw new AttuneError(
      "user-code",
      `The constraint ${predicate.toString()} returned ${String(answer)}; return true or false.`,
    );
  };
}
