import type { BooleanForm } from "../trial/command-input.ts";

/** The argument that stands for a boolean: the flag, or (off) nothing, or `--no-flag` for a flag with two dashes. */
export function switchFlag(flag: string, on: boolean, form: BooleanForm = "value"): readonly string[] {
  if (on) return [flag];
  return form === "no-flag" && flag.startsWith("--") ? [`--no-${flag.slice(2)}`] : [];
}
