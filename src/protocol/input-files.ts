import type { CommandInput } from "../trial/command-input.ts";

/** What the name of a template ends in. */
export const TEMPLATE_ENDING = ".attune";

/** Names of the files that are written for each trial, relative to the working folder: the parameter file and the filled templates. */
export function inputFiles({ paramsFile, templates = [] }: CommandInput): readonly string[] {
  const filled = templates.map((template) => template.slice(0, -TEMPLATE_ENDING.length));
  return paramsFile === undefined ? filled : [paramsFile, ...filled];
}
