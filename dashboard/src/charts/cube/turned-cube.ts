import type { CubePlace } from "../../../../src/plot/front-cube.ts";

/** From where a cube is looked at: degrees about its upright axis, and above its floor. */
export interface Turn {
  readonly around: number;
  readonly above: number;
}

/** A place on the screen, from the middle of the cube in its sides: right, down, and towards the one who looks. */
export interface SeenPlace {
  readonly x: number;
  readonly y: number;
  readonly near: number;
}

/** An edge of the cube, and the way out of it on the screen. */
export interface SeenEdge {
  readonly from: CubePlace;
  readonly to: CubePlace;
}

/** A side of the cube: across which axis, at which end. */
export interface CubeFace {
  readonly axis: number;
  readonly end: 0 | 1;
}

/** A cube as it is seen from somewhere. */
export interface TurnedCube {
  seen(place: CubePlace): SeenPlace;
  /** The sides whose inner face is seen: behind all that is in the cube. */
  readonly behind: readonly CubeFace[];
  /** For each axis the edge that its numbers stand at: outermost, at the bottom, or for the upright one on the left. */
  readonly edges: readonly [SeenEdge, SeenEdge, SeenEdge];
}

/** From the front and a little above. */
export const FIRST_TURN: Turn = { around: 30, above: 20 };
/** In sides of the cube; what is nearer looks larger. */
const DISTANCE = 5;

/** Turned further; never below the floor, and never over the top. */
export function turnedBy({ around, above }: Turn, right: number, up: number): Turn {
  return { around: (((around + right) % 360) + 360) % 360, above: Math.min(90, Math.max(0, above + up)) };
}

/** A cube with its third axis upright. */
export function turnCube({ around, above }: Turn): TurnedCube {
  const [sinA, cosA] = sinCos(around);
  const [sinE, cosE] = sinCos(above);
  const seen = ([px, py, pz]: CubePlace): SeenPlace => {
    const [x, y, z] = [px - 0.5, py - 0.5, pz - 0.5];
    const right = cosA * x + sinA * y;
    const back = -sinA * x + cosA * y;
    const near = sinE * z - cosE * back;
    const scale = DISTANCE / (DISTANCE - near);
    return { x: right * scale, y: -(cosE * z + sinE * back) * scale, near };
  };
  const eye: CubePlace = [DISTANCE * cosE * sinA, -DISTANCE * cosE * cosA, DISTANCE * sinE];
  const isBehind = ({ axis, end }: CubeFace): boolean => (end === 1 ? eye[axis]! <= 0.5 : eye[axis]! >= -0.5);
  const behind = [0, 1, 2].flatMap((axis) => ([0, 1] as const).map((end) => ({ axis, end }))).filter(isBehind);
  const edgeOf = (axis: number): SeenEdge => outerEdge(axis, seen, isBehind);
  return { seen, behind, edges: [edgeOf(0), edgeOf(1), edgeOf(2)] };
}

function sinCos(degrees: number): readonly [number, number] {
  const angle = (degrees * Math.PI) / 180;
  return [Math.sin(angle), Math.cos(angle)];
}

/** Of the four edges along an axis one between a side that is seen from within and one that is seen from without. */
function outerEdge(
  axis: number,
  seen: (place: CubePlace) => SeenPlace,
  isBehind: (face: CubeFace) => boolean,
): SeenEdge {
  const [b, c] = [0, 1, 2].filter((other) => other !== axis) as [number, number];
  const ends = [0, 1] as const;
  const edges = ends.flatMap((atB) =>
    ends.map((atC) => {
      const at = (along: number): CubePlace => {
        const place: [number, number, number] = [along, along, along];
        place[b] = atB;
        place[c] = atC;
        return place;
      };
      const isOuter = isBehind({ axis: b, end: atB }) !== isBehind({ axis: c, end: atC });
      const middle = seen(at(0.5));
      return { from: at(0), to: at(1), isOuter, order: axis === 2 ? middle.x : -middle.y };
    }),
  );
  const outer = edges.filter(({ isOuter }) => isOuter);
  const best = (outer.length > 0 ? outer : edges).reduce((one, other) => (other.order < one.order ? other : one));
  return { from: best.from, to: best.to };
}
