import { clip } from "../render/clip.ts";
import { shownLine } from "../render/shown-line.ts";

/** The terminal that a live area is drawn on. */
export interface LiveTerminal {
  readonly columns: number;
  readonly rows: number;
  readonly write: (text: string) => void;
}

/** Up to the beginning of the line; erases from there to the end of the screen. */
const CLEAR = "\r\u001b[J";

/**
 * Lines that are drawn again and again below what scrolls. Between drawings the cursor rests at the area's first line, which is
 * empty: so what anybody else writes meanwhile stays readable, and after a change of the terminal's size, which folds lines, the
 * area is still known to begin at the cursor.
 */
export class LiveArea {
  readonly #terminal: LiveTerminal;
  #shown = "";

  constructor(terminal: LiveTerminal) {
    this.#terminal = terminal;
  }

  /** Draws these lines, as many as fit and each cut to the width; nothing is written when they are there already. */
  draw(lines: readonly string[]): void {
    const text = this.#text(lines);
    if (text === this.#shown) return;
    this.#terminal.write(CLEAR + text);
    this.#shown = text;
  }

  /** Writes a line that stays, where the area was; the next `draw` puts the area below it. */
  print(line: string): void {
    this.#terminal.write(`${this.#shown === "" ? "" : CLEAR}${shownLine(line)}\n`);
    this.#shown = "";
  }

  /** Takes the area away; the next `draw` brings it back. */
  clear(): void {
    if (this.#shown === "") return;
    this.#terminal.write(CLEAR);
    this.#shown = "";
  }

  #text(lines: readonly string[]): string {
    const { columns, rows } = this.#terminal;
    const room = rows - 2;
    if (lines.length === 0 || room < 1 || columns < 10) return "";
    const fitting = lines.slice(0, room).map((line) => shownLine(clip(line.replaceAll("\n", " "), columns - 1)));
    return `\n${fitting.join("\n")}\r\u001b[${fitting.length}A`;
  }
}
