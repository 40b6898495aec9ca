/** Rows under headings. */
export interface PrintedTable {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** A figure, with what it says. */
export interface PrintedFigure {
  readonly title: string;
  readonly sentence: string;
  readonly svg: string;
}

/** A part of a section. */
export type PrintedBlock =
  | { readonly type: "paragraph"; readonly text: string; readonly weight: "first" | "large" | "plain" | "small" }
  | { readonly type: "table"; readonly table: PrintedTable }
  | { readonly type: "figure"; readonly figure: PrintedFigure }
  /** Points, each with a command or null. */
  | { readonly type: "list"; readonly points: readonly { readonly text: string; readonly command: string | null }[] }
  | { readonly type: "command"; readonly text: string };

/** A heading with what stands under it. */
export interface PrintedSection {
  readonly heading: string;
  readonly blocks: readonly PrintedBlock[];
}

/** A document for people, as plain text: whoever writes it knows how its parts look. */
export interface PrintedDocument {
  /** What kind of document it is, above its title. */
  readonly kind: string;
  readonly title: string;
  readonly question: string;
  /** None is empty. */
  readonly sections: readonly PrintedSection[];
  /** In small print, at the end. */
  readonly footer: readonly string[];
}
