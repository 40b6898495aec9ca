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
