import { currentProcess, processState, standsStill } from "../executor/process-identity.ts";
import type { Owner } from "../trial/owner.ts";
import { listTrials } from "./list-trials.ts";
import type { StudyLog } from "./study-log.ts";

/** Ms for which a run has nothing to do before it says why. */
const FIRST_WORD_MS = 4_000;

interface Holder {
  readonly owner: Owner;
  readonly trials: number[];
  /** Paused trials whose programs it keeps in memory. */
  readonly kept: number[];
}

/** What a run says that has nothing left to begin, about the processes that have what it waits for. */
export class WaitWords {
  #since: number | null = null;
  readonly #said = new Set<string>();

  /**
   * A sentence about who is waited for, once it has been for 4 s, and again when another process is or one has come to stand still; else null.
   *
   * @param idle - whether the run has nothing to do itself.
   * @param now - ms of a clock that nobody sets.
   */
  look(log: StudyLog, idle: boolean, now: number): string | null {
    const holders = idle ? holdersOf(log) : [];
    if (holders.length === 0) {
      this.#since = null;
      return null;
    }
    this.#since ??= now;
    if (now - this.#since < FIRST_WORD_MS) return null;
    const clauses = holders.map(describe);
    const news = clauses.filter(({ key }) => !this.#said.has(key));
    for (const { key } of news) this.#said.add(key);
    return news.length === 0 ? null : `nothing is left to begin here; ${news.map(({ text }) => text).join("; ")}.`;
  }
}

/** Which other processes have trials or the next suggestion under way; trials asked for by hand are told of elsewhere. */
function holdersOf(log: StudyLog): readonly Holder[] {
  const own = JSON.stringify(currentProcess());
  const holders = new Map<string, Holder>();
  const add = (owner: Owner | null | undefined, trials: readonly number[], kept: readonly number[] = []): void => {
    if (owner?.kind !== "leased") return;
    const key = JSON.stringify(owner.process);
    if (key === own) return;
    const known = holders.get(key);
    if (known === undefined) holders.set(key, { owner, trials: [...trials], kept: [...kept] });
    else {
      known.trials.push(...trials);
      known.kept.push(...kept);
    }
  };
  for (const trial of log.state.running()) add(log.trial(trial).segments.at(-1)?.attempts.at(-1)?.owner, [trial]);
  add(log.state.reservation?.proposer, []);
  // Where nobody runs anything, one of these is due, and left to who keeps its program.
  if (holders.size === 0) for (const trial of log.state.paused()) add(log.state.frozenBy(trial), [], [trial]);
  return [...holders.values()];
}

function describe({ owner, trials, kept }: Holder): { readonly key: string; readonly text: string } {
  const what =
    trials.length === 0
      ? kept.length === 0
        ? "the next trial is suggested"
        : `${listTrials(kept)} ${kept.length === 1 ? "is" : "are"} paused in memory`
      : `${listTrials(trials)} ${trials.length === 1 ? "runs" : "run"}`;
  const identity = owner.kind === "leased" ? owner.process : null;
  if (identity === null || processState(identity) === "elsewhere")
    return { key: JSON.stringify(identity), text: `${what} on another machine, or in another container` };
  const { pid } = identity;
  const still = standsStill(identity);
  return {
    key: `${pid} ${still}`,
    text: `${what} in process ${pid}${still ? `, which stands still: kill -CONT ${pid} wakes it` : ""}`,
  };
}
