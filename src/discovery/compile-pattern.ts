import { RE2JS, RE2JSException } from "re2js";
import { AttuneError } from "../errors.ts";
import type { LinePattern, PatternMatch } from "../protocol/line-pattern.ts";

/**
 * The user's expression for a metric, in the syntax of RE2. The value is the group called `value`, or
 * `thousands` where commas part its thousands, else the first group; the step is the group called `step`, if there is one.
 *
 * @throws AttuneError `invalid-argument` for what RE2 does not take, or when it has no group.
 */
export function compilePattern(metric: string, source: string): LinePattern {
  const pattern = compile(source);
  const named = pattern.namedGroups();
  const value = ["value", "thousands"].find((name) => name in named) ?? 1;
  if (value === 1 && pattern.groupCount() === 0) {
    const message = `the expression ${source} has no group; put parentheses around the number: ([-+.0-9eE]+).`;
    throw new AttuneError("invalid-argument", message);
  }
  const step = "step" in named ? "step" : null;
  return {
    metric,
    matches(line) {
      const matcher = pattern.matcher(line);
      const found: PatternMatch[] = [];
      while (matcher.find()) {
        const stepText = step === null ? null : matcher.group(step);
        const [text, at, end] = [matcher.group(value), matcher.start(value), matcher.end()];
        found.push({ text, at, end, step: stepText, thousands: value === "thousands" });
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
