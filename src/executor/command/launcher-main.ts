import { type ChildProcess, spawn } from "node:child_process";
import { Socket } from "node:net";
import { getPriority, setPriority } from "node:os";
import type { Readable } from "node:stream";
import { AttemptGroups } from "./attempt-groups.ts";
import { encodeFrame, type FrameKind } from "./frame.ts";
import { FrameReader } from "./frame-reader.ts";
import type { Launch } from "./launch.ts";
import { asFirstVictim } from "./oom-adjustment.ts";
import { requireDescriptors } from "./require-descriptors.ts";
import { signalProcess } from "./signal-process.ts";

interface Program {
  readonly child: ChildProcess;
  readonly streams: readonly Readable[];
  paused: boolean;
}

/** The end of the pipe to the tuner. */
const TUNER = 3;
const LEAST_PRIORITY = 19;
const TURNS_TO_END = 3;

/**
 * Starts a tuner's programs and hands on what they print. A process starts another by copying its own page tables, and
 * waits meanwhile: that costs the more the more memory it has, and this one has little.
 */
class LauncherProcess {
  readonly #tuner = new Socket({ fd: TUNER });
  readonly #parent = process.ppid;
  readonly #programs = new Map<number, Program>();
  readonly #starts: (() => void)[] = [];
  readonly #groups: AttemptGroups | null;
  #environment: NodeJS.ProcessEnv = {};
  #frames: Buffer[] = [];
  #looks: number[] = [];
  #guardian: number | null = null;
  #full = false;
  /** Something was told since a program was started or looked after. */
  #told = false;

  /** `group`: a control group for its programs, or null. */
  constructor(group: string | null) {
    this.#groups = group === null ? null : new AttemptGroups(group, (number) => this.#send("left", number));
  }

  serve(): void {
    const reader = new FrameReader((kind, program, body) => this.#take(kind, program, body));
    this.#tuner.on("data", (chunk) => reader.push(chunk));
    this.#tuner.on("drain", () => this.#goOn());
    for (const gone of ["end", "error", "close"] as const) this.#tuner.on(gone, () => this.#end());
    // Those who stop the tuner by a signal to all its processes mean that it ends its programs in its own way.
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => undefined);
  }

