import type { CommandInput } from "../../trial/command-input.ts";

/** Settings with later ones put over them; the ways in are taken one by one. */
export function mergeSettings<S extends { readonly input?: CommandInput }>(settings: S, later: S): S {
  const both = { ...settings, ...later };
  const { input } = settings;
  return input === undefined || later.input === undefined ? both : { ...both, input: { ...input, ...later.input } };
}
