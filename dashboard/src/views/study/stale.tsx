import type { ReactElement } from "react";
import { formatDuration } from "../../../../src/analysis/words/format-duration.ts";
import type { OperationOutput } from "../../../../src/server/operations/index.ts";
import { partsOfRef } from "../../client/storages.ts";
import { useCall } from "../../client/use-call.ts";
import { countWords } from "../../words/count-words.ts";
import { quotedWord } from "../../words/quoted-word.ts";

type Progress = OperationOutput<"progress">;

/** Ms between two looks at what runs: a process that dies changes nothing in the log. */
const LOOK_MS = 5_000;

/** How a study goes on. */
export function useProgress(study: string, enabled = true): Progress | null {
  return useCall("progress", { study }, { every: LOOK_MS, enabled }).data ?? null;
}

/** The command that goes on with a study, as far as its newest run was to go. */
export function againWords(study: string, { location, run }: Pick<Progress, "location" | "run">): string {
  const storage = location === "attune.db" ? "" : ` --storage ${quotedWord(location)}`;
  return `attune run ${quotedWord(partsOfRef(study).study)}${storage}${run?.trials == null ? "" : ` --trials ${run.trials}`}`;
}

/** What a run left that died without a word, and the way to go on. */
export function Stale({
  study,
  progress,
}: {
  readonly study: string;
  readonly progress: Progress;
}): ReactElement | null {
  const { lost, stale, program } = progress;
  if (lost.length === 0) return null;
  const which = lost.length === 1 ? `trial ${lost[0]} does` : `${countWords(lost.length, "trial")} do`;
  return (
    <section className="stale" role="status" aria-label="Stale">
      <p>
        <strong>{stale ? "Stale: its run is gone." : "A worker is gone."}</strong> Its process ended without a word, and{" "}
        {which} not run any more. Nothing is lost: the next run tries {lost.length === 1 ? "it" : "them"} again.
      </p>
      {program ? (
        <p>
          Go on: <code>{againWords(study, progress)}</code>
        </p>
      ) : (
        <p>Go on with the program that drives the study.</p>
      )}
    </section>
  );
}

/** How far it is, in words: what runs, how fast, until when. */
export function progressWords({ run, rate, secondsLeft, running }: Progress, spent: number): string {
  const parts: string[] = [];
  if (run?.trials != null) parts.push(`${spent.toLocaleString("en-US")} of ${countWords(run.trials, "trial")}`);
  if (running > 0 && rate !== null)
    parts.push(
      rate >= 1 ? `${rate.toFixed(rate < 10 ? 1 : 0)} trials a second` : `a trial every ${formatDuration(1 / rate)}`,
    );
  if (running > 0 && secondsLeft !== null)
    parts.push(secondsLeft <= 0 ? "about to end" : `about ${formatDuration(secondsLeft)} left`);
  else if (running > 0 && run?.trials == null) parts.push("until it is stopped");
  else if (running === 0) parts.push("not running");
  return parts.join(" · ");
}
