import type { ReactElement } from "react";
import { formatNumber } from "../../../../src/analysis/words/format-number.ts";
import type { OperationOutput } from "../../../../src/server/operations/index.ts";
import { useCall } from "../../client/use-call.ts";
import { Problem } from "../../widgets/notice.tsx";

interface WhyProps {
  readonly study: OperationOutput<"study">;
  readonly trial: OperationOutput<"trial">;
}

/** Why a trial was chosen, in words and numbers, and what was decided about it. */
export function Why({ study, trial }: WhyProps): ReactElement {
  const { data, error } = useCall("why", { study: study.name, trial: trial.number });
  return (
    <section aria-labelledby="why">
      <h3 id="why">Why this trial</h3>
      <Problem error={error} />
      {data === undefined ? (
        <p>Recomputing what its sampler saw…</p>
      ) : (
        <>
          {data.sentences.map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
          <WhyNumbers told={data} />
        </>
      )}
    </section>
  );
}

function WhyNumbers({ told }: { readonly told: OperationOutput<"why"> }): ReactElement | null {
  const { why } = told;
  if (why === null || why.predicted === null) return null;
  const { mean, low, high } = why.predicted;
  return (
    <dl className="facts">
      <Fact name="Expected">{`${formatNumber(mean, 4)} (${formatNumber(low, 4)} to ${formatNumber(high, 4)})`}</Fact>
      {why.incumbent === null ? null : <Fact name="Best expected of others">{formatNumber(why.incumbent, 4)}</Fact>}
      {why.acquisition === null ? null : <Fact name="Acquisition">{formatNumber(why.acquisition, 4)}</Fact>}
      <Fact name="Results known then">{String(why.trials)}</Fact>
      {why.pending === 0 ? null : <Fact name="Running then">{String(why.pending)}</Fact>}
    </dl>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: string }): ReactElement {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
