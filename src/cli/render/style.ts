import { ownStyle } from "./text.ts";

/** Colours for a stream that shows them; each function returns its text unchanged where it does not. */
export interface Paint {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly red: (text: string) => string;
  readonly green: (text: string) => string;
  readonly yellow: (text: string) => string;
}

/** A paint that colours, or one that leaves everything plain. */
export function createPaint(enabled: boolean): Paint {
  const wrap = (open: number, close: number) => (text: string) =>
    enabled ? `${ownStyle(open)}${text}${ownStyle(close)}` : text;
  return { bold: wrap(1, 22), dim: wrap(2, 22), red: wrap(31, 39), green: wrap(32, 39), yellow: wrap(33, 39) };
}

/** The signs that figures are drawn with. */
export interface Glyphs {
  /** Eight heights, lowest first. */
  readonly steps: readonly string[];
  readonly full: string;
  readonly empty: string;
  readonly dot: string;
  readonly best: string;
  readonly vertical: string;
  readonly corner: string;
  readonly horizontal: string;
}

const UNICODE: Glyphs = {
  steps: [..."▁▂▃▄▅▆▇█"],
  full: "█",
  empty: "░",
  dot: "·",
  best: "●",
  vertical: "│",
  corner: "└",
  horizontal: "─",
};

const ASCII: Glyphs = {
  steps: [..."_.-~=+*#"],
  full: "#",
  empty: ".",
  dot: ".",
  best: "*",
  vertical: "|",
  corner: "+",
  horizontal: "-",
};

/** Unicode signs where the locale says that the terminal shows them, else ASCII ones. */
export function glyphsFor(environment: NodeJS.ProcessEnv): Glyphs {
  const locale = environment.LC_ALL || environment.LC_CTYPE || environment.LANG || "";
  return /utf-?8/i.test(locale) || process.platform === "win32" || process.platform === "darwin" ? UNICODE : ASCII;
}
