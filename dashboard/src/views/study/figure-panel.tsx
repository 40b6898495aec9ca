import { Link } from "@tanstack/react-router";
import { lazy, type ReactElement, Suspense, useState } from "react";
import type { FigureName } from "../../../../src/plot/index.ts";
import type { OperationOutput } from "../../../../src/server/operations/index.ts";
import { call } from "../../client/call.ts";
import { partsOfRef } from "../../client/storages.ts";
import { useCall } from "../../client/use-call.ts";
import { Empty, Problem } from "../../widgets/notice.tsx";
import { saveFile } from "../../widgets/save-file.ts";
import { useAction } from "../../widgets/use-action.ts";
import { useSeen } from "../../widgets/use-seen.ts";
import { plainSentence, Sentence } from "../../words/sentence.tsx";

const FigureChart = lazy(async () => ({ default: (await import("../../charts/figure-chart.tsx")).FigureChart }));

/** What is known of a kind of figure. */
export type FigureKind = OperationOutput<"figures">["figures"][number];

/** Which of its figures is wanted. */
export interface FigureChoice {
  readonly metric?: string;
  readonly parameters?: string[];
}

interface FigurePanelProps {
  readonly study: string;
  readonly kind: FigureKind;
  readonly choice?: FigureChoice;
  readonly height?: number;
  /** Whether it stands on a page of its own. */
  readonly alone?: boolean;
}

const HEIGHT = 340;
/** Points beyond those that a screen can tell apart are not asked for. */
export const POINTS = 4_000;

/** A figure of a study with its sentence, its help, and, while there is nothing to draw, what will appear and when. */
export function FigurePanel({
  study,
  kind,
  choice = {},
  height = HEIGHT,
  alone = false,
}: FigurePanelProps): ReactElement {
  const [box, isSeen] = useSeen<HTMLElement>();
  const name = kind.name as FigureName;
  const [own, setOwn] = useState<string | undefined>();
  const metric = choice.metric ?? own;
  const asked = { study, figure: name, points: POINTS, ...(metric !== undefined && { metric }) };
  const input = { ...asked, ...(choice.parameters !== undefined && { parameters: choice.parameters }) };
  const { data, error } = useCall("figure", input, { enabled: isSeen });
  const id = `figure-${name}`;
  return (
    <section className="figure" ref={box} aria-labelledby={id} data-figure={name}>
      <h2 id={id} className="figure-title">
        {alone ? (
          kind.title
        ) : (
          <Link to="/studies/$study/figures/$figure" params={{ study, figure: name }}>
            {kind.title}
          </Link>
        )}
      </h2>
      {kind.metrics.length > 1 && choice.metric === undefined ? (
        <MetricChoice metrics={kind.metrics} metric={metric ?? kind.metrics[0]!} onChoose={setOwn} />
      ) : null}
      <Problem error={error} />
      {data === undefined ? <div style={{ height }} /> : <Shown data={data} name={name} height={height} />}
      <div className="figure-foot">
        <details>
          <summary>How to read it</summary>
          <p>{kind.help}</p>
        </details>
        {data === undefined || data.empty ? null : <SaveButton input={input} />}
      </div>
    </section>
  );
}

interface ShownProps {
  readonly data: OperationOutput<"figure">;
  readonly name: FigureName;
  readonly height: number;
}

function Shown({ data, name, height }: ShownProps): ReactElement {
  if (data.empty)
    return (
      <Empty>
        <Sentence text={data.sentence} />
      </Empty>
    );
  return (
    <>
      <p className="sentence">
        <Sentence text={data.sentence} />
      </p>
      <Suspense fallback={<div style={{ height }} />}>
        <FigureChart
          name={name}
          data={data.data}
          label={`${data.title}: ${plainSentence(data.sentence)}`}
          height={height}
        />
      </Suspense>
    </>
  );
}

interface MetricChoiceProps {
  readonly metrics: readonly string[];
  readonly metric: string;
  readonly onChoose: (metric: string) => void;
}

function MetricChoice({ metrics, metric, onChoose }: MetricChoiceProps): ReactElement {
  return (
    <label>
      of{" "}
      <select value={metric} onChange={({ target }) => onChoose(target.value)}>
        {metrics.map((one) => (
          <option key={one}>{one}</option>
        ))}
      </select>
    </label>
  );
}

function SaveButton({ input }: { readonly input: Parameters<typeof call<"figureSvg">>[1] }): ReactElement {
  const { act, busy, error } = useAction();
  const save = async (): Promise<void> => {
    const { svg } = await call("figureSvg", input);
    saveFile(`${partsOfRef(input.study).study}-${input.figure}.svg`, "image/svg+xml", svg);
  };
  return (
    <>
      <button type="button" disabled={busy} onClick={() => act(save)}>
        Save as SVG
      </button>
      <Problem error={error} />
    </>
  );
}
