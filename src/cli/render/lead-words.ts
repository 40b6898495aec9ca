import type { Rival, Winner } from "../../analysis/index.ts";
import { formatNumber } from "../../analysis/words/format-number.ts";

/** By how much a winner is better than a rival that `than` names: `0.03 ± 0.01 better than the defaults (trial 0: 0.15)`. */
export function leadWords(rival: Rival, than: string): string {
  const place = `(trial ${rival.number}: ${formatNumber(rival.value)})`;
  if (rival.lead === 0) return `as good as ${than} ${place}`;
  const spread = rival.leadUncertainty === null ? "" : ` ± ${formatNumber(rival.leadUncertainty, 2)}`;
  const size = formatNumber(Math.abs(rival.lead), 3);
  return `${size}${spread} ${rival.lead > 0 ? "better" : "worse"} than ${than} ${place}`;
}

/** How far the lead can be trusted, as far as the runs made tell. */
export function trustWords(winner: Winner, { leadInterval, replicates }: Rival): string {
  if (leadInterval === null) {
    const runs = `${winner.replicates} ${winner.replicates === 1 ? "run" : "runs"} against ${replicates}`;
    return `${winner.replicates + replicates === 2 ? "one run each" : runs}, luck is not ruled out`;
  }
  const { low, high } = leadInterval;
  const range = `${formatNumber(low, 2)} to ${formatNumber(high, 2)} with 95 % confidence`;
  return `${low > 0 ? "more than chance" : "may be chance"}: ${range}`;
}
