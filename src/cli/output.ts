import { type CliContext, EXIT_CODES } from "./context.ts";
import { createPaint, type Paint, shownLine, visibleLine } from "./render/text.ts";

/**
 * What becomes of a line: secrets are taken out and control characters made visible; secrets stay; or it is made safe already
 * (`jsonText`) and stays as it is.
 */
type LineKind = "plain" | "with-secrets" | "exact";

/** Where a command writes: its result, and what happens meanwhile. */
export interface Output {
  /** A line of the result, to standard output. */
  readonly out: (line: string, kind?: LineKind) => void;
  /** A line for the person who watches, to standard error. */
  readonly err: (line: string, kind?: LineKind) => void;
  /** Text as it is, to standard error: for a live screen. */
  readonly draw: (text: string) => void;
  readonly outPaint: Paint;
  readonly errPaint: Paint;
  /** Columns, at present, of the terminal that shows the result; Infinity where no terminal does. */
  readonly outWidth: number;
  readonly errWidth: number;
  /** From now on a reader that goes away (closed pipe, closed terminal) ends nothing: what is written is dropped. */
  readonly survive: () => void;
  /** Resolves once the reader of the result takes more, or is gone: for results that are not in memory as a whole. */
  readonly drained: () => Promise<void>;
  /** The command is done: a terminal, or a pipe of standard error, that takes none of the last words for 5 s is waited for no longer. */
  readonly finish: () => void;
}

/** Characters that may wait for a reader of standard error; what comes on top of them is dropped. */
const MOST_WAITING = 65_536;
/** Ms between looks at whether a terminal takes the last words, and looks without progress that are enough. */
const LOOK_MS = 1_000;
const IDLE_LOOKS = 5;

/** Error codes of a stream whose reader is gone. */
const GONE: ReadonlySet<string | undefined> = new Set(["EPIPE", "EIO", "ECONNRESET", "ERR_STREAM_DESTROYED"]);

/**
 * Output on the process's own streams, of which none ever holds up the process: whoever does not read misses lines of standard error,
 * and is told how many; results wait for their reader. When the reader of standard output leaves (`attune trials | head`) the process
 * ends silently with code 0, unless `survive` was called.
 */
export function createOutput(environment: NodeJS.ProcessEnv): Output {
  let surviving = false;
  const closed = new Set<NodeJS.WriteStream>();
  for (const stream of [process.stdout, process.stderr]) neverBlock(stream);
  const onError = (stream: NodeJS.WriteStream) => (error: NodeJS.ErrnoException) => {
    closed.add(stream);
    if (!GONE.has(error.code)) unwritable(stream, error);
    if (!surviving && stream === process.stdout) process.exit();
  };
  process.stdout.on("error", onError(process.stdout));
  process.stderr.on("error", onError(process.stderr));
  let missed = 0;
  const draw = (text: string): void => {
    if (closed.has(process.stderr)) return;
    if (process.stderr.writableLength > MOST_WAITING) {
      missed += text.split("\n").length - 1;
      return;
    }
    if (missed > 0) process.stderr.write(`(${missed} lines were not shown: nobody read them)\n`);
    missed = 0;
    process.stderr.write(text);
  };
  return {
    out: (line, kind) => {
      if (!closed.has(process.stdout)) process.stdout.write(`${textOf(line, kind)}\n`);
    },
    err: (line, kind) => draw(`${textOf(line, kind)}\n`),
    draw,
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
    drained: async () => {
      while (process.stdout.writableNeedDrain && !closed.has(process.stdout)) await drainOrEnd(process.stdout);
    },
    finish: exitWhenStuck,
  };
}

async function drainOrEnd(stream: NodeJS.WriteStream): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const ends = ["drain", "close", "error"];
  for (const name of ends) stream.once(name, resolve);
  await promise;
  for (const name of ends) stream.off(name, resolve);
}

function textOf(line: string, kind: LineKind = "plain"): string {
  if (kind === "exact") return line;
  return kind === "plain" ? shownLine(line) : visibleLine(line);
}

/**
 * Ends the process once what its terminals (Ctrl-S, a stalled ssh) and standard error have not taken stays the same; what is left is
 * lost. A result in a pipe waits for its reader.
 */
function exitWhenStuck(): void {
  const waiting = (): number => {
    if (!process.stdout.isTTY && process.stdout.writableLength > 0) return 0;
    return process.stdout.writableLength + process.stderr.writableLength;
  };
  let [before, idle] = [waiting(), 0];
  const look = (): void => {
    const now = waiting();
    idle = now > 0 && now === before ? idle + 1 : 0;
    before = now;
    if (idle === IDLE_LOOKS) process.exit();
  };
  // What is written keeps the process alive; this only watches it.
  setInterval(look, LOOK_MS).unref();
}

/** Node writes to terminals synchronously: one that nobody reads would hold up the whole process. */
function neverBlock(stream: NodeJS.WriteStream): void {
  const { _handle: handle } = stream as { readonly _handle?: { readonly setBlocking?: (blocking: boolean) => void } };
  if (stream.isTTY) handle?.setBlocking?.(false);
}

/** A result that is lost is said, whatever the command ends with. */
function unwritable(stream: NodeJS.WriteStream, error: Error): void {
  process.on("exit", () => {
    process.exitCode = EXIT_CODES.storage;
  });
  if (stream !== process.stdout) return;
  process.stderr.write(`attune: the result cannot be written to standard output: ${visibleLine(error.message)}.\n`);
}

function widthOf(stream: NodeJS.WriteStream): number {
  return stream.isTTY && stream.columns > 0 ? stream.columns : Number.POSITIVE_INFINITY;
}

function showsColour(stream: NodeJS.WriteStream, environment: NodeJS.ProcessEnv): boolean {
  if (environment.NO_COLOR !== undefined && environment.NO_COLOR !== "") return false;
  return stream.isTTY === true && environment.TERM !== "dumb";
}

type Write = (line: string) => void;

/** Warnings of Node about itself: nothing that a user could mend. */
const OF_NODE: ReadonlySet<string> = new Set(["ExperimentalWarning", "DeprecationWarning"]);

const writers: Write[] = [];

/**
 * Shows the process's warnings (a storage that waits for a lock, a thread that died) as lines of the command line, through the
 * newest writer, until the answer is called.
 */
export function showNotices(write: Write): () => void {
  if (writers.length === 0) {
    process.removeAllListeners("warning");
    process.on("warning", ({ name, message }) => {
      if (!OF_NODE.has(name)) writers.at(-1)?.(message);
    });
  }
  writers.push(write);
  return () => {
    writers.splice(writers.indexOf(write), 1);
  };
}

/** The context as a command with `--quiet` uses it: its remarks are dropped, its result and its errors are not. */
export function quietly(context: CliContext, options: { readonly quiet?: boolean }): CliContext {
  if (options.quiet !== true) return context;
  return { ...context, output: { ...context.output, err: () => undefined } };
}
