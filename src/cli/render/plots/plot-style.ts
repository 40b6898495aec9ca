import type { Glyphs } from "../glyphs.ts";
import type { Paint } from "../paint.ts";

/** How figures are drawn as text. */
export interface PlotStyle {
  /** Columns, from 40 up. */
  readonly width: number;
  readonly glyphs: Glyphs;
  readonly paint: Paint;
  /** Milliseconds since 1970, for what still runs. */
  readonly now: number;
}
