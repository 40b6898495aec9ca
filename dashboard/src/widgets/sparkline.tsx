import type { ReactElement } from "react";

interface SparklineProps {
  /** From left to right. */
  readonly points: readonly (readonly [x: number, y: number])[];
  readonly end: number;
  readonly label: string;
}

const WIDTH = 96;
const HEIGHT = 24;

/** The best value so far as a small line; it falls where less is better. */
export function Sparkline({ points, end, label }: SparklineProps): ReactElement | null {
  const last = points.at(-1);
  if (last === undefined) return null;
  const values = points.map(([, value]) => value);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const right = Math.max(1, end);
  const x = (at: number): string => ((at / right) * (WIDTH - 2) + 1).toFixed(1);
  const y = (value: number): string =>
    (high === low ? HEIGHT / 2 : HEIGHT - 2 - ((value - low) / (high - low)) * (HEIGHT - 4)).toFixed(1);
  const steps = points.flatMap(([at, value], place) => {
    const before = points[place - 1];
    return before === undefined ? [`M${x(at)} ${y(value)}`] : [`H${x(at)}`, `V${y(value)}`];
  });
  return (
    <svg
      className="spark"
      width={WIDTH}
      height={HEIGHT}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={label}
    >
      <path d={`${steps.join("")}H${x(right)}`} fill="none" stroke="currentColor" strokeWidth="1.5" />
    </svg>
  );
}
