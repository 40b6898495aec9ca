import { AttuneError } from "../errors.ts";
import { samplerThinks } from "../sampler/registry.ts";
import type { ComponentChoice } from "../trial/study-definition.ts";
import { parseDuration } from "./duration.ts";

const LEAST = 0.001;
const MOST = 60;

/**
 * Seconds that a suggestion may take by the sampler's option `think` (`50ms`, `1s`); null where that is not given, or is not an option.
 *
 * @throws AttuneError `invalid-argument` for a time that makes no sense.
 */
export function thinkingSeconds({ name, options: { think } }: ComponentChoice): number | null {
  if (typeof think !== "string" || !samplerThinks(name)) return null;
  const seconds = /[a-z]/.test(think) ? parseDuration(think) : null;
  if (seconds !== null && seconds >= LEAST && seconds <= MOST) return seconds;
  throw new AttuneError(
    "invalid-argument",
    `think is "${think}"; give the time that a suggestion may take, with its unit, from 1ms to 60s: 10ms, 50ms, 1s.`,
    { data: { think } },
  );
}
