import { createPaint, type Paint } from "./render/paint.ts";

/** Where a command writes: its result, and what happens meanwhile. */
export interface Output {
  /** A line of the result, to standard output. */
  readonly out: (line: string) => void;
  /** A line for the person who watches, to standard error. */
  readonly err: (line: string) => void;
  /** Text as it is, to standard error: for a live screen. */
  readonly draw: (text: string) => void;
  readonly outPaint: Paint;
  readonly errPaint: Paint;
  /** Columns, at present, of the terminal that shows the result; Infinity where no terminal does. */
  readonly outWidth: number;
  readonly errWidth: number;
  /** From now on a reader that goes away (closed pipe, closed terminal) ends nothing: what is written is dropped. */
  readonly survive: () => void;
}

/** Error codes of a stream whose reader is gone. */
const GONE: ReadonlySet<string | undefined> = new Set(["EPIPE", "EIO", "ECONNRESET", "ERR_STREAM_DESTROYED"]);

/**
 * Output on the process's own streams. When the reader of standard output leaves (`attune trials | head`) the process
 * ends silently with code 0, unless `survive` was called.
 */
export function createOutput(environment: NodeJS.ProcessEnv): Output {
  let surviving = false;
  const closed = new Set<NodeJS.WriteStream>();
  const onError = (stream: NodeJS.WriteStream) => (error: NodeJS.ErrnoException) => {
    closed.add(stream);
    if (surviving) return;
    if (!GONE.has(error.code)) process.exitCode = 70;
    if (stream === process.stdout) process.exit();
  };
  process.stdout.on("error", onError(process.stdout));
  process.stderr.on("error", onError(process.stderr));
  const draw = (stream: NodeJS.WriteStream, text: string): void => {
    if (!closed.has(stream)) stream.write(text);
  };
  const write = (stream: NodeJS.WriteStream) => (line: string) => draw(stream, `${line}\n`);
  return {
    out: write(process.stdout),
    err: write(process.stderr),
    draw: (text) => draw(process.stderr, text),
    outPaint: createPaint(showsColour(process.stdout, environment)),
    errPaint: createPaint(showsColour(process.stderr, environment)),
    get outWidth() {
      return widthOf(process.stdout);
    },
    get errWidth() {
      return widthOf(process.stderr);
    },
    survive: () => {
      surviving = true;
    },
  };
}

function widthOf(stream: NodeJS.WriteStream): number {
  return stream.isTTY && stream.columns > 0 ? stream.columns : Number.POSITIVE_INFINITY;
}

function showsColour(stream: NodeJS.WriteStream, environment: NodeJS.ProcessEnv): boolean {
  if (environment.NO_COLOR !== undefined && environment.NO_COLOR !== "") return false;
  return stream.isTTY === true && environment.TERM !== "dumb";
}
