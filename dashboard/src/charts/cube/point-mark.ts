import type { CubePoint } from "../../../../src/plot/front-cube.ts";
import type { FigureTheme } from "../../../../src/plot/index.ts";

/** How a point is drawn: told apart by its shape, and by its colour. */
export interface PointMark {
  readonly shape: "disc" | "dot" | "cross";
  readonly colour: string;
  readonly radius: number;
  /** About it: a circle about the knee, a square about what is preferred. */
  readonly rings: readonly { readonly shape: "circle" | "square"; readonly colour: string; readonly radius: number }[];
}

/** Where a mark is drawn, and how near it is to the one who looks. */
interface MarkPlace {
  readonly x: number;
  readonly y: number;
  readonly near: number;
}

/** The mark of a configuration. */
export function markOf({ standing, isKnee, isPreferred }: CubePoint, theme: FigureTheme): PointMark {
  const [blue, orange, green, red] = theme.colours;
  const rings: PointMark["rings"] = [
    ...(isKnee ? [{ shape: "circle", colour: orange, radius: 8 } as const] : []),
    ...(isPreferred ? [{ shape: "square", colour: blue, radius: 10 } as const] : []),
  ];
  if (standing === "front") return { shape: "disc", colour: green, radius: 4.5, rings };
  if (standing === "infeasible") return { shape: "cross", colour: red, radius: 3.5, rings };
  return { shape: "dot", colour: theme.faint, radius: 2.5, rings };
}

/** Draws a mark; what is nearer is larger. */
export function drawMark(
  context: CanvasRenderingContext2D,
  { shape, colour, radius, rings }: PointMark,
  { x, y, near }: MarkPlace,
): void {
  const size = radius * (1 + 0.25 * near);
  context.fillStyle = colour;
  context.strokeStyle = colour;
  context.lineWidth = 1.5;
  context.globalAlpha = shape === "dot" ? 0.55 : 1;
  context.beginPath();
  if (shape === "cross") {
    context.moveTo(x - size, y - size);
    context.lineTo(x + size, y + size);
    context.moveTo(x + size, y - size);
    context.lineTo(x - size, y + size);
    context.stroke();
  } else {
    context.arc(x, y, size, 0, 2 * Math.PI);
    context.fill();
  }
  context.globalAlpha = 1;
  context.lineWidth = 2.5;
  for (const ring of rings) {
    context.strokeStyle = ring.colour;
    context.beginPath();
    if (ring.shape === "circle") context.arc(x, y, ring.radius, 0, 2 * Math.PI);
    else context.rect(x - ring.radius, y - ring.radius, 2 * ring.radius, 2 * ring.radius);
    context.stroke();
  }
}
