import type { ReactElement } from "react";
import { FIRST_TURN, type Turn, turnedBy } from "./turned-cube.ts";

interface CubeToolsProps {
  readonly onTurn: (change: (turn: Turn) => Turn) => void;
  /** Steps along the front; null where there is none. */
  readonly onNext: ((by: number) => void) | null;
  readonly onSave: () => void;
}

const STEP = 15;
const TURNS = [
  { sign: "←", name: "Turn left", right: STEP, up: 0 },
  { sign: "→", name: "Turn right", right: -STEP, up: 0 },
  { sign: "↑", name: "From further above", right: 0, up: STEP },
  { sign: "↓", name: "From less far above", right: 0, up: -STEP },
] as const;

/** All that can be done with a cube, for who does not drag. */
export function CubeTools({ onTurn, onNext, onSave }: CubeToolsProps): ReactElement {
  return (
    <div className="tools" role="toolbar" aria-label="Turn the cube and step along the front">
      {TURNS.map(({ sign, name, right, up }) => (
        <button
          key={name}
          type="button"
          title={name}
          aria-label={name}
          onClick={() => onTurn((turn) => turnedBy(turn, right, up))}
        >
          {sign}
        </button>
      ))}
      <button type="button" onClick={() => onTurn(() => FIRST_TURN)}>
        Reset
      </button>
      {onNext === null ? null : (
        <>
          <button type="button" onClick={() => onNext(-1)}>
            Previous on the front
          </button>
          <button type="button" onClick={() => onNext(1)}>
            Next on the front
          </button>
        </>
      )}
      <button type="button" onClick={onSave}>
        Save as PNG
      </button>
    </div>
  );
}
