/** A colour as parts from 0 to 255. */
type Parts = readonly [red: number, green: number, blue: number];

/** How somebody sees: `full`, or without one kind of cones. */
type Sight = "full" | "protanopia" | "deuteranopia" | "tritanopia";

/** Of linear red, green and blue: Machado, Oliveira and Fernandes, "A physiologically-based model for simulation of color vision deficiency", 2009, severity 1. */
const SIMULATED: Readonly<Record<Sight, readonly (readonly [number, number, number])[]>> = {
  full: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

/** Linear red, green and blue to X, Y and Z of the standard white (D65), as shares of its own (IEC 61966-2-1). */
const TO_XYZ = [
  [0.4124564 / 0.95047, 0.3575761 / 0.95047, 0.1804375 / 0.95047],
  [0.2126729, 0.7151522, 0.072175],
  [0.0193339 / 1.08883, 0.119192 / 1.08883, 0.9503041 / 1.08883],
] as const;

function partsOf(colour: string): Parts {
  const [, red, green, blue] = /^#(..)(..)(..)$/.exec(colour)!;
  return [red, green, blue].map((part) => Number.parseInt(part!, 16)) as unknown as Parts;
}

function linear(part: number): number {
  const share = part / 255;
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
}

/** Lightness, and how far to red and to yellow (CIELAB), of a colour as it is seen. */
function labOf(colour: string, sight: Sight): readonly [number, number, number] {
  const light = partsOf(colour).map(linear);
  const turn = (rows: readonly (readonly number[])[], from: readonly number[]): readonly number[] =>
    rows.map((row) => row.reduce((sum, weight, k) => sum + weight * from[k]!, 0));
  const seen = turn(SIMULATED[sight], light).map((part) => Math.min(1, Math.max(0, part)));
  const [x, y, z] = turn(TO_XYZ, seen).map((share) =>
    share > 216 / 24389 ? Math.cbrt(share) : ((24389 / 27) * share + 16) / 116,
  );
  return [116 * y! - 16, 500 * (x! - y!), 200 * (y! - z!)];
}

/** All of them. */
export const SIGHTS = ["full", "protanopia", "deuteranopia", "tritanopia"] as const satisfies readonly Sight[];

const DEGREE = Math.PI / 180;

/** How different two colours look: CIEDE2000, as in Sharma, Wu and Dalal, "The CIEDE2000 color-difference formula", 2005. */
export function colourDistance(first: string, second: string, sight: Sight = "full"): number {
  return labDistance(labOf(first, sight), labOf(second, sight));
}

/** The same of two places in CIELAB. */
export function labDistance(
  [l1, a1, b1]: readonly [number, number, number],
  [l2, a2, b2]: readonly [number, number, number],
): number {
  const chroma = (Math.hypot(a1, b1) + Math.hypot(a2, b2)) / 2;
  const g = 0.5 * (1 - Math.sqrt(chroma ** 7 / (chroma ** 7 + 25 ** 7)));
  const [p1, p2] = [(1 + g) * a1, (1 + g) * a2];
  const [c1, c2] = [Math.hypot(p1, b1), Math.hypot(p2, b2)];
  const hue = (a: number, b: number): number => (a === 0 && b === 0 ? 0 : (Math.atan2(b, a) / DEGREE + 360) % 360);
  const [h1, h2] = [hue(p1, b1), hue(p2, b2)];
  const isGrey = c1 * c2 === 0;
  const turn = isGrey ? 0 : ((h2 - h1 + 540) % 360) - 180;
  const [dl, dc, dh] = [l2 - l1, c2 - c1, 2 * Math.sqrt(c1 * c2) * Math.sin((turn / 2) * DEGREE)];
  const [l, c] = [(l1 + l2) / 2, (c1 + c2) / 2];
  const sum = h1 + h2;
  const h = isGrey ? sum : Math.abs(h1 - h2) <= 180 ? sum / 2 : sum < 360 ? (sum + 360) / 2 : (sum - 360) / 2;
  const t =
    1 -
    0.17 * Math.cos((h - 30) * DEGREE) +
    0.24 * Math.cos(2 * h * DEGREE) +
    0.32 * Math.cos((3 * h + 6) * DEGREE) -
    0.2 * Math.cos((4 * h - 63) * DEGREE);
  const sl = 1 + (0.015 * (l - 50) ** 2) / Math.sqrt(20 + (l - 50) ** 2);
  const [sc, sh] = [1 + 0.045 * c, 1 + 0.015 * c * t];
  const rotation =
    -Math.sin(60 * Math.exp(-(((h - 275) / 25) ** 2)) * DEGREE) * 2 * Math.sqrt(c ** 7 / (c ** 7 + 25 ** 7));
  return Math.sqrt((dl / sl) ** 2 + (dc / sc) ** 2 + (dh / sh) ** 2 + rotation * (dc / sc) * (dh / sh));
}
