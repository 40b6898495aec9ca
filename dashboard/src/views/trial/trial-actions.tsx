import { useNavigate } from "@tanstack/react-router";
import { type ReactElement, useState } from "react";
import type { OperationOutput } from "../../../../src/server/operations/index.ts";
import { call } from "../../client/call.ts";
import { queries } from "../../client/live-queries.ts";
import { Problem } from "../../widgets/notice.tsx";
import { useAction } from "../../widgets/use-action.ts";

interface TrialActionsProps {
  readonly study: OperationOutput<"study">;
  readonly trial: OperationOutput<"trial">;
}

/** What a person may do about a trial. */
export function TrialActions({ study, trial }: TrialActionsProps): ReactElement {
  const { act, busy, error } = useAction();
  const navigate = useNavigate();
  const [note, setNote] = useState(trial.note ?? "");
  const of = { study: study.name, trial: trial.number };
  const button = (words: string, work: () => Promise<unknown>): ReactElement => (
    <button type="button" disabled={busy} onClick={() => act(async () => fresh(await work()))}>
      {words}
    </button>
  );
  const again = async (): Promise<void> => {
    const { number } = await call("enqueue", { study: study.name, params: trial.params });
    await navigate({ to: "/studies/$study/trials/$trial", params: { study: study.name, trial: String(number) } });
  };
  return (
    <div className="actions">
      {trial.state === "running" ? button("Stop it", async () => await call("stopTrial", of)) : null}
      {button("Run it again", again)}
      {trial.invalid
        ? button("Mark it valid", async () => await call("restore", of))
        : button("Mark it invalid", async () => await call("invalidate", of))}
      <label>
        Note{" "}
        <input
          value={note}
          onChange={({ target }) => setNote(target.value)}
          placeholder="what you know of it"
          maxLength={1000}
        />
      </label>
      {note === (trial.note ?? "")
        ? null
        : button("Save the note", async () => await call("note", { ...of, text: note === "" ? null : note }))}
      <Problem error={error} />
    </div>
  );
}

/** Has what changed looked at at once. */
function fresh(_done: unknown): void {
  void queries.invalidateQueries();
}
