import type { Job } from "../executor.ts";
import type { QuestionEnd } from "./module-questions.ts";

export type ToThread =
  /** `stopFlag[0]` becomes 1 when the trial should end, so that a function that never yields sees it. */
  | {
      readonly kind: "run";
      readonly job: Job;
      readonly stopFlag: Int32Array;
      readonly questions: QuestionEnd;
    }
  | { readonly kind: "stop" };

export type FromThread =
  | { readonly kind: "report"; readonly step: number; readonly values: Readonly<Record<string, number>> }
  /** `told`: the function has seen, or could have seen, that it should end. */
  | { readonly kind: "returned"; readonly value: unknown; readonly told: boolean }
  | { readonly kind: "threw"; readonly text: string };
