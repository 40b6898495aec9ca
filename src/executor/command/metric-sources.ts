import { mkdirSync, rmSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { AttemptReader } from "../../protocol/attempt-reader.ts";
import type { MetricSettings } from "../../protocol/metric-settings.ts";
import type { HasRoom, MetricSource, TakeMetrics } from "../../protocol/metric-source.ts";
import type { MetricWay } from "../../protocol/metric-way.ts";
import type { OutputStream } from "../../protocol/output-reader.ts";
import type { ReadingRules } from "../../protocol/reading-rules.ts";
import { ReportFile } from "../../protocol/report-file.ts";
import type { ReportAddress, ReportServer } from "../../protocol/report-server.ts";
import type { JobEvents } from "../executor.ts";
import { ReportFlow } from "./report-flow.ts";

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
  /** Lets the program wait while there is none. */
  readonly onWait: (wait: boolean) => void;
  /** Puts the trial's values into a path of the settings. */
  readonly fill: (path: string) => string;
  /** A line of the program's as it may be shown. */
  readonly quote: (line: string) => string;
}

/** How often files are looked at. */
const POLL_MS = 250;

/** All places that one attempt's metrics may come from: its output, and what it writes or posts elsewhere. */
export class MetricSources {
  readonly #reader: AttemptReader;
  readonly #flow: ReportFlow;
  #reportFile: OpenReportFile | null = null;
  #address: ReportAddress | null = null;
  readonly #sources: MetricSource[] = [];
  readonly #errors: string[] = [];
  #timer: NodeJS.Timeout | null = null;
  /** Output that came while there was no room for reports. */
  #unread: (readonly [stream: OutputStream, chunk: Buffer])[] = [];
  #over = false;

  private constructor({ reader, room, onWait }: MetricSourcesSetup) {
    this.#reader = reader;
    this.#flow = new ReportFlow({ room, onWait, goOn: () => this.#poll() });
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

  /** Sentences about what could not be read. */
  get problems(): readonly string[] {
    const problems = this.#sources.map(({ problem }) => problem).filter((problem) => problem !== null);
    return [...this.#errors, ...problems];
  }

  /** Takes output; it is read once there is room for the reports in it, which the program is made to wait for. */
  push(stream: OutputStream, chunk: Buffer): void {
    this.#unread.push([stream, chunk]);
    this.#readOutput();
  }

  /**
   * The program is over: the rest of everything is read, as there comes room for it; last lines without a line end only when it
   * ended by itself (`whole`).
   */
  async end(whole: boolean): Promise<void> {
    if (this.#timer !== null) clearInterval(this.#timer);
    while (!this.#readOutput()) await this.#flow.room();
    for (const source of this.#sources) {
      while (!this.#look(source)) await this.#flow.room();
      this.#guard(() => source.end(whole));
    }
    this.#over = true;
    this.#address?.close();
    this.#reader.end(whole);
    if (this.#reportFile !== null) rmSync(this.#reportFile.path, { force: true });
  }

  #poll(): void {
    if (this.#over) return;
    for (const source of this.#sources) this.#look(source);
    this.#readOutput();
  }

  /** False when there was not room for all. */
  #readOutput(): boolean {
    while (this.#unread.length > 0) {
      // What a program reported before it printed the same must be known before the line is read.
      if (this.#reportFile !== null) this.#look(this.#reportFile.source);
      if (this.#flow.room() !== null) return false;
      this.#reader.push(...this.#unread.shift()!);
    }
    // The program waits from now on when that took all the room, not from its next words on.
    this.#flow.room();
    return true;
  }

  /** False when the source has more than there was room for. */
  #look(source: MetricSource): boolean {
    let all = true;
    this.#guard(() => {
      all = source.poll();
    });
    return all;
  }

  /** A file that cannot be read is told at the end and ends nothing. */
  #guard(look: () => void): void {
    try {
      look();
    } catch (error) {
      if (!(error instanceof Error && "code" in error)) throw error;
      if (!this.#errors.includes(error.message)) this.#errors.push(error.message);
    }
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
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  rmSync(path, { force: true });
  return { path, source: new ReportFile(path, take, hasRoom, quote) };
}
