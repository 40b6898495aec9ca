import type { EdgeValue } from "../../analysis/index.ts";
import { formatValue } from "./format-value.ts";

const LABEL = 9;

/** Where the winner lies at an end of a range, and the command that widens it. */
export function edgeLines(edges: readonly EdgeValue[], command: string | null): readonly string[] {
  if (edges.length === 0) return [];
  const lines = edges.map((edge, place) => `${(place === 0 ? "edge" : "").padEnd(LABEL)}${sentence(edge)}`);
  return command === null ? lines : [...lines, `  ${command}`];
}

function sentence({ parameter, value, side, bound, listed, wider }: EdgeValue): string {
  const own = `${parameter} = ${formatValue(value)}`;
  if (listed) return `${own} is the ${side === "low" ? "first" : "last"} of its values: one beyond may be better`;
  const end = `the ${side} end of its range`;
  const where = value === bound ? `at ${end}` : `near ${end}, ${formatValue(bound)}`;
  const beyond = wider === null ? "likely a natural one" : "better values may lie beyond";
  return `${own} lies ${where}: ${beyond}`;
}
