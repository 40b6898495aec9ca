import type { HeldOutStanding } from "../../analysis/index.ts";
import { formatNumber } from "./format-number.ts";
import { roleWords } from "./role-words.ts";

/** What held-out data say of the winner and its rivals, in a line; none while nothing was run on such data. */
export function heldOutStandingLines(standing: HeldOutStanding | null): readonly string[] {
  if (standing === null) return [];
  const [own, ...others] = standing.values;
  if (own === undefined) return ["held out not known of this winner; attune confirm --holdout runs it too"];
  const rest = others.map(({ role, value }) => `, ${roleWords(role)} ${formatNumber(value)}`).join("");
  return [`held out ${standing.metric} ${formatNumber(own.value)}${rest}  one run each`];
}
