import type { Job } from "../executor.ts";
import type { QuestionEnd } from "./module-questions.ts";

/** Shared with the thread, so that a function that never yields sees them. */
export const FLAG = {
  /** 1 when the trial should end. */
  stop: 0,
  /** Reports of the job for which there was room, modulo 2^32: the thread waits while too many others are on their way. */
  taken: 1,
  /** 1 while the function is to be held back in `trial.report`. */
  hold: 2,
} as const;

/** Reports on their way from a thread at most. */
export const MOST_UNDER_WAY = 1_000;

export type ToThread =
  | {
      readonly kind: "run";
      readonly job: Job;
      readonly flags: Int32Array;
      readonly questions: QuestionEnd;
    }
  | { readonly kind: "stop" };

export type FromThread =
  | { readonly kind: "report"; readonly step: number; readonly values: Readonly<Record<string, number>> }
  /** The function is held back. */
  | { readonly kind: "held" }
  /** `told`: the function has seen, or could have seen, that it should end. */
  | { readonly kind: "returned"; readonly value: unknown; readonly told: boolean }
  | { readonly kind: "threw"; readonly text: string };
