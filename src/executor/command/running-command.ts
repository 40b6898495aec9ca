import { setTimeout as delay } from "node:timers/promises";
import type { RenderedCommand } from "../../protocol/render-command.ts";
import { faultPoint } from "../../storage/fault-point.ts";
import { AwakeTimer } from "../awake-timer.ts";
import type { JobControl, JobEvents } from "../executor.ts";
import { CommandOutput } from "./command-output.ts";
import { FrozenTree } from "./frozen-tree.ts";
import type { Guardian } from "./guardian.ts";
import type { LaunchedProgram, Launcher } from "./launcher.ts";
import type { LimitBreach } from "./limit-breach.ts";
import { LimitWatch } from "./limit-watch.ts";
import type { MemoryWatch } from "./memory-watch.ts";
import type { MetricSources } from "./metric-sources.ts";
import type { OomWatch } from "./oom-watch.ts";
import { findMarked, killMarked } from "./process-tree.ts";
import type { ProgramGroup } from "./program-groups.ts";
import type { SecretRedactor } from "./secret-redactor.ts";
import { signalProcess } from "./signal-process.ts";
import { StopRequest } from "./stop-request.ts";
import type { TrialLimits } from "./trial-limits.ts";
import { type WaitReason, Waits } from "./waits.ts";

export interface CommandSetup {
  readonly command: RenderedCommand;
  readonly cwd: string;
  /** The program's variables besides those that all programs have. */
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** What the program reads from its standard input; null for nothing. */
  readonly stdin: string | null;
  /** In the environment of every process of this attempt. */
  readonly marker: string;
  readonly logFile: string | null;
  /** Stands in the log before what the program prints; the log then goes on where it is. Null: nothing does. */
  readonly logTitle: string | null;
  /** Bytes of output kept in the log, or null for all. */
  readonly logLimit: number | null;
  readonly redactor: SecretRedactor;
  /** How long output may go on after the program's exit, in ms. */
  readonly drainMs: number;
  /** File that appears when the program should end, or null. */
  readonly stopFile: string | null;
  /** What a program gets to end by itself after a limit, in ms; a tenth of it stands between stop file and SIGTERM. */
  readonly graceMs: number;
  readonly limits: TrialLimits;
  /** Niceness to add, 0 to 19. */
  readonly nice: number;
  readonly memory: MemoryWatch;
  readonly oom: OomWatch;
  readonly launcher: Launcher;
  readonly guardian: Guardian;
  /** Reads the output. */
  readonly metrics: MetricSources;
  readonly control: JobControl;
  /** Called when the program has begun. */
  readonly onStart: () => void;
}

/** How a process ended. `startError`: it never ran. */
export interface CommandEnd {
  readonly startError: Error | null;
  /** Nobody can tell how it ended: the launcher died. */
  readonly lost: boolean;
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  /** The tuner asked it to end before it had. */
  readonly stopped: boolean;
  /** It had to be killed, so that what it was writing may be torn. */
  readonly killed: boolean;
  /** The limit for which it was ended, or null. */
  readonly breach: LimitBreach | null;
  /** The kernel killed processes of this machine for want of memory meanwhile. */
  readonly oomKilled: boolean;
  /** No process of its group was left to be killed, nor anybody who held its pipes. */
  readonly alone: boolean;
  /** Its output is no text. */
  readonly binary: boolean;
  readonly tail: string;
  readonly logProblem: Error | null;
}

/** How long what a stopped program left may go on saving, unless it is killed before; looked at this often. */
const STOPPED_DRAIN_MS = 10_000;
const HEAD_START_SHARE = 0.1;
/** From here on a shell's exit code is that of a signal. */
const SHELL_KILLED = 128;
const STOPPED_LOOK_MS = 50;
/** Silent intervals are waited for this often before a pipe that somebody still holds is given up. */
const MAX_DRAIN_ROUNDS = 20;

/** One program run to its end: its group guarded, its output read and logged, nothing of it left behind. */
export class RunningCommand {
  readonly #setup: CommandSetup;
  readonly #output: CommandOutput;
  readonly #ended = Promise.withResolvers<void>();
  readonly #limits: LimitWatch;
  readonly #request: StopRequest;
  readonly #oomKills: number | null;
  #breach: LimitBreach | null = null;
  #killTimer: AwakeTimer | null = null;
  #killed = false;
  #group: number | null = null;
  #controlGroup: ProgramGroup | null = null;
  #program: LaunchedProgram | null = null;
  #beforeStart: (() => void)[] = [];
  #startError: Error | null = null;
  #lost = false;
  #exited = false;
  #stopped = false;
  #exitCode: number | null = null;
  #signal: NodeJS.Signals | null = null;
  #drainTimer: NodeJS.Timeout | null = null;
  #bytesAtDrain = -1;
  readonly #waits = new Waits((waits) => this.#onWait(waits));
  #over = false;
  #frozen: FrozenTree | null = null;
  #freezing = false;
  #sweep: Promise<unknown> | null = null;
  #alone = false;

