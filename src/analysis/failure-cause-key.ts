import type { Trial } from "../trial/trial.ts";

/** Equal for failures of one cause: outcome, first and last line of the message, numbers aside. */
export function failureCauseKey({ outcome, message }: Trial): string {
  const lines = message === null ? [] : message.trimEnd().split("\n");
  const cause = [lines[0], lines.at(-1)].join("\n");
  return `${outcome ?? "error"}\n${cause.replace(/0x[0-9a-f]+|\d+(\.\d+)?(e[-+]?\d+)?/gi, "#")}`;
}
