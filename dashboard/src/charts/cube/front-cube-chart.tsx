import { Link } from "@tanstack/react-router";
import { type ReactElement, useMemo, useRef, useState, useSyncExternalStore } from "react";
import { FIGURE_THEMES } from "../../../../src/plot/figure-theme.ts";
import { type CubeSides, frontCube } from "../../../../src/plot/front-cube.ts";
import type { FrontFigure } from "../../../../src/plot/index.ts";
import { saveFile } from "../../widgets/save-file.ts";
import { onTheme, shownTheme } from "../../widgets/theme.ts";
import { CubeCanvas } from "./cube-canvas.tsx";
import { CubeLegend } from "./cube-legend.tsx";
import { CubeTools } from "./cube-tools.tsx";
import { FrontTable } from "./front-table.tsx";
import { standingWords, valuesWords } from "./point-words.ts";
import { SideChoice } from "./side-choice.tsx";
import { FIRST_TURN } from "./turned-cube.ts";

interface FrontCubeChartProps {
  readonly study: string;
  readonly data: FrontFigure;
  /** What it shows, for who does not see it. */
  readonly label: string;
  readonly height: number;
}

/** The front of three or more objectives in space. */
export function FrontCubeChart({ study, data, label, height }: FrontCubeChartProps): ReactElement {
  const canvas = useRef<HTMLCanvasElement>(null);
  const theme = useSyncExternalStore(onTheme, shownTheme);
  const [turn, setTurn] = useState(FIRST_TURN);
  const [picked, pick] = useState<number | null>(null);
  const [sides, setSides] = useState<CubeSides>([0, 1, 2]);
  const cube = useMemo(() => frontCube(data, sides), [data, sides]);
  const front = cube.points.filter(({ standing }) => standing === "front");
  const shown = cube.points.find(({ trial }) => trial === picked);
  const next = (by: number): void => {
    const at = front.findIndex(({ trial }) => trial === picked);
    const start = by > 0 ? -1 : front.length;
    pick(front[((at < 0 ? start : at) + by + front.length) % front.length]?.trial ?? null);
  };
  const save = (): void =>
    canvas.current?.toBlob((picture) => {
      if (picture !== null) saveFile(`${study}-front.png`, "image/png", picture);
    });
  return (
    <>
      {data.metrics.length > 3 ? <SideChoice metrics={data.metrics} sides={sides} onChoose={setSides} /> : null}
      <CubeLegend points={cube.points} theme={FIGURE_THEMES[theme]} />
      <CubeCanvas
        {...{ cube, turn, picked, theme, height, label, canvas }}
        onTurn={setTurn}
        onPick={pick}
        words={(point) => `trial ${point.trial}, ${standingWords(point)}: ${valuesWords(point, data.metrics)}`}
      />
      <CubeTools onTurn={setTurn} onNext={front.length === 0 ? null : next} onSave={save} />
      <p className="picked" role="status">
        {shown === undefined ? (
          <span className="same">
            Drag it to turn it. Click a point, or step along the front, to see which trial it is.
          </span>
        ) : (
          <>
            <Link to="/studies/$study/trials/$trial" params={{ study, trial: String(shown.trial) }}>
              trial {shown.trial}
            </Link>
            , {standingWords(shown)}: {valuesWords(shown, data.metrics)}
          </>
        )}
      </p>
      {cube.beyond === 0 ? null : (
        <p className="count">{cube.beyond} far worse than the rest: at the ends of the axes</p>
      )}
      <FrontTable study={study} front={front} metrics={data.metrics} />
    </>
  );
}
