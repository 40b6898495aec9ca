import type { RunSettings } from "./run-settings.ts";

/** Settings with later ones put over them; the ways in are taken one by one. */
export function mergeSettings(settings: RunSettings, later: RunSettings): RunSettings {
  const both = { ...settings, ...later };
  const { input } = settings;
  return input === undefined || later.input === undefined ? both : { ...both, input: { ...input, ...later.input } };
}
