import type { CubePlace, CubePoint, FrontCube } from "../../../../src/plot/front-cube.ts";
import type { FigureTheme } from "../../../../src/plot/index.ts";
import { drawMark, markOf } from "./point-mark.ts";
import { type CubeFace, type SeenPlace, type Turn, type TurnedCube, turnCube } from "./turned-cube.ts";

/** A point on the canvas, in pixels. */
export interface DrawnPoint {
  readonly point: CubePoint;
  readonly x: number;
  readonly y: number;
}

/** What a cube is drawn on. */
export interface CubeScene {
  readonly cube: FrontCube;
  readonly turn: Turn;
  readonly theme: FigureTheme;
  /** The trial that is picked out; null for none. */
  readonly picked: number | null;
}

/** Room about the cube for names and numbers, in pixels. */
const [ASIDE, ABOVE] = [80, 84] as const;
/** Of the cube's sides, what it takes up however it is turned. */
const REACH = 1.5;
const TICK_GAP = 14;
const NAME_GAP = 36;
/** An edge that is seen from its end has no room for numbers. */
const LEAST_EDGE = 44;

type Screen = (place: CubePlace) => SeenPlace;

/** Draws a cube, and answers where its points came to lie, the nearest last. */
export function drawCube(context: CanvasRenderingContext2D, scene: CubeScene): readonly DrawnPoint[] {
  const { cube, theme, picked } = scene;
  const { width, height } = theme;
  const turned = turnCube(scene.turn);
  const scale = Math.max(60, Math.min(width - ASIDE, height - ABOVE) / REACH);
  const screen: Screen = (place) => {
    const { x, y, near } = turned.seen(place);
    return { x: width / 2 + x * scale, y: height / 2 + y * scale, near };
  };
  context.fillStyle = theme.background;
  context.fillRect(0, 0, width, height);
  for (const face of turned.behind) drawWall(context, face, cube, screen, theme);
  drawPlanes(context, cube, screen, theme);
  const drawn = cube.points.map((point) => ({ point, ...screen(point.at) })).sort((a, b) => a.near - b.near);
  for (const one of drawn) drawMark(context, markOf(one.point, theme), one);
  const chosen = drawn.find(({ point }) => point.trial === picked);
  if (chosen !== undefined) drawPicked(context, chosen, screen, theme);
  drawAxes(context, turned, cube, screen, theme);
  return drawn;
}

function line(context: CanvasRenderingContext2D, ...places: readonly Pick<SeenPlace, "x" | "y">[]): void {
  context.beginPath();
  for (const [k, { x, y }] of places.entries()) {
    if (k === 0) context.moveTo(x, y);
    else context.lineTo(x, y);
  }
  context.stroke();
}

/** A wall with the lines of its numbers. */
function drawWall(
  context: CanvasRenderingContext2D,
  { axis, end }: CubeFace,
  { axes }: FrontCube,
  screen: Screen,
  theme: FigureTheme,
): void {
  context.strokeStyle = theme.line;
  context.lineWidth = 1;
  const others = [0, 1, 2].filter((other) => other !== axis);
  for (const along of others) {
    const across = others.find((other) => other !== along)!;
    for (const { at } of axes[along]!.ticks) {
      const ends = [0, 1].map((far) => screen(placeWith([axis, end], [along, at], [across, far])));
      line(context, ...ends);
    }
  }
}

function placeWith(...parts: readonly (readonly [axis: number, at: number])[]): CubePlace {
  const place: [number, number, number] = [0, 0, 0];
  for (const [axis, at] of parts) place[axis] = at;
  return place;
}

/** Limits: a frame through the cube, beyond which they are broken. */
function drawPlanes(
  context: CanvasRenderingContext2D,
  { planes }: FrontCube,
  screen: Screen,
  { colours, text, font }: FigureTheme,
): void {
  for (const { axis, at, text: words } of planes) {
    const [b, c] = [0, 1, 2].filter((other) => other !== axis) as [number, number];
    const corners = [
      [0, 0],
      [1, 0],
      [1, 1],
      [0, 1],
    ].map(([p, q]) => screen(placeWith([axis, at], [b, p!], [c, q!])));
    context.strokeStyle = colours[3];
    context.lineWidth = 1.25;
    context.setLineDash([6, 4]);
    line(context, ...corners, corners[0]!);
    context.setLineDash([]);
    context.globalAlpha = 0.07;
    context.fillStyle = colours[3];
    context.fill();
    context.globalAlpha = 1;
    const top = corners.reduce((one, other) => (other.y < one.y ? other : one));
    context.fillStyle = text;
    context.font = `12px ${font}`;
    context.textAlign = "center";
    context.textBaseline = "bottom";
    context.fillText(words, top.x, top.y - 4);
  }
}

