import { readFileSync } from "node:fs";
import type { RunEvent } from "../../../study/index.ts";
import type { Output } from "../../output.ts";
import { clip, glyphsFor, shownLine } from "../../render/text.ts";
import { type RunLimits, RunWatch, type WatchedStudy } from "./run-watch.ts";
import { screenLines } from "./screen-lines.ts";

/** Between two drawings. */
const REDRAW_MS = 250;

/** What a run is shown on while it lasts. */
interface LiveScreen {
  /** The command's output, its lines for people written above the live lines. */
  readonly output: Output;
  readonly event: (event: RunEvent) => void;
  /** Takes the live lines away for good. */
  readonly close: () => void;
}

/** Shows a run live at the end of a terminal's standard error, below the lines that scroll. */
export function openLiveScreen(
  study: WatchedStudy,
  limits: RunLimits,
  output: Output,
  environment: NodeJS.ProcessEnv,
): LiveScreen {
  const { stderr } = process;
  const area = new LiveArea({
    get columns() {
      return stderr.columns;
    },
    get rows() {
      return stderr.rows;
    },
    write: output.draw,
  });
  const watch = new RunWatch(study, limits, performance.now());
  const glyphs = glyphsFor(environment);
  let closed = false;
  const redraw = (): void => {
    if (!isForeground()) {
      area.clear();
      return;
    }
    const style = { columns: stderr.columns, rows: stderr.rows, glyphs, paint: output.errPaint };
    area.draw(screenLines(watch.moment(performance.now()), Date.now(), style));
  };
  let asked = false;
  // Lines that come together are followed by one drawing.
  const print: Output["err"] = (line) => {
    area.print(line);
    if (asked || closed) return;
    asked = true;
    setImmediate(() => {
      asked = false;
      if (!closed) redraw();
    });
  };
  const resized = (): void => {
    area.clear();
    redraw();
  };
  const suspended = (): void => {
    area.clear();
    process.kill(process.pid, "SIGSTOP");
  };
  const clear = (): void => area.clear();
  const timer = setInterval(redraw, REDRAW_MS);
  stderr.on("resize", resized);
  process.on("SIGTSTP", suspended);
  process.on("exit", clear);
  return {
    output: withLines(output, print),
    event: (event) => {
      watch.event(event, performance.now());
    },
    close: () => {
      closed = true;
      clearInterval(timer);
      stderr.off("resize", resized);
      process.off("SIGTSTP", suspended);
      process.off("exit", clear);
      area.clear();
    },
  };
}

function withLines(output: Output, err: Output["err"]): Output {
  return {
    ...output,
    err,
    get outWidth() {
      return output.outWidth;
    },
    get errWidth() {
      return output.errWidth;
    },
  };
}

/** The terminal that a live area is drawn on. */
interface LiveTerminal {
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

/**
 * False while the shell has this process in the background (`attune run … &`, Ctrl-Z and bg): somebody types then where a live
 * screen would be drawn. Where that cannot be known (no /proc) it is taken for the foreground.
 */
function isForeground(): boolean {
  if (process.platform !== "linux") return true;
  const stat = readFileSync("/proc/self/stat", "latin1");
  // Behind the name in parentheses: state, parent, group, session, terminal, the terminal's foreground group.
  const [, , group, , , foreground] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return foreground === group || Number(foreground) < 0;
}

/** What decides whether a live screen is shown. */
interface LiveConditions {
  readonly isTerminal: boolean;
  readonly quiet: boolean;
  readonly environment: NodeJS.ProcessEnv;
}

/** True on a terminal that can redraw; not in CI, with NO_COLOR, TERM=dumb or --quiet, where plain lines tell the same. */
export function showsLive({ isTerminal, quiet, environment }: LiveConditions): boolean {
  const { CI: ci = "", NO_COLOR: noColor = "", TERM: term = "" } = environment;
  const inCi = ci !== "" && ci !== "0" && ci !== "false";
  return isTerminal && !quiet && !inCi && noColor === "" && term !== "" && term !== "dumb";
}
