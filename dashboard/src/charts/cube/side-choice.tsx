import type { ReactElement } from "react";
import type { CubeSides } from "../../../../src/plot/front-cube.ts";
import type { FrontFigure } from "../../../../src/plot/index.ts";

interface SideChoiceProps {
  readonly metrics: FrontFigure["metrics"];
  readonly sides: CubeSides;
  readonly onChoose: (sides: CubeSides) => void;
}

const LABELS = ["across", "into depth", "up"] as const;

/** Which three of more objectives are shown. One that is shown elsewhere already changes places. */
export function SideChoice({ metrics, sides, onChoose }: SideChoiceProps): ReactElement {
  const choose = (side: number, metric: number): void => {
    const before = sides[side]!;
    onChoose(sides.map((one, k) => (k === side ? metric : one === metric ? before : one)) as unknown as CubeSides);
  };
  return (
    <div className="tools">
      {LABELS.map((label, side) => (
        <label key={label}>
          {label}{" "}
          <select value={sides[side]} onChange={({ target }) => choose(side, Number(target.value))}>
            {metrics.map(({ name }, k) => (
              <option key={name} value={k}>
                {name}
              </option>
            ))}
          </select>
        </label>
      ))}
    </div>
  );
}
