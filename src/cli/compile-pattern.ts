import { RE2JS, RE2JSException } from "re2js";
import { AttuneError } from "../errors.ts";
import type { LinePattern } from "../protocol/line-pattern.ts";
import { readNumber } from "../protocol/read-number.ts";

/**
 * The user's expression for a metric, in the syntax of RE2. The value is the group called `value`, else the first group; the step
 * is the group called `step`, if there is one.
 *
 * @throws AttuneError `invalid-argument` for what RE2 does not take, or when it has no group.
 */
export function compilePattern(metric: string, source: string): LinePattern {
  const pattern = compile(source);
  const named = pattern.namedGroups();
  const value = "value" in named ? "value" : 1;
  if (value === 1 && pattern.groupCount() === 0) {
    const message = `the expression ${source} has no group; put parentheses around the number: ([-+.0-9eE]+).`;
    throw new AttuneError("invalid-argument", message);
  }
  const step = "step" in named ? "step" : null;
  return {
    metric,
    read(line) {
      const matcher = pattern.matcher(line);
      let found: ReturnType<LinePattern["read"]> = null;
      while (matcher.find()) {
        const number = numberIn(matcher.group(value));
        if (number !== null) found = { value: number, step: stepIn(step === null ? null : matcher.group(step)) };
      }
      return found;
    },
  };
}

function compile(source: string): RE2JS {
  try {
    return RE2JS.compile(source);
  } catch (error) {
    if (!(error instanceof RE2JSException)) throw error;
    const message = `the expression ${source} is none that RE2 takes (${error.message}); it knows no lookaround and no \\1.`;
    throw new AttuneError("invalid-argument", message);
  }
}

function numberIn(text: string | null): number | null {
  return text === null ? null : (readNumber(text.trim(), 0)?.value ?? null);
}

function stepIn(text: string | null): number | null {
  return text !== null && /^\d{1,15}$/.test(text) ? Number(text) : null;
}
