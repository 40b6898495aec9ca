import { type ChildProcess, spawn } from "node:child_process";
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { fileURLToPath } from "node:url";
import { AttuneError } from "../../errors.ts";
import type { OutputStream } from "../../protocol/output-reader.ts";
import { compileCacheVariables } from "../../storage/compile-cache-variables.ts";
import { lacksRoom } from "../../storage/lacks-room.ts";
import { currentProcess } from "../process-identity.ts";
import { keepSpareDescriptor } from "../spare-descriptor.ts";
import { tunerMark } from "../tuner-mark.ts";
import { removeControlGroup } from "./control-group.ts";
import { encodeFrame, type FrameKind } from "./frame.ts";
import { FrameReader } from "./frame-reader.ts";
import { LAUNCHER_OF } from "./helper-mark.ts";
import type { Launch } from "./launch.ts";
import { type ProgramGroup, ProgramGroups } from "./program-groups.ts";
import { requireDescriptors } from "./require-descriptors.ts";
import { makeTunerGroup } from "./tuner-group.ts";
import { wakeStrays } from "./wake-strays.ts";

/** What is told of a program: `started` or `failed` first, `exited` before `closed`, nothing after that; `lost` at any time. */
export interface LaunchEvents {
  /** `group`: its control group, or null where it has none. */
  started(pid: number, group: ProgramGroup | null): void;
  failed(error: Error): void;
  output(stream: OutputStream, chunk: Buffer): void;
  exited(code: number | null, signal: NodeJS.Signals | null): void;
  /** Nobody holds its output any more. */
  closed(): void;
  /** The launcher died: nobody will tell how the program ends. */
  lost(): void;
}

/** A program that was started, or is about to. */
export interface LaunchedProgram {
  /** Reads no output until `resume`; what has been read already still comes. */
  pause(): void;
  resume(): void;
  /** Reads its output no further, whoever holds the other end. */
  abandon(): void;
  /** Resolves once everything that the program has printed by now has been told, unless it is paused. */
  look(): Promise<void>;
}

/** What it does is too little to be worth compiling better, and threads make it larger. */
const LEAN = ["--no-opt", "--no-maglev", "--v8-pool-size=1"];

/** A launcher that somebody stopped stands still for so many ms at most while a program is waited for. */
const WAKE_MS = 200;

/** More starts than this without the end of a program mean that something keeps ending it. */
const MAX_STARTS = 10;

interface Running {
  readonly process: ChildProcess;
  readonly pipe: Duplex;
  readonly groups: ProgramGroups | null;
}

/** The process that starts a tuner's programs: see `launcher-main.ts`. */
export class Launcher {
  readonly #onStart: (pid: number, group: string | null) => void;
  readonly #programs = new Map<number, LaunchEvents>();
  readonly #looks = new Map<number, () => void>();
  #environment: NodeJS.ProcessEnv = {};
  #running: Running | null = null;
  #last = 0;
  #starts = 0;
  #guardian: number | null = null;
  #waking: NodeJS.Timeout | null = null;

  /** `onStart`: told the id of each launcher's process, and the control group with those of its programs. */
  constructor(onStart: (pid: number, group: string | null) => void = () => undefined) {
    this.#onStart = onStart;
  }

  /** Id of the launcher's process, or null. */
  get pid(): number | null {
    return this.#running?.process.pid ?? null;
  }

  /** What all programs have in their environment; to be told before the first one is launched. */
  setEnvironment(environment: NodeJS.ProcessEnv): void {
    this.#environment = environment;
    this.#send("environment", 0, JSON.stringify(environment));
  }

