import { type JudgedStudy, judgeStudy } from "../../analysis/index.ts";
import type { Trial } from "../../trial/trial.ts";
import { judgementSentences } from "../render/judgement-sentences.ts";

/** Ended trials from which on it is looked, and from which on only when there are twice as many as the last time. */
const FIRST = 5;
const MANY = 20;
/** A count is due at least each time that one of so many parts of the next number ended: other processes add to it. */
const PARTS = 16;

/** What is odd about a study while it runs, each kind of it told once. */
export class StudyDoubts {
  readonly #study: JudgedStudy & { trials(): readonly Trial[] };
  readonly #told = new Set<string>();
  #next = FIRST;
  /** Ends of trials until the next count: to count all trials at each end takes the square of their number. */
  #rest = 0;

  constructor(study: JudgedStudy & { trials(): readonly Trial[] }) {
    this.#study = study;
  }

  /** After a trial's end: sentences that were not told before. */
  look(): readonly string[] {
    this.#rest -= 1;
    if (this.#rest > 0) return [];
    const trials = this.#study.trials();
    const ended = trials.filter(({ state }) => state === "complete" || state === "failed").length;
    const due = ended >= this.#next;
    if (due) this.#next = ended < MANY ? ended + 1 : ended * 2;
    this.#rest = Math.min(this.#next - ended, Math.ceil(this.#next / PARTS));
    if (!due) return [];
    const { sameValue, silentScheduler, failurePatterns } = judgeStudy(trials, this.#study, null);
    return judgementSentences({
      edges: [],
      sameValue: this.#first("same-value", sameValue),
      silentScheduler: this.#first("silent-scheduler", silentScheduler),
      failurePatterns: failurePatterns.filter(
        ({ parameter }) => this.#first(`failures ${parameter}`, parameter) !== null,
      ),
    });
  }

  #first<T>(kind: string, found: T | null): T | null {
    if (found === null || this.#told.has(kind)) return null;
    this.#told.add(kind);
    return found;
  }
}
