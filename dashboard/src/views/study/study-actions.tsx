import type { ReactElement } from "react";
import type { OperationOutput } from "../../../../src/server/operations/index.ts";
import { call } from "../../client/call.ts";
import { Problem } from "../../widgets/notice.tsx";
import { useAction } from "../../widgets/use-action.ts";

/** What a person may ask of the runs of a study. */
export function StudyActions({ study }: { readonly study: OperationOutput<"study"> }): ReactElement {
  const { act, busy, error } = useAction();
  const named = { study: study.name };
  return (
    <div className="actions">
      {study.paused ? (
        <button type="button" disabled={busy} onClick={() => act(async () => await call("continueStudy", named))}>
          Resume new trials
        </button>
      ) : (
        <button type="button" disabled={busy} onClick={() => act(async () => await call("pauseStudy", named))}>
          Pause new trials
        </button>
      )}
      <button type="button" disabled={busy} onClick={() => act(async () => await call("stopStudy", named))}>
        Stop runs
      </button>
      <Problem error={error} />
    </div>
  );
}
