import { AttuneError } from "../../errors.ts";
import type { FidelityParameter } from "../../space/index.ts";
import type { HistoryView } from "../../trial/history-view.ts";
import type { Trial } from "../../trial/trial.ts";
import type { Members } from "./members.ts";

const WAY_OUT =
  "let the program save its state in the folder ATTUNE_CHECKPOINT_DIR before it ends and go on from the folder ATTUNE_RESUME_FROM where that is set, " +
  "or take another scheduler: asha runs such programs anew, or keeps them in memory";

/**
 * Refuses a paused trial whose program cannot be gone on from.
 *
 * @throws AttuneError `invalid-argument` where it left no checkpoint, or begins anew with one.
 */
export function requireResuming(
  view: HistoryView,
  members: Members,
  number: number,
  fidelity: FidelityParameter | null,
): void {
  const trial = view.trial(number)!;
  const attempts = trial.segments.flatMap((segment) => segment.attempts);
  const until = trial.segments.at(-1)?.until;
  if (attempts.every(({ checkpoint }) => checkpoint === null))
    throw new AttuneError(
      "invalid-argument",
      `Scheduler pbt goes on from checkpoints, and trial ${number} left none when it came to step ${until}: ${WAY_OUT}.`,
    );
  if (fidelity === null && beganAnew(view, members, trial))
    throw new AttuneError(
      "invalid-argument",
      `Scheduler pbt goes on from checkpoints, and trial ${number} began at its first step again though it was given one: ${WAY_OUT}. ` +
        "A program that did go on has to count its steps on.",
    );
}

/** So many reports in a row that go over what was told already show it; awkward programs tell some such too. */
const REPEATED = 3;

/** Whether the newest segment went over the steps of the one before, or of the trial it was made of, from the first on. */
function beganAnew(view: HistoryView, members: Members, { number, segments, branch }: Trial): boolean {
  const last = segments.at(-1)!;
  if (last.attempts.some(({ missing }) => missing !== undefined)) return false;
  const before = segments.at(-2)?.attempts ?? [];
  if (last.index === 0 ? branch === undefined : before.some(({ dropped }) => dropped !== undefined)) return false;
  const own = view.reports(number);
  const first = view.reports(members.lineage(number).at(-1)!.number);
  const begun = members.reportsBefore(number, last.index);
  if (own === undefined || first === undefined || own.length < begun + REPEATED) return false;
  const came = members.cameTo(number, last.index) ?? branch?.step ?? Number.NaN;
  for (let seq = begun; seq < begun + REPEATED; seq++) if (!(own.step(seq) <= came)) return false;
  return own.step(begun) <= first.step(0);
}
