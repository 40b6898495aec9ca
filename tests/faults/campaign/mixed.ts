import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { buildCommandLine } from "./build.ts";
import { type RoundResult, runRound } from "./round.ts";

/** Faults of a round. */
const ROUND = 20;

export interface MixedCampaign {
  /** Faults in all; what earlier runs with the same seed and file have injected counts. */
  readonly faults: number;
  /** The rounds have this seed and those behind it. */
  readonly seed: number;
  /** JSON lines, one for each round. */
  readonly file: string;
  readonly kinds?: readonly string[];
}

/** Rounds of mixed faults, every second one over trials that pause, until there were enough; goes on where an earlier run ended. Answers false when a check found something. */
export async function mixedCampaign(
  { faults, seed, file, kinds }: MixedCampaign,
  tell: (line: string) => void,
): Promise<boolean> {
  mkdirSync(path.dirname(file), { recursive: true });
  const build = await buildCommandLine();
  const results: RoundResult[] = [];
  try {
    const known = new Map(earlier(file).map((result) => [result.seed, result]));
    for (let [round, injected] = [seed, 0]; injected < faults; round++) {
      const before = known.get(round);
      const result = before ?? (await oneRound(build, round, Math.min(ROUND, faults - injected), file, kinds));
      results.push(result);
      injected += result.faults.length;
      for (const { kind, text, leg } of result.problems) tell(`round ${round}, leg ${leg}: ${kind}: ${text}`);
      if (before === undefined)
        tell(`round ${round}: ${injected} of ${faults} faults, ${result.problems.length} problems`);
    }
  } finally {
    rmSync(build, { recursive: true, force: true });
  }
  for (const line of summary(results)) tell(line);
  return results.every(({ problems }) => problems.length === 0);
}

async function oneRound(
  build: string,
  seed: number,
  faults: number,
  file: string,
  kinds?: readonly string[],
): Promise<RoundResult> {
  const begun = performance.now();
  const evidence = path.join(path.dirname(file), `faults-round-${seed}`);
  const result = await runRound({
    build,
    pausing: seed % 2 === 1,
    seed,
    faults,
    evidence,
    ...(kinds !== undefined && { kinds }),
  });
  const seconds = Math.round((performance.now() - begun) / 1000);
  appendFileSync(file, `${JSON.stringify({ ...result, seconds, at: new Date().toISOString() })}\n`);
  return result;
}

function earlier(file: string): readonly RoundResult[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, "utf8").split("\n");
  return lines.filter((line) => line !== "").map((line) => JSON.parse(line) as RoundResult);
}

/** How often each kind came, what could not be had here, and what was found. */
function summary(results: readonly RoundResult[]): readonly string[] {
  const kinds = Map.groupBy(
    results.flatMap(({ faults }) => faults),
    (kind) => kind,
  );
  const counts = [...kinds].map(([kind, all]) => `${String(all.length).padStart(5)}  ${kind}`).sort();
  const skipped = Object.entries(
    Object.assign({}, ...results.map((result) => result.skipped)) as Record<string, string>,
  );
  const found = Map.groupBy(
    results.flatMap(({ problems }) => problems),
    ({ kind }) => kind,
  );
  const words = ["lost", "doubled", "left", "standstill", "code", "wrong", "budget", "replay"] as const;
  const total = results.reduce((sum, { faults }) => sum + faults.length, 0);
  return [
    ...counts,
    ...skipped.map(([kind, why]) => `skipped: ${kind} (${why})`),
    `${total} faults in ${results.length} rounds: ${words.map((kind) => `${found.get(kind)?.length ?? 0} ${kind}`).join(", ")}`,
  ];
}
