import { createInterface } from "node:readline/promises";
import { AttuneError } from "../errors.ts";
import { EXIT_CODES, type ExitCode } from "./context.ts";
import { shownLine } from "./render/text.ts";

/** Asks a run to stop, from the signals of the terminal and of the system. */
export interface StopSignals {
  /** Aborted by the first signal: no new trials. */
  readonly stop: AbortSignal;
  /** Aborted by the second: end now. The third ends this process as it stands. */
  readonly kill: AbortSignal;
  /** The exit code that goes with the first signal, or null while there was none. */
  readonly exitCode: () => ExitCode | null;
  readonly dispose: () => void;
}

const CODES = {
  SIGINT: EXIT_CODES.interrupt,
  SIGTERM: EXIT_CODES.terminate,
  SIGHUP: EXIT_CODES.hangup,
} as const;

/** A closing terminal and `npx` send the same signal twice at once; a person's second Ctrl-C comes later than this. */
const ECHO_MS = 250;

/**
 * Listens for SIGINT, SIGTERM and, with a terminal, SIGHUP. `announce` gets the signal's name and whether it was the first.
 * Without a terminal (nohup, cron, a service) SIGHUP changes nothing: Node has reset the disposition it inherited, so that
 * the missing terminal is the only trace of nohup.
 */
export function listenForStop(hasTerminal: boolean, announce: (signal: string, first: boolean) => void): StopSignals {
  const stop = new AbortController();
  const kill = new AbortController();
  let exitCode: ExitCode | null = null;
  let lastAt = Number.NEGATIVE_INFINITY;
  const onSignal = (signal: NodeJS.Signals): void => {
    if (signal === "SIGHUP" && !hasTerminal) return;
    const now = performance.now();
    if (now - lastAt < ECHO_MS) return;
    lastAt = now;
    exitCode ??= CODES[signal as keyof typeof CODES];
    // Ended programs whose results cannot be written, since somebody holds the storage's lock: the guardian cleans up.
    if (kill.signal.aborted) process.exit(exitCode);
    const first = !stop.signal.aborted;
    announce(signal, first);
    (first ? stop : kill).abort();
  };
  const names = Object.keys(CODES) as (keyof typeof CODES)[];
  for (const name of names) process.on(name, onSignal);
  return {
    stop: stop.signal,
    kill: kill.signal,
    exitCode: () => exitCode,
    dispose: () => {
      for (const name of names) process.off(name, onSignal);
    },
  };
}

/** True when a person's terminal is attached; on Linux nohup takes standard input away too, elsewhere it does not. */
export function hasTerminal(): boolean {
  const input = process.platform === "linux" && process.stdin.isTTY === true;
  return input || process.stdout.isTTY === true || process.stderr.isTTY === true;
}

/**
 * Asks a question on the terminal that only "y" or "yes" affirms.
 *
 * @throws AttuneError `invalid-argument` where there is no terminal to ask on; `what` says what --yes would do.
 */
export async function confirm(question: string, what: string): Promise<boolean> {
  if (!process.stdin.isTTY) {
    throw new AttuneError("invalid-argument", `No terminal to ask on; add --yes to ${what} without a question.`);
  }
  const line = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(es)?$/i.test((await line.question(shownLine(question))).trim());
  } finally {
    line.close();
  }
}
