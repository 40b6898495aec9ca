import { type JudgedStudy, judgeStudy } from "../../analysis/index.ts";
import type { Trial } from "../../trial/trial.ts";
import { judgementSentences } from "../render/judgement-sentences.ts";

/** Ended trials from which on it is looked, and from which on only when there are twice as many as the last time. */
const FIRST = 5;
const MANY = 20;

/** What is odd about a study while it runs, each kind of it told once. */
export class StudyDoubts {
  readonly #study: JudgedStudy & { trials(): readonly Trial[] };
  readonly #told = new Set<string>();
  #next = FIRST;

  constructor(study: JudgedStudy & { trials(): readonly Trial[] }) {
    this.#study = study;
  }

  /** After a trial's end: sentences that were not told before. */
  look(): readonly string[] {
    const trials = this.#study.trials();
    const ended = trials.filter(({ state }) => state === "complete" || state === "failed").length;
    if (ended < this.#next) return [];
    this.#next = ended < MANY ? ended + 1 : ended * 2;
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
