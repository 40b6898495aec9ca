import type { Space } from "../space/index.ts";
import type { Metric } from "../trial/metric.ts";
import type { Trial } from "../trial/trial.ts";
import type { FigureTheme } from "./figure-theme.ts";

/** A point of a front: its first trial, and its values by objective. */
export interface FrontTrial {
  readonly number: number;
  readonly values: Readonly<Record<string, number>>;
}

/** The parts of a study that figures are made from. */
export interface FigureSource {
  /** Canonical texts. */
  readonly limits: readonly string[];
  readonly metrics: readonly Metric[];
  readonly space: Space;
  /** The trial of a front that was chosen, or that is preferred by what was answered of its points; null where nobody said anything. */
  preferredOf?(front: readonly FrontTrial[]): number | null;
  /** All of them, by number: of very many a TrialList. Only single fields are read. */
  trials(): Iterable<Trial>;
}

/** Which of its figures is wanted. */
export interface FigureRequest {
  /** Of those that show one: the first objective unless told. */
  readonly metric?: string;
  /** Points of a figure at most; of more those are kept that can be seen. All of them unless told. */
  readonly points?: number;
  /** Two parameters, where a figure shows a pair. */
  readonly parameters?: readonly string[];
  /** Milliseconds since 1970, up to which what still runs has run. */
  readonly now?: number;
}

/** What ECharts draws: an object for its `setOption`. */
export type ChartOption = Readonly<Record<string, unknown>>;

/** One kind of figure: what is shown, in which words, and how it is drawn. `D` is its data, an object of JSON. */
export interface Figure<D> {
  readonly name: string;
  /** A heading. */
  readonly title: string;
  /** What it shows and how it is read, in a sentence or two. */
  readonly help: string;
  /** `metric`: one for each objective. `study`: one in all. */
  readonly of: "metric" | "study";
  /** What the data say, in a sentence; names of parameters and metrics stand between backticks. */
  sentence(data: D): string;
  /** While there is nothing to draw: what will appear, and when. Null as soon as there is. */
  empty(data: D): string | null;
  option(data: D, theme: FigureTheme): ChartOption;
  /** Pixels of height below which its parts lie over each other, where that depends on what there is to draw and on the width. */
  leastHeight?(data: D, width: number): number;
}
