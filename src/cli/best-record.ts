import type { EdgeValue, HeldOutStanding, Rival, StudyReport } from "../analysis/index.ts";
import { formatDomainText } from "../space/index.ts";
import type { Params } from "../space/json.ts";
import type { Values } from "../trial/trial.ts";
import { type CommandSource, printedCommandOf } from "./winning-command.ts";

/** A value of the winner at an end of its range, with a wider range in the text form; null where none is known. */
type EdgeRecord = Omit<EdgeValue, "wider"> & { readonly wider: string | null };

/** What `best --json` prints. */
export interface BestRecord {
  readonly number: number;
  readonly params: Params;
  /** Of the tuned metric first, then of those that were kept. */
  readonly values: Values;
  readonly replicates: number;
  /** Standard error of the objective; null at one replicate. */
  readonly uncertainty: number | null;
  /** True when these were run again on seeds of their own, two or more. */
  readonly confirmed: boolean;
  /** What the objective of another run is expected to be. */
  readonly expected: number;
  /** One with a better mean of too few runs to be believed, worth confirming; null where there is none. */
  readonly candidate: Rival | null;
  /** By the newest run on held-out data; null where there is none of this configuration. */
  readonly heldOut: { readonly metric: string; readonly value: number; readonly run: number } | null;
  readonly edges: readonly EdgeRecord[];
  /** Without the secrets it holds. */
  readonly command: string | null;
}

/** The winner as a record, or null while there is none. */
export function bestRecord(
  report: StudyReport,
  edges: readonly EdgeValue[],
  standing: HeldOutStanding | null,
  study: CommandSource,
): BestRecord | null {
  const { winner } = report;
  if (winner === null) return null;
  const { runnerUp: _, default: __, ...best } = winner;
  const ends = edges.map((edge) => ({ ...edge, wider: edge.wider === null ? null : formatDomainText(edge.wider) }));
  const [own] = standing?.values ?? [];
  const heldOut = own === undefined ? null : { metric: standing!.metric, value: own.value, run: own.run };
  return { ...best, heldOut, edges: ends, command: printedCommandOf(study, best.number) };
}
