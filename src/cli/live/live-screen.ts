import type { RunEvent } from "../../study/index.ts";
import type { Output } from "../output.ts";
import { glyphsFor } from "../render/glyphs.ts";
import { isForeground } from "./is-foreground.ts";
import { LiveArea } from "./live-area.ts";
import { type RunLimits, RunWatch, type WatchedStudy } from "./run-watch.ts";
import { screenLines } from "./screen-lines.ts";

/** Between two drawings. */
const REDRAW_MS = 250;

/** What a run is shown on while it lasts. */
export interface LiveScreen {
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
