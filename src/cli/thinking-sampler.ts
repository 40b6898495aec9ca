import { AttuneError } from "../errors.ts";
import { DEFAULT_SAMPLER, samplerNames, samplerThinks } from "../sampler/registry.ts";
import { thinkingSeconds } from "../study/thinking-seconds.ts";
import type { ComponentChoice } from "../trial/study-definition.ts";
import type { RunSettings } from "./settings/run-settings.ts";
import { locatedFault } from "./study-file/located-fault.ts";

/**
 * The sampler asked for, or else the one that the study has, with the time to think that is given besides; undefined when
 * nothing is said about either.
 *
 * @throws AttuneError for a time that makes no sense, or that the sampler has no use for.
 */
export function thinkingSampler(
  settings: RunSettings,
  before: ComponentChoice | undefined,
): ComponentChoice | undefined {
  const { think, thinkPosition, samplerPosition } = settings;
  const sampler = settings.sampler ?? before;
  if (think === undefined) {
    if (sampler !== undefined) locatedFault(samplerPosition, () => thinkingSeconds(sampler));
    return sampler;
  }
  return locatedFault(thinkPosition, () => {
    const { name, options } = sampler ?? { name: DEFAULT_SAMPLER, options: {} };
    if (!samplerThinks(name)) throw noUse(think, name);
    // The operations were for another time; those for the same time are kept with the study.
    const { operations: _, ...others } = options;
    const thinking = { name, options: { ...others, think } };
    thinkingSeconds(thinking);
    return thinking;
  });
}

function noUse(think: string, name: string): AttuneError {
  const able = samplerNames().filter(samplerThinks).join(" or ");
  return new AttuneError(
    "invalid-argument",
    `think is "${think}", but the ${name} sampler takes no time to speak of; leave think out, or choose the sampler ${able}.`,
    { data: { think, sampler: name } },
  );
}
