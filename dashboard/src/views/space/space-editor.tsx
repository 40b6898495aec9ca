import { type ReactElement, useEffect, useState } from "react";
import type { OperationInput, OperationOutput } from "../../../../src/server/operations/index.ts";
import { call } from "../../client/call.ts";
import { queries } from "../../client/live-queries.ts";
import { domainsOf } from "../../space/read-lines.ts";
import { Problem } from "../../widgets/notice.tsx";
import { useAction } from "../../widgets/use-action.ts";

type Report = OperationOutput<"editSpace">;
type Edit = OperationInput<"editSpace">;

/** Ms after the last key until the server is asked what would change. */
const REST_MS = 300;

/** The parameters of a study as study files have them; what a change would do is said before it is made. */
export function SpaceEditor({ study }: { readonly study: OperationOutput<"study"> }): ReactElement {
  const before = domainsOf(study.space);
  const [texts, setTexts] = useState<Readonly<Record<string, string>>>({});
  const [dropped, setDropped] = useState<readonly string[]>([]);
  const [added, setAdded] = useState({ name: "", domain: "" });
  const { act, busy, error } = useAction();
  const edit = editOf(study.name, before, { texts, dropped, added });
  const { report, problem } = useDryRun(edit);
  const apply = async (): Promise<void> => {
    if (edit === null) return;
    await call("editSpace", { ...edit, accept: true });
    await queries.invalidateQueries();
  };
  return (
    <section aria-labelledby="space">
      <h2 id="space">Space</h2>
      <p>
        The trials so far keep counting. Write values as in study files: <code>1e-5..1e-1 log</code>, <code>1..6</code>,{" "}
        <code>adam | sgd</code>.
      </p>
      <div className="parameters">
        {before.map(({ name, domain, depends }) => (
          <div key={name} className="parameter">
            <label htmlFor={`parameter-${name}`}>{name}</label>
            <input
              className="mono"
              id={`parameter-${name}`}
              value={texts[name] ?? domain}
              disabled={dropped.includes(name)}
              spellCheck={false}
              onChange={({ target }) => setTexts({ ...texts, [name]: target.value })}
            />
            <span className="under">{depends ? "conditional" : ""}</span>
            <button
              type="button"
              aria-label={dropped.includes(name) ? `Keep ${name}` : `Remove ${name}`}
              onClick={() =>
                setDropped(dropped.includes(name) ? dropped.filter((one) => one !== name) : [...dropped, name])
              }
            >
              {dropped.includes(name) ? "Keep" : "Remove"}
            </button>
          </div>
        ))}
        <div className="parameter">
          <input
            aria-label="Name of a new parameter"
            placeholder="new parameter"
            value={added.name}
            onChange={({ target }) => setAdded({ ...added, name: target.value })}
          />
          <input
            aria-label="Its values"
            placeholder="0.0..0.5"
            value={added.domain}
            onChange={({ target }) => setAdded({ ...added, domain: target.value })}
          />
        </div>
      </div>
      <Change report={report} problem={problem} />
      <button
        type="button"
        disabled={busy || report === null || report.changes.length === 0}
        onClick={() => act(apply)}
      >
        Change the space
      </button>
      <Problem error={error} />
    </section>
  );
}

interface Wanted {
  readonly texts: Readonly<Record<string, string>>;
  readonly dropped: readonly string[];
  readonly added: { readonly name: string; readonly domain: string };
}

/** What the server is asked for; null where nothing is to change. */
function editOf(study: string, before: ReturnType<typeof domainsOf>, { texts, dropped, added }: Wanted): Edit | null {
  const set = Object.fromEntries(
    before.flatMap(({ name, domain }) => {
      const text = texts[name]?.trim();
      return text === undefined || text === "" || text === domain || dropped.includes(name) ? [] : [[name, text]];
    }),
  );
  const add =
    added.name.trim() === "" || added.domain.trim() === "" ? {} : { [added.name.trim()]: added.domain.trim() };
  const parts = {
    ...(Object.keys(set).length > 0 && { set }),
    ...(Object.keys(add).length > 0 && { add }),
    ...(dropped.length > 0 && { drop: [...dropped] }),
  };
  return Object.keys(parts).length === 0 ? null : { study, ...parts };
}

interface DryRun {
  readonly report: Report | null;
  readonly problem: Error | null;
}

function useDryRun(edit: Edit | null): DryRun {
  const [found, setFound] = useState<DryRun>({ report: null, problem: null });
  const asked = JSON.stringify(edit);
  useEffect(() => {
    setFound({ report: null, problem: null });
    const wanted = JSON.parse(asked) as Edit | null;
    if (wanted === null) return;
    const over = new AbortController();
    const timer = setTimeout(() => {
      call("editSpace", { ...wanted, dryRun: true, accept: true }, over.signal)
        .then((report) => setFound({ report, problem: null }))
        .catch((problem: unknown) => {
          if (!over.signal.aborted) setFound({ report: null, problem: problem as Error });
        });
    }, REST_MS);
    return () => {
      clearTimeout(timer);
      over.abort();
    };
  }, [asked]);
  return found;
}

function Change({ report, problem }: DryRun): ReactElement {
  return (
    <div role="status">
      <Problem error={problem} />
      {report === null ? null : (
        <ul>
          {report.changes.map((change) => (
            <li key={change}>{change}</li>
          ))}
          {report.losses.map((loss) => (
            <li key={loss} className="problem">
              {loss}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