/** Lines from a point to the walls' numbers, so that where it lies can be read. */
function drawPicked(
  context: CanvasRenderingContext2D,
  { point, x, y }: DrawnPoint,
  screen: Screen,
  { text }: FigureTheme,
): void {
  const [px, py, pz] = point.at;
  context.strokeStyle = text;
  context.lineWidth = 1;
  context.setLineDash([3, 3]);
  const floor = screen([px, py, 0]);
  line(context, { x, y }, floor);
  line(context, floor, screen([0, py, 0]));
  line(context, floor, screen([px, 0, 0]));
  line(context, { x, y }, screen([px, 1, pz]));
  context.setLineDash([]);
  context.lineWidth = 2;
  context.beginPath();
  context.arc(x, y, 11, 0, 2 * Math.PI);
  context.stroke();
}

/** Numbers and names at the outline, turned away from the middle; the upright axis has its name on top. */
function drawAxes(
  context: CanvasRenderingContext2D,
  { edges }: TurnedCube,
  { axes }: FrontCube,
  screen: Screen,
  theme: FigureTheme,
): void {
  const written: Way[] = [];
  for (const [k, { from, to }] of edges.entries()) {
    const [a, b] = [screen(from), screen(to)];
    const length = Math.hypot(b.x - a.x, b.y - a.y);
    context.strokeStyle = theme.faint;
    context.lineWidth = 1;
    line(context, a, b);
    if (length < LEAST_EDGE) continue;
    const out = outwards(a, b, length, theme);
    const { ticks, name } = axes[k]!;
    const step = Math.ceil((ticks.length * 30) / length);
    for (const { at, text } of ticks.filter((_tick, place) => place % step === 0)) {
      const onEdge = screen(placeWith(...[0, 1, 2].map((axis) => [axis, axis === k ? at : from[axis]!] as const)));
      const spot = { x: onEdge.x + out.x * TICK_GAP, y: onEdge.y + out.y * TICK_GAP };
      // Where two axes meet, the number of one stands for both.
      if (written.some(({ x, y }) => Math.abs(x - spot.x) < 26 && Math.abs(y - spot.y) < 13)) continue;
      written.push(spot);
      write(context, text, spot, out, theme.faint, theme);
    }
    const middle = { x: (a.x + b.x) / 2 + out.x * NAME_GAP, y: (a.y + b.y) / 2 + out.y * NAME_GAP };
    if (k === 2) write(context, name, { x: b.x, y: b.y - 20 }, { x: 0, y: -1 }, theme.text, theme);
    else write(context, name, middle, out, theme.text, theme);
  }
}

interface Way {
  readonly x: number;
  readonly y: number;
}

/** Square to an edge, away from the middle of the picture. */
function outwards(a: SeenPlace, b: SeenPlace, length: number, { width, height }: FigureTheme): Way {
  const way = { x: -(b.y - a.y) / length, y: (b.x - a.x) / length };
  const isInwards = way.x * ((a.x + b.x) / 2 - width / 2) + way.y * ((a.y + b.y) / 2 - height / 2) < 0;
  return isInwards ? { x: -way.x, y: -way.y } : way;
}

/** Writes on the side that leads out; what would leave the picture is moved in. */
function write(
  context: CanvasRenderingContext2D,
  words: string,
  { x, y }: Way,
  out: Way,
  colour: string,
  { font, width, height }: FigureTheme,
): void {
  context.font = `12px ${font}`;
  context.fillStyle = colour;
  context.textAlign = "left";
  context.textBaseline = "middle";
  const wide = context.measureText(words).width;
  const left = x - (wide * (1 - Math.min(1, Math.max(-1, 2 * out.x)))) / 2;
  context.fillText(
    words,
    Math.min(Math.max(2, left), Math.max(2, width - wide - 2)),
    Math.min(Math.max(8, y), height - 8),
  );
}
