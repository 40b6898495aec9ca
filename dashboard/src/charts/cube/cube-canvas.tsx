import {
  type KeyboardEvent,
  type PointerEvent,
  type ReactElement,
  type RefObject,
  useEffect,
  useRef,
  useState,
} from "react";
import type { CubePoint, FrontCube } from "../../../../src/plot/front-cube.ts";
import { themeOf } from "../theme-of.ts";
import { type DrawnPoint, drawCube } from "./draw-cube.ts";
import { FIRST_TURN, type Turn, turnedBy } from "./turned-cube.ts";

interface CubeCanvasProps {
  readonly cube: FrontCube;
  readonly turn: Turn;
  readonly onTurn: (change: (turn: Turn) => Turn) => void;
  readonly picked: number | null;
  readonly onPick: (trial: number | null) => void;
  readonly theme: "light" | "dark";
  readonly height: number;
  /** What it shows, for who does not see it. */
  readonly label: string;
  readonly words: (point: CubePoint) => string;
  readonly canvas: RefObject<HTMLCanvasElement | null>;
}

/** Pixels from a point within which it is meant: by a mouse, and by a finger. */
const [NEAR, NEAR_FINGER] = [12, 22] as const;
/** Degrees a pixel of dragging, and a key. */
const [DRAGGED, STEPPED] = [0.5, 5] as const;
/** Pixels by which a pointer moves and is none that drags. */
const STILL = 4;

const KEYS: Readonly<Record<string, readonly [right: number, up: number]>> = {
  ArrowLeft: [STEPPED, 0],
  ArrowRight: [-STEPPED, 0],
  ArrowUp: [0, STEPPED],
  ArrowDown: [0, -STEPPED],
};

/** The cube, to be turned by a pointer or by keys; a point under the pointer says what it is. */
export function CubeCanvas(props: CubeCanvasProps): ReactElement {
  const { height, label, words, onTurn, canvas } = props;
  const drawn = useDrawn(props);
  const [under, setUnder] = useState<DrawnPoint | null>(null);
  const pointer = usePointer(props, drawn, setUnder);
  const turnByKey = (event: KeyboardEvent): void => {
    const by = KEYS[event.key];
    if (by === undefined && event.key !== "Home") return;
    event.preventDefault();
    onTurn((turn) => (by === undefined ? FIRST_TURN : turnedBy(turn, ...by)));
  };
  return (
    <div
      className="cube"
      style={{ height }}
      role="application"
      aria-roledescription="3-D scatter plot"
      aria-label={`${label} Arrow keys turn it, Home turns it back.`}
      tabIndex={0}
      onKeyDown={turnByKey}
    >
      <canvas ref={canvas} {...pointer} />
      {under === null ? null : (
        <p className="tip" aria-hidden="true" style={tipPlace(under, canvas.current?.clientWidth ?? 0)}>
          {words(under.point)}
        </p>
      )}
    </div>
  );
}

function tipPlace({ x, y }: DrawnPoint, width: number): Readonly<Record<string, number>> {
  return x > width / 2 ? { right: width - x + 12, top: y + 8 } : { left: x + 12, top: y + 8 };
}

/** Draws whenever something changed, and keeps where points came to lie. */
function useDrawn({ cube, turn, picked, theme, canvas }: CubeCanvasProps): RefObject<readonly DrawnPoint[]> {
  const drawn = useRef<readonly DrawnPoint[]>([]);
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const element = canvas.current;
    if (element === null) return;
    const watch = new ResizeObserver(() => setWidth(element.clientWidth));
    watch.observe(element);
    return () => watch.disconnect();
  }, [canvas]);
  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext("2d");
    if (element == null || context == null || width === 0) return;
    const draw = requestAnimationFrame(() => {
      const dense = window.devicePixelRatio;
      element.width = Math.round(width * dense);
      element.height = Math.round(element.clientHeight * dense);
      context.setTransform(dense, 0, 0, dense, 0, 0);
      drawn.current = drawCube(context, { cube, turn, picked, theme: themeOf(theme, element) });
      // For the browser's own tools, and for tests of what is drawn.
      Object.assign(element, { scene: { turn, drawn: drawn.current } });
    });
    return () => cancelAnimationFrame(draw);
  }, [cube, turn, picked, theme, width, canvas]);
  return drawn;
}

type PointerHandlers = Readonly<
  Record<
    "onPointerDown" | "onPointerMove" | "onPointerUp" | "onPointerLeave" | "onPointerCancel",
    (event: PointerEvent<HTMLCanvasElement>) => void
  >
>;

/** Dragging turns; a click or tap picks the point that is there. */
function usePointer(
  { onTurn, onPick }: CubeCanvasProps,
  drawn: RefObject<readonly DrawnPoint[]>,
  setUnder: (point: DrawnPoint | null) => void,
): PointerHandlers {
  const held = useRef<{ x: number; y: number; moved: number } | null>(null);
  const at = ({ nativeEvent: { offsetX, offsetY, pointerType } }: PointerEvent): DrawnPoint | null =>
    nearestTo(drawn.current, offsetX, offsetY, pointerType === "mouse" ? NEAR : NEAR_FINGER);
  const release = (): void => {
    held.current = null;
  };
  return {
    onPointerDown: (event) => {
      event.currentTarget.setPointerCapture(event.pointerId);
      held.current = { x: event.clientX, y: event.clientY, moved: 0 };
      setUnder(null);
    },
    onPointerMove: (event) => {
      const from = held.current;
      if (from === null) return setUnder(at(event));
      const [right, down] = [event.clientX - from.x, event.clientY - from.y];
      held.current = { x: event.clientX, y: event.clientY, moved: from.moved + Math.abs(right) + Math.abs(down) };
      if (held.current.moved > STILL) onTurn((turn) => turnedBy(turn, -DRAGGED * right, DRAGGED * down));
    },
    onPointerUp: (event) => {
      if (held.current !== null && held.current.moved <= STILL) onPick(at(event)?.point.trial ?? null);
      release();
    },
    onPointerLeave: () => setUnder(null),
    onPointerCancel: release,
  };
}

/** The nearest point within reach; of those that lie alike the one before the others. */
function nearestTo(drawn: readonly DrawnPoint[], x: number, y: number, reach: number): DrawnPoint | null {
  let [best, least]: [DrawnPoint | null, number] = [null, reach];
  for (const point of drawn) {
    const distance = Math.hypot(point.x - x, point.y - y);
    if (distance > least) continue;
    best = point;
    least = distance;
  }
  return best;
}
