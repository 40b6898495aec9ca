import type { Scarcity } from "./scarcity.ts";

/** Says that a space is nearly empty, and which constraint to look at. */
export function scarcityNotice({ share, constraint, alone, without }: Scarcity): string {
  const others = without === 1 ? "without it nothing would be ruled out" : `without it ${oneIn(without)} would be`;
  const [all, own] = [oneIn(share), oneIn(alone)];
  return (
    `The space is nearly empty: of the configurations in its ranges ${all} is allowed. The constraint ${JSON.stringify(constraint)} ` +
    `leaves the least: ${own} satisfies it, ${others}. Suggestions keep to what is left; if that is not meant, ` +
    "change the constraint or the ranges."
  );
}

function oneIn(share: number): string {
  if (share >= 0.1) return `${Math.round(100 * share)} %`;
  if (share < 1e-12) return "hardly any";
  const digits = String(Number((1 / share).toPrecision(2)));
  return `about 1 in ${digits.replace(/\B(?=(?:\d{3})+$)/g, ",")}`;
}
