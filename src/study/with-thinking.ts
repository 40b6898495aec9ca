import type { ComponentChoice } from "../trial/study-definition.ts";
import { measureSpeed } from "./measure-speed.ts";
import { thinkingSeconds } from "./thinking-seconds.ts";

/**
 * A sampler whose option `think`, a time, is turned into `operations`, a count, which is what suggestions are made from: as many as
 * this machine makes in that time, to two digits. Operations that are given already stay, and so do those that the `stored`
 * sampler has for the same time, whichever machine they were measured on.
 *
 * @param speed - answers operations a second.
 * @throws AttuneError `invalid-argument` for a time that makes no sense.
 */
export function withThinking(
  choice: ComponentChoice,
  stored: ComponentChoice | null,
  speed: () => number = measureSpeed,
): ComponentChoice {
  const seconds = thinkingSeconds(choice);
  const { name, options } = choice;
  if (seconds === null || options.operations !== undefined) return choice;
  const known = stored !== null && thinkingSeconds(stored) === seconds ? stored.options : {};
  if (typeof known.operations === "number") {
    return { name, options: { ...options, think: known.think!, operations: known.operations } };
  }
  const measured = Number((seconds * speed()).toPrecision(2));
  return { name, options: { ...options, operations: Math.max(1, Math.round(measured)) } };
}
