import type { AskedTrial, JsonValue, Params, ReplayReport, Study, Trial } from "../../../src/index.ts";

/** The public library, of this version or of a released one. */
export type Library = typeof import("../../../src/index.ts");

/** Trials that a study is asked for on a copy of its database, and told of. */
const MORE = 6;

/** What is kept of a study beside its database. */
export interface Told {
  readonly name: string;
  readonly settings: JsonValue;
  readonly space: JsonValue;
  readonly trials: readonly Trial[];
  readonly best: JsonValue;
  readonly heldOut: JsonValue;
  /** Parameters of the trials that were made next on a copy, with those that the program asked for. */
  readonly next: readonly Params[];
  /** Of all of them, the next ones included. */
  readonly replay: ReplayReport;
}

/** All that a study says of itself, and what it suggests next. Changes the study. */
export async function tellStudy(library: Library, file: string, name: string): Promise<Told> {
  const study: Study = await library.openStudy({ name, storage: file });
  try {
    const { winner } = study.summary();
    const told = {
      name,
      settings: study.settings,
      space: library.spaceToJson(study.space),
      trials: study.trials(),
      best: winner === null ? null : { number: winner.number, params: winner.params, values: winner.values },
      heldOut: study.heldOut,
    };
    const first = study.trials().length;
    await askAndTell(study, MORE);
    const next = study.trials().slice(first);
    const replay = await study.replay();
    // As a file would hold it.
    return JSON.parse(JSON.stringify({ ...told, next: next.map(({ params }) => params), replay })) as Told;
  } finally {
    await study.close();
  }
}

/** Three trials are always pending, every seventh fails, every eleventh has no number; the last `open` are left open. */
export async function askAndTell(study: Study, trials: number, open = 0): Promise<void> {
  const pending: AskedTrial[] = [];
  for (let n = 0; n < trials; n++) {
    const asked = await nextOf(study);
    if (asked === null) break;
    pending.push(asked);
    if (pending.length > 2) await tellAsked(study, pending.shift()!);
  }
  for (const trial of pending.slice(0, pending.length - open)) await tellAsked(study, trial);
}

/** Null where a grid is done. */
async function nextOf(study: Study): Promise<AskedTrial | null> {
  try {
    return await study.ask();
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "exhausted") return null;
    throw error;
  }
}

async function tellAsked(study: Study, trial: AskedTrial): Promise<void> {
  const asked = study.name.startsWith("asks") ? askFor(trial) : {};
  const loss = lossOf({ ...trial.params, ...asked });
  if (trial.number % 5 === 2) await trial.report(1, 2 * loss);
  const [metric = "loss"] = study.metrics.map(({ name }) => name);
  if (trial.number % 7 === 5) await study.tell(trial, { failed: true, message: "it did not go" });
  else await study.tell(trial, { [metric]: trial.number % 11 === 9 ? Number.NaN : loss });
}

/** Parameters that no space declares, some of them in some trials alone. */
export function askFor(trial: Pick<AskedTrial, "float" | "int" | "choice" | "boolean">): Params {
  const rate = trial.float("rate", 1e-4, 1, { log: true });
  const layers = trial.int("layers", 1, 3);
  const widths = Array.from({ length: layers }, (_none, i) => [`width${i}`, trial.int(`width${i}`, 4, 64)] as const);
  const kind = trial.choice("kind", ["a", "b"]);
  return { rate, layers, kind, ...Object.fromEntries(widths), ...(kind === "b" && { warm: trial.boolean("warm") }) };
}

/** From exact arithmetic alone, so that it is the same everywhere. */
function lossOf(params: Params): number {
  let sum = 0;
  for (const value of Object.values(params)) {
    const x = typeof value === "number" ? value : value === true ? 1 : String(value).length / 8;
    sum += x > 1 ? 1 / x : (x - 0.3) * (x - 0.3);
  }
  return sum;
}