  /** Starts the launcher's process, unless it runs; it takes a while to load. Throws AttuneError when it died again and again. */
  start(): void {
    if (this.#running !== null) return;
    keepSpareDescriptor();
    requireDescriptors();
    this.#starts += 1;
    if (this.#last === 0) void wakeStrays();
    if (this.#starts > MAX_STARTS) {
      throw new AttuneError(
        "user-code",
        `The process that starts the programs was killed ${MAX_STARTS} times in a row; see whether a program kills its parent, and run again.`,
      );
    }
    const file = import.meta.url.endsWith(".ts") ? "./launcher-main.ts" : "./launcher-main.js";
    const group = makeTunerGroup();
    const words = [fileURLToPath(new URL(file, import.meta.url)), ...(group === null ? [] : [group])];
    const child = spawn(process.execPath, [...LEAN, ...words], {
      detached: true,
      // Neither the user's options for Node, nor the marker of a tuner this one runs in.
      env: {
        ...process.env,
        ...compileCacheVariables(),
        NODE_OPTIONS: undefined,
        ATTUNE_RUN: undefined,
        [LAUNCHER_OF]: tunerMark(currentProcess()),
      },
      // Not this process's own: Node makes what a child inherits block, for both, and a write to a full pipe would hold up the tuner.
      stdio: ["ignore", "ignore", "pipe", "pipe"],
    });
    // Without room for a process there are no pipes either.
    const pipe = (child.stdio as ChildProcess["stdio"] | undefined)?.[3];
    if (child.pid === undefined || pipe === undefined || pipe === null) {
      if (group !== null) removeControlGroup(group);
      this.#starts -= 1;
      const waiting = [...this.#programs.keys()];
      child.once("error", (error) => this.#refuse(waiting, error));
      return;
    }
    const running = { process: child, pipe: pipe as Duplex, groups: group === null ? null : new ProgramGroups(group) };
    this.#running = running;
    const gone = (): void => this.#gone(running);
    child.once("exit", gone);
    child.once("error", gone);
    running.pipe.on("error", gone);
    const reader = new FrameReader((kind, program, body) => this.#take(kind, program, body));
    running.pipe.on("data", (chunk: Buffer) => reader.push(chunk));
    this.#send("environment", 0, JSON.stringify(this.#environment));
    if (this.#guardian !== null) this.#send("guardian", this.#guardian);
    handOn(child.stderr as Socket);
    child.unref();
    this.#hold();
    this.#onStart(child.pid, group);
  }

  /** Starts a program in a process group of its own. */
  launch(launch: Launch, events: LaunchEvents): LaunchedProgram {
    this.#last += 1;
    const id = this.#last;
    this.#programs.set(id, events);
    try {
      this.start();
    } catch (error) {
      if (lacksRoom(error) === null) {
        this.#programs.delete(id);
        throw error;
      }
      const refused = error as Error;
      queueMicrotask(() => this.#refuse([id], refused));
    }
    this.#hold();
    this.#send("start", id, JSON.stringify(launch));
    return {
      pause: () => this.#send("pause", id),
      resume: () => this.#send("resume", id),
      abandon: () => this.#send("abandon", id),
      look: () => this.#look(id),
    };
  }

  /** Lets a launcher that was stopped (SIGSTOP) go on at once: it alone starts programs and can tell how they end. */
  wake(): void {
    this.#running?.process.kill("SIGCONT");
  }

  /** A process that the launcher lets go on when the tuner dies, should it have been stopped. */
  wakes(guardian: number): void {
    this.#guardian = guardian;
    this.#send("guardian", guardian);
  }

  /** Lets the launcher go; what still runs is killed. */
  end(): void {
    const running = this.#running;
    this.#running = null;
    running?.pipe.end();
    // One that stands still would never see it.
    running?.process.kill("SIGCONT");
  }

  #send(kind: FrameKind, program: number, body?: string): void {
    this.#running?.pipe.write(encodeFrame(kind, program, body));
  }

  #look(id: number): Promise<void> {
    if (!this.#programs.has(id) || this.#running === null) return Promise.resolve();
    return new Promise((resolve) => {
      this.#looks.set(id, resolve);
      this.#send("look", id);
    });
  }

  #take(kind: FrameKind, id: number, body: Buffer): void {
    const groups = this.#running?.groups ?? null;
    if (kind === "left") {
      groups?.left(id);
      return;
    }
    if (kind === "looked") {
      this.#looks.get(id)?.();
      this.#looks.delete(id);
      return;
    }
    const events = this.#programs.get(id);
    if (kind === "failed" || kind === "closed") {
      this.#starts = 1;
      this.#forget(id);
    }
    if (events !== undefined) tell(events, kind, body, groups);
  }

  #forget(id: number): void {
    this.#programs.delete(id);
    this.#looks.get(id)?.();
    this.#looks.delete(id);
    this.#hold();
  }

  /** Only a program that somebody waits for keeps this process alive, and the launcher awake. */
  #hold(): void {
    const pipe = this.#running?.pipe as { ref?: () => void; unref?: () => void } | undefined;
    if (this.#programs.size > 0) {
      pipe?.ref?.();
      this.#waking ??= setInterval(() => this.wake(), WAKE_MS).unref();
    } else {
      pipe?.unref?.();
      if (this.#waking !== null) clearInterval(this.#waking);
      this.#waking = null;
    }
  }

  /** The launcher could not be started, and so nothing can. */
  #refuse(programs: readonly number[], error: Error): void {
    for (const id of programs) {
      const events = this.#programs.get(id);
      this.#forget(id);
      events?.failed(error);
    }
  }

  #gone(running: Running): void {
    if (this.#running !== running) return;
    this.#running = null;
    running.pipe.destroy();
    running.groups?.end();
    const programs = [...this.#programs.values()];
    for (const id of [...this.#programs.keys()]) this.#forget(id);
    for (const events of programs) events.lost();
  }
}

/** What a launcher says of its own end, which is nothing as a rule. It keeps nobody alive. */
function handOn(words: Socket): void {
  words.on("data", (chunk: Buffer) => process.stderr.write(chunk));
  words.on("error", () => undefined);
  words.unref();
}

function tell(events: LaunchEvents, kind: FrameKind, body: Buffer, groups: ProgramGroups | null): void {
  if (kind === "stdout" || kind === "stderr") events.output(kind, body);
  else if (kind === "started") {
    const { pid, group } = JSON.parse(body.toString()) as { pid: number; group: number | null };
    events.started(pid, group === null ? null : (groups?.join(group) ?? null));
  } else if (kind === "failed") events.failed(errorFrom(body));
  else if (kind === "closed") events.closed();
  else if (kind === "exited") {
    const { code, signal } = JSON.parse(body.toString()) as { code: number | null; signal: NodeJS.Signals | null };
    events.exited(code, signal);
  }
}

function errorFrom(body: Buffer): Error {
  const { message, code } = JSON.parse(body.toString()) as { message: string; code?: string };
  return Object.assign(new Error(message), { code });
}