  #take(kind: FrameKind, id: number, body: Buffer): void {
    const program = this.#programs.get(id);
    switch (kind) {
      case "environment":
        this.#environment = JSON.parse(body.toString()) as NodeJS.ProcessEnv;
        break;
      case "guardian":
        this.#guardian = id;
        break;
      case "start":
        this.#startInTurn(id, JSON.parse(body.toString()) as Launch);
        break;
      case "pause":
      case "resume":
        if (program !== undefined) this.#pause(program, kind === "pause");
        break;
      case "abandon":
        for (const stream of program?.streams ?? []) stream.destroy();
        break;
      case "look":
        this.#looks.push(id);
        this.#lookSoon();
    }
  }

  /** One in a turn of the loop: what those before have printed by then need not wait for the others. */
  #startInTurn(id: number, launch: Launch): void {
    if (this.#starts.length === 0) setImmediate(() => this.#startNext(0));
    this.#starts.push(() => this.#start(id, launch));
  }

  /** A program that has just ended takes some turns to tell all of it, and its worker waits for that; starting one takes longer. */
  #startNext(waited: number): void {
    this.#flush();
    if (this.#told && waited < TURNS_TO_END) {
      this.#told = false;
      setImmediate(() => this.#startNext(waited + 1));
      return;
    }
    this.#starts.shift()?.();
    this.#flush();
    this.#told = false;
    if (this.#starts.length > 0) setImmediate(() => this.#startNext(0));
  }

  #start(id: number, launch: Launch): void {
    // A tuner that has died since it asked has nobody left who would end what starts now.
    if (process.ppid !== this.#parent) return;
    let child: ChildProcess;
    try {
      requireDescriptors();
      child = asFirstVictim(() =>
        spawn(launch.file, launch.args, {
          cwd: launch.cwd,
          env: { ...this.#environment, ...launch.variables },
          detached: true,
          stdio: [launch.stdin === null ? "ignore" : "pipe", "pipe", "pipe"],
        }),
      );
    } catch (error) {
      // Thrown at once: an argument list too long, a NUL in an argument, no memory.
      this.#fail(id, error);
      return;
    }
    child.once("error", (error) => {
      if (child.pid === undefined) this.#fail(id, error);
    });
    if (child.pid === undefined) return;
    if (launch.nice > 0) lowerPriority(child.pid, launch.nice);
    this.#follow(id, child, this.#groups?.current ?? null);
    this.#groups?.goOn();
    // A program that ends without reading all of its input is no fault of the tuner's.
    child.stdin?.on("error", () => undefined).end(launch.stdin);
  }

  #follow(id: number, child: ChildProcess, group: number | null): void {
    const streams: Readable[] = [];
    for (const name of ["stdout", "stderr"] as const) {
      const stream = child[name];
      if (stream === null || stream === undefined) continue;
      streams.push(stream);
      stream.on("data", (chunk: Buffer) => this.#send(name, id, chunk));
      if (this.#full) stream.pause();
    }
    const program = { child, streams, paused: false };
    this.#programs.set(id, program);
    this.#send("started", id, JSON.stringify({ pid: child.pid, group }));
    let left = streams.length + 1;
    const over = (): void => {
      left -= 1;
      if (left > 0) return;
      this.#programs.delete(id);
      this.#send("closed", id);
    };
    child.once("exit", (code, signal) => {
      this.#send("exited", id, JSON.stringify({ code, signal }));
      over();
      // Node lets what was paused go on at its program's end, though others may hold the pipe and print on.
      setImmediate(() => this.#flow(program));
    });
    for (const stream of streams) onceOver(stream, over);
  }

  #fail(id: number, error: unknown): void {
    const { message, code } = error as NodeJS.ErrnoException;
    this.#send("failed", id, JSON.stringify({ message, code }));
  }

  #pause(program: Program, paused: boolean): void {
    program.paused = paused;
    this.#flow(program);
  }

  #flow({ streams, paused }: Program): void {
    for (const stream of streams) {
      if (paused || this.#full) stream.pause();
      else stream.resume();
    }
  }

  /** What is told in one turn of the loop goes out together. */
  #send(kind: FrameKind, id: number, body?: Buffer | string): void {
    if (this.#frames.length === 0) setImmediate(() => this.#flush());
    this.#frames.push(encodeFrame(kind, id, body));
  }

  #flush(): void {
    const frames = this.#frames;
    this.#frames = [];
    if (frames.length === 0) return;
    this.#told = true;
    if (this.#tuner.destroyed || this.#tuner.write(frames.length === 1 ? frames[0]! : Buffer.concat(frames))) return;
    this.#full = true;
    for (const program of this.#programs.values()) this.#flow(program);
  }

  /** The tuner has taken what was sent. */
  #goOn(): void {
    this.#full = false;
    for (const program of this.#programs.values()) this.#flow(program);
    if (this.#looks.length > 0) this.#lookSoon();
  }

  /** Answers once what lies in the pipes now has been read, and that is not before the tuner takes it. */
  #lookSoon(): void {
    setTimeout(() => {
      setImmediate(() => {
        if (this.#full) return;
        for (const id of this.#looks.splice(0)) this.#send("looked", id);
      });
    }, 0);
  }

  /** The tuner is gone, or needs no programs any more. */
  #end(): void {
    for (const { child } of this.#programs.values()) {
      if (child.pid !== undefined) signalProcess(-child.pid, "SIGKILL");
    }
    // One that stands still would never see that the tuner is gone.
    if (this.#guardian !== null) signalProcess(this.#guardian, "SIGCONT");
    this.#groups?.end();
    process.exit();
  }
}

/** At its end, or when it is given up; the child's own `close` comes a turn of the loop later. */
function onceOver(stream: Readable, tell: () => void): void {
  const over = (): void => {
    stream.off("end", over);
    stream.off("close", over);
    tell();
  };
  stream.once("end", over);
  stream.once("close", over);
}

/** Below this process's own. The program may be over already. */
function lowerPriority(pid: number, nice: number): void {
  try {
    setPriority(pid, Math.min(LEAST_PRIORITY, getPriority() + nice));
  } catch (error) {
    if (!(error instanceof Error && /ESRCH/.test(error.message))) throw error;
  }
}

new LauncherProcess(process.argv[2] ?? null).serve();
