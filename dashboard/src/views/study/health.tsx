import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import type { RemedyRecord } from "../../../../src/record/health-record.ts";
import type { OperationOutput } from "../../../../src/server/operations/index.ts";
import { call } from "../../client/call.ts";
import { queries } from "../../client/live-queries.ts";
import { useCall } from "../../client/use-call.ts";
import { Problem } from "../../widgets/notice.tsx";
import { useAction } from "../../widgets/use-action.ts";
import { Sentence } from "../../words/sentence.tsx";

type Finding = OperationOutput<"health">["findings"][number];

/** What is odd about a study, what matters most first, with what mends it one click away. */
export function Health({ study }: { readonly study: string }): ReactElement | null {
  const { data, error } = useCall("health", { study });
  if (data === undefined) return <Problem error={error} />;
  return (
    <section aria-labelledby="health">
      <h2 id="health">Health</h2>
      {data.findings.length === 0 ? (
        <p className="under">Nothing is odd about this study.</p>
      ) : (
        <ul className="causes">
          {data.findings.map((finding) => (
            <li key={finding.sentence} data-severity={finding.severity}>
              <Sentence text={finding.sentence} />{" "}
              <Remedy study={study} remedy={finding.remedy as Finding["remedy"] & (RemedyRecord | null)} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

interface RemedyProps {
  readonly study: string;
  readonly remedy: RemedyRecord | null;
}

function Remedy({ study, remedy }: RemedyProps): ReactElement | null {
  const { act, busy, error } = useAction();
  if (remedy === null) return null;
  if (remedy.does === "look-at-log")
    return (
      <Link to="/studies/$study/trials/$trial" params={{ study, trial: String(remedy.trial) }}>
        {capital(remedy.says)}
      </Link>
    );
  const work = workOf(study, remedy);
  if (work === null) return <span>{capital(remedy.says)}.</span>;
  return (
    <>
      <button type="button" disabled={busy} onClick={() => act(work)}>
        {capital(remedy.says)}
        {remedy.does === "edit-space" && remedy.edit.set !== undefined ? `: ${domainsOf(remedy.edit.set)}` : ""}
      </button>
      <Problem error={error} />
    </>
  );
}

/** What the server can be asked for; null for what only the next run can be told. */
function workOf(study: string, remedy: RemedyRecord): (() => Promise<void>) | null {
  const done = async (work: Promise<unknown>): Promise<void> => {
    await work;
    await queries.invalidateQueries();
  };
  if (remedy.does === "edit-space") {
    const { set, where } = remedy.edit;
    const edit = { ...(set !== undefined && { set }), ...(where !== undefined && { where: [...where] }) };
    return async () => await done(call("editSpace", { study, ...edit }));
  }
  if (remedy.does === "confirm") {
    const { replicates } = remedy;
    return async () => await done(call("confirm", { study, replicates }));
  }
  return null;
}

function domainsOf(set: Readonly<Record<string, string>>): string {
  return Object.entries(set)
    .map(([name, domain]) => `${name}: ${domain}`)
    .join(", ");
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
