import { markdownTable } from "../../quality/report/markdown-table.ts";
import { type Estimate, FEWEST_SEEDS, type MethodScore, SHARES } from "./score-methods.ts";

/** How much worse than full runs the regret at the whole budget may be. */
const MARGIN = 0.01;
/** Share of the budget with which what full runs reach with all of it is to be reached. */
const HALF = 0.5;
/** Mean regret wanted at 10, 25 and 50 % of the budget, by suite. */
const WANTED: Readonly<Record<string, readonly number[]>> = { "yahpo-fresh": [0.5, 0.33, 0.22] };

interface Claim {
  readonly what: string;
  readonly measured: string;
  readonly wanted: string;
  readonly verdict: "reached" | "not shown" | "MISSED";
}

/** What is wanted of a method beside all others, and whether it is so. */
export function claims(suite: string, scores: readonly MethodScore[], subject: string): readonly Claim[] {
  const own = scores.find(({ method }) => method === subject)!;
  return [
    ...SHARES.map((_, s) => first(scores, own, s, "regret")),
    ...SHARES.map((_, s) => first(scores, own, s, "rank")),
    ...(WANTED[suite] ?? []).map((most, s) => atMost(own, `mean regret at ${100 * SHARES[s]!} %`, own.cells[s]!, most)),
    ...(own.above === null ? [] : [atMost(own, "regret at 100 % above that of full runs", own.above, MARGIN)]),
    ...(own.cost === null
      ? []
      : [atMost(own, "budget with which it is as good as full runs with all of it", own.cost, HALF)]),
  ];
}

export function claimsTable(list: readonly Claim[]): string {
  const rows = list.map(({ what, measured, wanted, verdict }) => [
    what,
    measured,
    wanted,
    verdict === "MISSED" ? "**missed**" : verdict,
  ]);
  return markdownTable([["what", "measured", "wanted", ""], ...rows]);
}

function first(scores: readonly MethodScore[], own: MethodScore, s: number, by: "regret" | "rank"): Claim {
  const of = ({ cells }: MethodScore) => (by === "rank" ? cells[s]!.rank : cells[s]!.value);
  const others = scores.filter((score) => score !== own).toSorted((a, b) => of(a) - of(b));
  const next = others[0];
  const what = `mean ${by} at ${100 * SHARES[s]!} %, among ${scores.length}`;
  const measured = `${of(own).toFixed(3)}${next === undefined ? "" : `; ${next.method} ${of(next).toFixed(3)}`}`;
  return { what, measured, wanted: "first", verdict: next === undefined || of(own) < of(next) ? "reached" : "MISSED" };
}

/** Of a value whose interval goes further than is wanted it is not shown. */
function atMost({ seeds }: MethodScore, what: string, { value, low, high }: Estimate, most: number): Claim {
  const few = seeds < FEWEST_SEEDS;
  const measured = few ? `${words(value)}, seeds: ${seeds}` : `${words(value)} [${words(low)}, ${words(high)}]`;
  const verdict = value > most ? "MISSED" : few || high > most ? "not shown" : "reached";
  return { what, measured, wanted: `at most ${most}`, verdict };
}

const words = (value: number) => (Number.isFinite(value) ? value.toFixed(3) : "never");