  constructor(setup: CommandSetup) {
    this.#setup = setup;
    this.#oomKills = setup.oom.begin();
    this.#output = new CommandOutput({
      ...setup,
      onData: () => this.#limits.sign(),
      onWait: (wait) => this.wait("log", wait),
    });
    const look = (): Promise<void> => this.#look();
    this.#limits = new LimitWatch(setup.limits, setup.memory, look, (breach) => this.#onBreach(breach));
    this.#request = new StopRequest(setup.stopFile, setup.graceMs * HEAD_START_SHARE);
  }

  /** The program gave a sign of life elsewhere than in its output. */
  sign(): void {
    this.#limits.sign();
  }

  /** Its pipes are not read, and no sign of life is asked of it, while there is something that it has to wait for. */
  wait(reason: WaitReason, wait: boolean): void {
    this.#waits.set(reason, wait);
  }

  /** Stops the program in memory with all that it started: answers the bytes it holds then, or why it goes on (see {@link JobEvents.unfrozen}). */
  async freeze(): Promise<number | string | null> {
    if (this.#group === null || this.#isEnding) return null;
    const { marker } = this.#setup;
    const tree = await FrozenTree.freeze({ group: this.#group, marker, controlGroup: this.#controlGroup });
    if (typeof tree === "string") return tree;
    this.#limits.hold();
    // What it printed before is told before it counts as frozen.
    await this.#look();
    this.#frozen = tree;
    if (!this.#isEnding) return tree.bytes;
    this.thaw();
    return null;
  }

  /** Lets a frozen program go on. */
  thaw(): void {
    this.#frozen?.thaw();
    this.#frozen = null;
    this.#limits.goOn();
  }

  get #isEnding(): boolean {
    return this.#exited || this.#stopped || this.#killed || this.#breach !== null;
  }

  /** Somebody else sent it a signal to go on: its trial is paused, so it is stopped again. */
  async #freezeAgain(): Promise<void> {
    if (this.#freezing || this.#frozen === null) return;
    this.#freezing = true;
    const refused = await this.#frozen.again();
    this.#freezing = false;
    if (refused !== null && this.#frozen !== null) this.#kill();
  }

  async run(): Promise<CommandEnd> {
    const { control, guardian } = this.#setup;
    const stop = (): void => this.#stop(() => this.#ask());
    const kill = (): void => this.#stop(() => this.#kill());
    control.stop.addEventListener("abort", stop, { once: true });
    control.kill.addEventListener("abort", kill, { once: true });
    try {
      this.#start();
      await this.#ended.promise;
      if (this.#stopped || this.#breach !== null) await this.#letFinish();
    } finally {
      this.#limits.end();
      control.stop.removeEventListener("abort", stop);
      control.kill.removeEventListener("abort", kill);
    }
    this.#over = true;
    if (this.#drainTimer !== null) clearTimeout(this.#drainTimer);
    this.#killTimer?.clear();
    await this.#request.end();
    await this.#endLeftovers();
    if (this.#group !== null) guardian.remove(this.#group);
    const logProblem = await this.#output.close(this.#endedByItself, control.kill);
    faultPoint("executor.before-exit-record");
    return {
      startError: this.#startError,
      lost: this.#lost,
      exitCode: this.#exitCode,
      signal: this.#signal,
      stopped: this.#stopped,
      killed: this.#killed,
      breach: this.#breach,
      oomKilled: this.#exitCode !== 0 && this.#setup.oom.killedSince(this.#oomKills),
      alone: this.#alone,
      binary: this.#output.binary,
      tail: this.#output.tail,
      logProblem,
    };
  }

  /**
   * True when nothing that may have printed was killed: neither the program (a shell answers 128 and more for what it started), nor
   * what held its pipes after its end.
   */
  get #endedByItself(): boolean {
    const code = this.#exitCode;
    const killed = this.#killed || this.#sweep !== null || this.#setup.oom.killedSince(this.#oomKills);
    return code !== null && code < SHELL_KILLED && !killed;
  }

  #onWait(waits: boolean): void {
    // A look that was under way meanwhile says nothing of the pipes' silence.
    this.#bytesAtDrain = -1;
    this.#limits.wait(waits);
    if (waits) this.#program?.pause();
    else this.#program?.resume();
  }

  #start(): void {
    const { command, cwd, variables, stdin, nice, launcher } = this.#setup;
    const [file, args] =
      "shell" in command ? ["/bin/sh", ["-c", "--", command.shell]] : [command.argv[0]!, command.argv.slice(1)];
    faultPoint("executor.before-spawn");
    this.#program = launcher.launch(
      { file, args, cwd, variables, stdin, nice },
      {
        started: (pid, group) => this.#onStart(pid, group),
        failed: (error) => this.#fail(error),
        output: (stream, chunk) => {
          if (!this.#over) this.#output.push(stream, chunk);
          void this.#freezeAgain();
        },
        exited: (code, signal) => this.#onExit(code, signal),
        closed: () => this.#ended.resolve(),
        lost: () => this.#onLost(),
      },
    );
  }

  #onStart(pid: number, controlGroup: ProgramGroup | null): void {
    const { guardian, marker } = this.#setup;
    this.#group = pid;
    this.#controlGroup = controlGroup;
    this.#setup.onStart();
    faultPoint("executor.after-spawn");
    guardian.add(pid);
    faultPoint("executor.after-guardian-add");
    this.#limits.start(pid, marker);
    for (const act of this.#beforeStart.splice(0)) act();
  }

  #fail(error: Error): void {
    this.#startError = error;
    this.#ended.resolve();
  }

  #onLost(): void {
    this.#lost = !this.#exited;
    this.#kill();
    this.#ended.resolve();
  }

  #stop(act: () => void): void {
    if (this.#group === null) {
      this.#setup.launcher.wake();
      this.#beforeStart.push(() => this.#stop(act));
      return;
    }
    this.#stopped ||= !this.#exited && this.#breach === null;
    act();
  }

  /** Memory runs out at once for everybody; any other limit leaves the program its grace. */
  #onBreach(breach: LimitBreach): void {
    if (this.#exited || this.#stopped) return;
    this.#breach = breach;
    if (breach.limit === "memory") this.#kill();
    else {
      this.#ask();
      this.#killTimer = new AwakeTimer(this.#setup.graceMs, () => this.#kill());
    }
  }

  /** Whatever has come through by now is known when this resolves, be it that the launcher was stopped. */
  async #look(): Promise<void> {
    this.#setup.launcher.wake();
    await this.#program?.look();
  }

  #ask(): void {
    if (this.#exited) return;
    this.#limits.end();
    this.#setup.launcher.wake();
    const signal = (): void => {
      if (this.#exited || this.#group === null) return;
      signalProcess(-this.#group, "SIGTERM");
      // A program stopped by SIGSTOP or Ctrl-Z would never see the request.
      signalProcess(-this.#group, "SIGCONT");
      this.#frozen?.terminate();
      this.#frozen = null;
    };
    // A frozen one sees the file when it is woken, which is by the signal: it is to train no further.
    if (this.#frozen === null) this.#request.begin(signal);
    else this.#request.begin(signal, 0);
  }

  #kill(): void {
    this.#killed = true;
    this.#sweep = this.#killLeftovers();
    this.#setup.launcher.wake();
    if (this.#exited) this.#drain(1);
  }

  #onExit(code: number | null, signal: NodeJS.Signals | null): void {
    this.#exited = true;
    this.#limits.end();
    this.#exitCode = code;
    this.#signal = signal;
    this.#drain(0);
  }

  /** Somebody may hold the pipes after the program's exit: gives them a moment, kills them, and goes on without them. */
  #drain(round: number): void {
    const { drainMs } = this.#setup;
    const wait =
      (this.#stopped || this.#breach !== null) && round === 0 ? Math.max(drainMs, STOPPED_DRAIN_MS) : drainMs;
    if (this.#drainTimer !== null) clearTimeout(this.#drainTimer);
    this.#drainTimer = setTimeout(() => void this.#lookAtPipes(round), wait);
  }

  /** While the pipes have to wait, nothing is said by their silence and no round counts. */
  async #lookAtPipes(round: number): Promise<void> {
    await this.#program?.look();
    if (this.#over) return;
    const { bytes } = this.#output;
    const paused = this.#waits.any;
    const silent = bytes === this.#bytesAtDrain && !paused;
    this.#bytesAtDrain = bytes;
    if (round === 0) this.#sweep = this.#killLeftovers();
    if (!paused && (round >= MAX_DRAIN_ROUNDS || (round > 0 && silent))) this.#abandonPipes();
    else this.#drain(paused && round > 0 ? round : round + 1);
  }

  #abandonPipes(): void {
    this.#program?.abandon();
    this.#ended.resolve();
  }

  /** A shell dies of SIGTERM at once, while the program it started still saves its work: that is part of the grace. */
  async #letFinish(): Promise<void> {
    const { marker } = this.#setup;
    for (let waited = 0; waited < STOPPED_DRAIN_MS && !this.#killed; waited += STOPPED_LOOK_MS) {
      if ((await findMarked([marker])).length === 0 && (this.#controlGroup?.isEmpty() ?? true)) return;
      await delay(STOPPED_LOOK_MS);
    }
    await this.#killLeftovers();
  }

  async #killLeftovers(): Promise<void> {
    if (this.#group !== null) signalProcess(-this.#group, "SIGKILL");
    this.#controlGroup?.kill();
    await killMarked([this.#setup.marker]);
  }

  /** What the program left in its group is ended with it; the look at all processes only when there is reason to. */
  async #endLeftovers(): Promise<void> {
    const left = this.#group !== null && signalProcess(-this.#group, "SIGKILL");
    const more = this.#controlGroup?.leave() ?? 0;
    this.#alone = !left && more === 0 && this.#sweep === null;
    await this.#sweep;
  }
}
