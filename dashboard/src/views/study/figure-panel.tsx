import { Link } from "@tanstack/react-router";
import { lazy, type ReactElement, Suspense, useState } from "react";
import type { FigureName, FrontFigure } from "../../../../src/plot/index.ts";
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
const FrontCubeChart = lazy(async () => ({
  default: (await import("../../charts/cube/front-cube-chart.tsx")).FrontCubeChart,
}));

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
  /** Whether it is seen in space, where it can be, and what changes that; left out, the panel keeps it itself. */
  readonly space?: { readonly isShown: boolean; readonly onShow: (isShown: boolean) => void };
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
  space: given,
}: FigurePanelProps): ReactElement {
  const [box, isSeen] = useSeen<HTMLElement>();
  const name = kind.name as FigureName;
  const [own, setOwn] = useState<string | undefined>();
  const [isShown, onShow] = useState(false);
  const space = given ?? { isShown, onShow };
  const metric = choice.metric ?? own;
  const asked = { study, figure: name, points: POINTS, ...(metric !== undefined && { metric }) };
  const input = { ...asked, ...(choice.parameters !== undefined && { parameters: choice.parameters }) };
  const { data, error } = useCall("figure", input, { enabled: isSeen });
  const id = `figure-${name}`;
  const front = spaceOf(name, data);
  const isInSpace = space.isShown && front !== null;
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
      {front === null ? null : <SpaceChoice {...space} />}
      <Problem error={error} />
      {data === undefined ? (
        <div style={{ height }} />
      ) : (
        <Shown study={study} data={data} name={name} height={height} front={isInSpace ? front : null} />
      )}
      <div className="figure-foot">
        <details>
          <summary>How to read it</summary>
          <p>{kind.help}</p>
        </details>
        {data === undefined || data.empty || isInSpace ? null : <SaveButton input={input} />}
      </div>
    </section>
  );
}

/** A front that can be seen in space: of three objectives or more. */
function spaceOf(name: FigureName, told: OperationOutput<"figure"> | undefined): FrontFigure | null {
  if (name !== "front" || told === undefined || told.empty) return null;
  const front = told.data as unknown as FrontFigure;
  return front.metrics.length > 2 ? front : null;
}

function SpaceChoice({ isShown, onShow }: NonNullable<FigurePanelProps["space"]>): ReactElement {
  return (
    <div className="tools">
      <button type="button" aria-pressed={!isShown} onClick={() => onShow(false)}>
        2-D
      </button>
      <button type="button" aria-pressed={isShown} onClick={() => onShow(true)}>
        3-D
      </button>
    </div>
  );
}

interface ShownProps {
  readonly study: string;
  readonly data: OperationOutput<"figure">;
  readonly name: FigureName;
  readonly height: number;
  /** Where it is to be seen in space: its data. */
  readonly front: FrontFigure | null;
}

function Shown({ study, data, name, height, front }: ShownProps): ReactElement {
  if (data.empty)
    return (
      <Empty>
        <Sentence text={data.sentence} />
      </Empty>
    );
  const label = `${data.title}: ${plainSentence(data.sentence)}`;
  return (
    <>
      <p className="sentence">
        <Sentence text={data.sentence} />
      </p>
      <Suspense fallback={<div style={{ height }} />}>
        {front === null ? (
          <FigureChart name={name} data={data.data} label={label} height={height} />
        ) : (
          <FrontCubeChart study={study} data={front} label={label} height={height} />
        )}
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
      Objective{" "}
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
