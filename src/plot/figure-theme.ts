/** How a figure looks. */
export interface FigureTheme {
  readonly background: string;
  readonly text: string;
  /** Of what is read last: axes, captions. */
  readonly faint: string;
  /** Lines of the grid. */
  readonly line: string;
  /** Told apart by those who see colours otherwise too (after Okabe and Ito): blue, orange, green, vermilion, sky, purple. */
  readonly colours: readonly [blue: string, orange: string, green: string, red: string, sky: string, purple: string];
  /** From few to many, or bad to good. */
  readonly ramp: readonly string[];
  /** A list of families, as CSS has it. */
  readonly font: string;
  /** In pixels. */
  readonly width: number;
  readonly height: number;
  /** Whether heading and sentence are part of the picture. */
  readonly heading: boolean;
}

const SHAPE = {
  font: "'DejaVu Sans', Verdana, sans-serif",
  width: 800,
  height: 500,
  heading: true,
} as const;

const VIRIDIS = ["#440154", "#414487", "#2a788e", "#22a884", "#7ad151", "#fde725"] as const;

/** The themes by name. */
export const FIGURE_THEMES = {
  light: {
    ...SHAPE,
    background: "#ffffff",
    text: "#1f2933",
    faint: "#5f6b7a",
    line: "#e1e5ea",
    colours: ["#0072b2", "#c77700", "#00855f", "#9e2b00", "#3f8fc4", "#a9568a"],
    ramp: VIRIDIS,
  },
  dark: {
    ...SHAPE,
    background: "#14181d",
    text: "#e8ebee",
    faint: "#9aa5b1",
    line: "#2b323a",
    colours: ["#56a8e0", "#f5b83d", "#2fbf93", "#d94f2b", "#8ccbf2", "#d78fbd"],
    ramp: VIRIDIS,
  },
} as const satisfies Readonly<Record<string, FigureTheme>>;

export type FigureThemeName = keyof typeof FIGURE_THEMES;
