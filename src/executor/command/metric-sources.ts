import { rmSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { setImmediate as immediate } from "node:timers/promises";
import { AttuneError } from "../../errors.ts";
import type { AttemptReader } from "../../protocol/attempt-reader.ts";
import { makeFolders } from "../../protocol/make-folders.ts";
import type { MetricSettings } from "../../protocol/metric-settings.ts";
import type { HasRoom, MetricSource, TakeMetrics } from "../../protocol/metric-source.ts";
import type { MetricWay } from "../../protocol/metric-way.ts";
import type { OutputStream } from "../../protocol/output-reader.ts";
import type { ReadingRules } from "../../protocol/reading-rules.ts";
import { ReportFile } from "../../protocol/report-file.ts";
import type { ReportAddress, ReportServer } from "../../protocol/report-server.ts";
import { unwritableCode } from "../../storage/lacks-room.ts";
import type { JobEvents } from "../executor.ts";
import { orIfRefused } from "../or-if-refused.ts";
import { ReportFlow } from "./report-flow.ts";
import type { WaitReason } from "./waits.ts";

export interface MetricSourcesSetup {
  readonly settings: MetricSettings;
  readonly metrics: readonly string[];
  readonly cwd: string;
  readonly reader: AttemptReader;
  readonly rules: ReadingRules;
  /** The file for reports, or null. */
  readonly reportFile: string | null;
  readonly server: ReportServer;
  /** Whether there is room for more reports, as of {@link JobEvents}. */
  readonly room: JobEvents["room"];
  /** Lets the program wait while there is none, or while too much of its output is held back for files it wrote before. */
  readonly onWait: (reason: WaitReason, wait: boolean) => void;
  /** Puts the trial's values into a path of the settings. */
  readonly fill: (path: string) => string;
  /** A line of the program's as it may be shown. */
  readonly quote: (line: string) => string;
}

/** How often files are looked at. */
const POLL_MS = 250;
/** With this much output held back the program has to wait, so that memory stays bounded. */
const FULL_BYTES = 1_048_576;
/** What is unread of a file when the program is over may be as much as this; more is left out, all of it. */
const MAX_LAST_BYTES = 268_435_456;
/** Each reads a mebibyte: for what grows on after its program. */
const MAX_LAST_TURNS = 256;

/** All places that one attempt's metrics may come from: its output, and what it writes or posts elsewhere. */
export class MetricSources {
  readonly #reader: AttemptReader;
  readonly #flow: ReportFlow;
  readonly #onWait: MetricSourcesSetup["onWait"];
  #reportFile: OpenReportFile | null = null;
  #address: ReportAddress | null = null;
  readonly #sources: MetricSource[] = [];
  #timer: NodeJS.Timeout | null = null;
  #next: NodeJS.Immediate | null = null;
  /** Output that came while there was no room for reports. */
  #unread: (readonly [stream: OutputStream, chunk: Buffer])[] = [];
  #unreadBytes = 0;
  #behind = false;
  #endless = false;
  #over = false;

  private constructor({ reader, room, onWait }: MetricSourcesSetup) {
    this.#reader = reader;
    this.#onWait = onWait;
    this.#flow = new ReportFlow({ room, onWait: (wait) => onWait("reports", wait), goOn: () => this.#poll() });
  }

  static async open(setup: MetricSourcesSetup): Promise<MetricSources> {
    const sources = new MetricSources(setup);
    await sources.#open(setup);
    sources.#timer = setInterval(() => sources.#poll(), POLL_MS);
    sources.#timer.unref();
    return sources;
  }

  async #open({
    settings,
    reader,
    rules,
    server,
    reportFile,
    metrics,
    cwd,
    fill,
    quote,
  }: MetricSourcesSetup): Promise<void> {
    const take =
      (way: MetricWay): TakeMetrics =>
      (step, values, besides) =>
        reader.take(way, step, values, besides);
    const hasRoom = (): boolean => this.#flow.room() === null;
    if (settings.http === true) {
      this.#address = await server.open({ take: take("http"), room: () => this.#flow.room() });
    }
    if (reportFile !== null) {
      this.#reportFile = openReportFile(reportFile, take("report-file"), hasRoom, quote);
      this.#sources.push(this.#reportFile.source);
    }
    if (settings.file !== undefined) {
      const paths = new Map(metrics.map((name) => [name, settings.paths?.[name] ?? name]));
      this.#sources.push(await rules.file(resolve(cwd, fill(settings.file)), paths, take("metric-file")));
    }
    if (settings.tensorboard !== undefined) {
      const { EventFolder } = await import("../../protocol/tensorboard/event-folder.ts");
      const folder = resolve(cwd, fill(settings.tensorboard));
      this.#sources.push(new EventFolder(folder, metrics, take("tensorboard"), hasRoom));
    }
  }

  /** What the program is told of them. */
  get variables(): Record<string, string> {
    const variables: Record<string, string> = {};
    if (this.#reportFile !== null) variables.ATTUNE_REPORT_FILE = this.#reportFile.path;
    if (this.#address !== null) {
      variables.ATTUNE_REPORT_URL = this.#address.url;
      variables.ATTUNE_REPORT_TOKEN = this.#address.token;
    }
    return variables;
  }

  /** Sentences about where metrics were looked for and not found. */
  get problems(): readonly string[] {
    return this.#sources.map(({ problem }) => problem).filter((problem) => problem !== null);
  }

  /** Sentences about what cannot be read, to be told in any case. */
  get unreadable(): readonly string[] {
    return this.#sources.map(({ unreadable }) => unreadable).filter((sentence) => sentence !== null);
  }

  /** Whether so much was unread at the end that the rest was left out. */
  get endless(): boolean {
    return this.#endless;
  }

  /** Takes output; it is read once there is room for the reports in it, which the program is made to wait for. */
  push(stream: OutputStream, chunk: Buffer): void {
    this.#unread.push([stream, chunk]);
    this.#unreadBytes += chunk.length;
    this.#readOutput();
    this.#wait(this.#unreadBytes >= FULL_BYTES);
  }

  /**
   * The program is over: the rest of everything is read, as there comes room for it; last lines without a line end only when it
   * ended by itself (`whole`). What is appended from now on is not read, nor anything more once `kill` is aborted.
   */
  async end(whole: boolean, kill: AbortSignal | null = null): Promise<void> {
    if (this.#timer !== null) clearInterval(this.#timer);
    await this.#all(() => this.#readOutput(), kill);
    for (const source of this.#sources) {
      // The reading under way may have begun, and found its end, before the program was over.
      for (let round = 0; round < 2; round++) await this.#all(() => source.poll(), kill);
      source.end(whole);
    }
    this.#over = true;
    this.#address?.close();
    this.#reader.end(whole);
    if (this.#reportFile !== null) removePlainFile(this.#reportFile.path);
  }

  /** Reads turn by turn until that is all, or goes on for ever. */
  async #all(read: () => boolean, kill: AbortSignal | null): Promise<void> {
    for (let turns = 0; !this.#endless && !read(); ) {
      if (kill?.aborted) return;
      const room = this.#flow.room();
      if (room === null) turns += 1;
      this.#endless = turns > MAX_LAST_TURNS || this.#sources.some(({ unread = 0 }) => unread > MAX_LAST_BYTES);
      await (room ?? immediate());
    }
  }

  #wait(behind: boolean): void {
    if (this.#behind === behind) return;
    this.#behind = behind;
    this.#onWait("files", behind);
  }

  #poll(): void {
    if (this.#over) return;
    let all = true;
    for (const source of this.#sources) all = source.poll() && all;
    all = this.#readOutput() && all;
    if (!all && this.#flow.room() === null) this.#goOn();
  }

  /** What was too much for one go is not left until the next tick. */
  #goOn(): void {
    this.#next ??= setImmediate(() => {
      this.#next = null;
      this.#poll();
    });
  }

  /** False when it was too much for one go, or there was not room for all. */
  #readOutput(): boolean {
    while (this.#unread.length > 0) {
      // What a program reported before it printed the same must be known before the line is read.
      const behind = this.#reportFile?.source.poll() === false;
      if (this.#flow.room() !== null) return false;
      if (behind) {
        this.#goOn();
        return false;
      }
      const [stream, chunk] = this.#unread.shift()!;
      this.#unreadBytes -= chunk.length;
      this.#reader.push(stream, chunk);
    }
    this.#wait(false);
    // The program waits from now on when that took all the room, not from its next words on.
    this.#flow.room();
    return true;
  }
}

interface OpenReportFile {
  readonly path: string;
  readonly source: ReportFile;
}

/** The file is made by the program that writes to it: few do, and a folder of mode 0700 keeps it from others. */
function openReportFile(
  path: string,
  take: TakeMetrics,
  hasRoom: HasRoom,
  quote: (line: string) => string,
): OpenReportFile {
  try {
    makeFolders(dirname(path));
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new AttuneError(
      unwritableCode(cause),
      `The folder for a trial's reports could not be made (${why}); free some space, or check who may write there.`,
      { cause },
    );
  }
  removePlainFile(path);
  return { path, source: new ReportFile(path, take, hasRoom, quote) };
}

/** What cannot be removed, as a folder that a program made there, stays for `attune gc`. */
function removePlainFile(path: string): void {
  orIfRefused(
    () => rmSync(path, { force: true }),
    () => undefined,
  );
}
