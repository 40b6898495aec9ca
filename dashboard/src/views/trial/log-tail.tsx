import { type ReactElement, useEffect, useRef, useState } from "react";
import type { OperationOutput } from "../../../../src/server/operations/index.ts";
import { call } from "../../client/call.ts";
import { Empty, Problem } from "../../widgets/notice.tsx";
import { plainText } from "../../words/plain-text.ts";

const LOOK_MS = 1_000;
/** Characters that are kept of it. */
const MOST = 200_000;

interface LogTailProps {
  readonly study: string;
  readonly trial: OperationOutput<"trial">;
}

/** The end of what a trial printed, live as long as it runs. */
export function LogTail({ study, trial }: LogTailProps): ReactElement {
  const attempt = Math.max(0, trial.attemptList.length - 1);
  const box = useRef<HTMLPreElement>(null);
  const { text, cut, error } = useLog(study, trial.number, attempt, trial.state === "running" || trial.attempts > 0);
  useEffect(() => {
    const pre = box.current;
    // Only for who reads the end: who scrolled up is left where they are.
    if (pre !== null && text !== "" && pre.scrollHeight - pre.scrollTop - pre.clientHeight < 60)
      pre.scrollTop = pre.scrollHeight;
  }, [text]);
  return (
    <section aria-labelledby="log">
      <h3 id="log">Log</h3>
      <Problem error={error} />
      {cut ? <p>Only the newest output was kept.</p> : null}
      {text === "" ? (
        <Empty>What its program prints appears here as it runs, where it ran on this machine.</Empty>
      ) : (
        <pre className="log" ref={box} tabIndex={0} role="log" aria-label="What its program printed">
          {text}
        </pre>
      )}
    </section>
  );
}

interface Log {
  readonly text: string;
  readonly cut: boolean;
  readonly error: Error | null;
}

const NOTHING: Log = { text: "", cut: false, error: null };

function useLog(study: string, trial: number, attempt: number, enabled: boolean): Log {
  const [log, setLog] = useState(NOTHING);
  useEffect(() => {
    setLog(NOTHING);
    if (!enabled) return;
    const over = new AbortController();
    void follow({ study, trial, attempt }, over.signal, setLog);
    return () => over.abort();
  }, [study, trial, attempt, enabled]);
  return log;
}

async function follow(
  place: { readonly study: string; readonly trial: number; readonly attempt: number },
  over: AbortSignal,
  show: (change: (before: Log) => Log) => void,
): Promise<void> {
  for (let from: string | undefined; !over.aborted; ) {
    try {
      const told: OperationOutput<"log"> = await call("log", { ...place, ...(from !== undefined && { from }) }, over);
      from = told.next;
      if (told.text !== "" || told.cut)
        show(({ text }) => ({ text: (text + plainText(told.text)).slice(-MOST), cut: told.cut, error: null }));
      if (told.end && !told.running) return;
      if (!told.end) continue;
    } catch (error) {
      if (over.aborted) return;
      show((before) => ({ ...before, error: error as Error }));
    }
    await new Promise((resolve) => setTimeout(resolve, document.hidden ? LOOK_MS * 10 : LOOK_MS));
  }
}
