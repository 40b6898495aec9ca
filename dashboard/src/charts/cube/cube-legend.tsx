import type { ReactElement } from "react";
import { POINT_NAMES } from "../../../../src/plot/chart/front-point-names.ts";
import type { CubePoint } from "../../../../src/plot/front-cube.ts";
import type { FigureTheme } from "../../../../src/plot/index.ts";
import { markOf, type PointMark } from "./point-mark.ts";

const SIZE = 22;
const MIDDLE = SIZE / 2;

/** What the signs of the points mean, of those that there are. */
export function CubeLegend({
  points,
  theme,
}: {
  readonly points: readonly CubePoint[];
  readonly theme: FigureTheme;
}): ReactElement {
  const standings = (["front", "dominated", "infeasible"] as const).filter((standing) =>
    points.some((point) => point.standing === standing),
  );
  const plain = { trial: 0, values: [], at: [0, 0, 0], isKnee: false, isPreferred: false } as const;
  const signs = standings.map((standing) => ({
    name: POINT_NAMES[standing],
    mark: markOf({ ...plain, standing }, theme),
  }));
  const rings = (["isKnee", "isPreferred"] as const).filter((ring) => points.some((point) => point[ring]));
  const ringed = rings.map((ring) => ({
    name: ring === "isKnee" ? POINT_NAMES.knee : POINT_NAMES.preferred,
    mark: markOf({ ...plain, standing: "front", [ring]: true }, theme),
  }));
  return (
    <ul className="cube-legend" aria-label="What the signs mean">
      {[...signs, ...ringed].map(({ name, mark }) => (
        <li key={name}>
          <Sign mark={mark} /> {name}
        </li>
      ))}
    </ul>
  );
}

function Sign({ mark: { shape, colour, radius, rings } }: { readonly mark: PointMark }): ReactElement {
  const [low, high] = [MIDDLE - radius, MIDDLE + radius];
  return (
    <svg width={SIZE} height={SIZE} aria-hidden="true" focusable="false">
      {shape === "cross" ? (
        <path d={`M${low} ${low}L${high} ${high}M${high} ${low}L${low} ${high}`} stroke={colour} strokeWidth="1.5" />
      ) : (
        <circle cx={MIDDLE} cy={MIDDLE} r={radius} fill={colour} />
      )}
      {rings.map((ring) =>
        ring.shape === "circle" ? (
          <circle key="c" cx={MIDDLE} cy={MIDDLE} r={ring.radius} fill="none" stroke={ring.colour} strokeWidth="2" />
        ) : (
          <rect
            key="s"
            x={MIDDLE - ring.radius + 1}
            y={MIDDLE - ring.radius + 1}
            width={2 * ring.radius - 2}
            height={2 * ring.radius - 2}
            fill="none"
            stroke={ring.colour}
            strokeWidth="2"
          />
        ),
      )}
    </svg>
  );
}
