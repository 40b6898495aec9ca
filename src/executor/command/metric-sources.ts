import { mkdirSync, rmSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { MetricReader } from "../../protocol/metric-reader.ts";
import type { MetricSettings } from "../../protocol/metric-settings.ts";
import type { MetricSource, TakeMetrics } from "../../protocol/metric-source.ts";
import type { MetricWay } from "../../protocol/metric-way.ts";
import type { OutputStream } from "../../protocol/output-reader.ts";
import { ReportFile } from "../../protocol/report-file.ts";
import type { ReportAddress, ReportServer } from "../../protocol/report-server.ts";

export interface MetricSourcesSetup {
  readonly settings: MetricSettings;
  readonly metrics: readonly string[];
  readonly cwd: string;
  readonly reader: MetricReader;
  /** The file for reports, or null. */
  readonly reportFile: string | null;
  readonly server: ReportServer;
  /** Puts the trial's values into a path of the settings. */
  readonly fill: (path: string) => string;
}

/** How often files are looked at. */
const POLL_MS = 250;

/** All places that one attempt's metrics may come from: its output, and what it writes or posts elsewhere. */
export class MetricSources {
  readonly #reader: MetricReader;
  readonly #reportFile: { readonly path: string; readonly source: ReportFile } | null;
  readonly #sources: readonly MetricSource[];
  readonly #address: ReportAddress | null;
  readonly #errors: string[] = [];
  readonly #timer: NodeJS.Timeout;

  private constructor(reader: MetricReader, parts: SourceParts) {
    this.#reader = reader;
    this.#reportFile = parts.reportFile;
    this.#sources = parts.sources;
    this.#address = parts.address;
    this.#timer = setInterval(() => this.#poll(), POLL_MS);
    this.#timer.unref();
  }

  static async open(setup: MetricSourcesSetup): Promise<MetricSources> {
    const { settings, reader, server } = setup;
    const take =
      (way: MetricWay): TakeMetrics =>
      (step, values) =>
        reader.take(way, step, values);
    const address = settings.http === true ? await server.open(take("http")) : null;
    const reportFile = setup.reportFile === null ? null : openReportFile(setup.reportFile, take("report-file"));
    const sources: MetricSource[] = reportFile === null ? [] : [reportFile.source];
    if (settings.file !== undefined) {
      const { MetricFile } = await import("../../protocol/metric-file.ts");
      const paths = new Map(setup.metrics.map((name) => [name, settings.paths?.[name] ?? name]));
      sources.push(new MetricFile(resolve(setup.cwd, setup.fill(settings.file)), paths, take("metric-file")));
    }
    if (settings.tensorboard !== undefined) {
      const { EventFolder } = await import("../../protocol/tensorboard/event-folder.ts");
      const folder = resolve(setup.cwd, setup.fill(settings.tensorboard));
      sources.push(new EventFolder(folder, setup.metrics, take("tensorboard")));
    }
    return new MetricSources(reader, { reportFile, sources, address });
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

  push(stream: OutputStream, chunk: Buffer): void {
    // What a program reported before it printed the same must be known before the line is read.
    if (this.#reportFile !== null) this.#guard(() => this.#reportFile?.source.poll());
    this.#reader.push(stream, chunk);
  }

  /** The program is over: the rest of everything is read. */
  end(): void {
    clearInterval(this.#timer);
    for (const source of this.#sources) this.#guard(() => source.end());
    this.#address?.close();
    this.#reader.end();
    if (this.#reportFile !== null) rmSync(this.#reportFile.path, { force: true });
  }

  #poll(): void {
    for (const source of this.#sources) this.#guard(() => source.poll());
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

interface SourceParts {
  readonly reportFile: { readonly path: string; readonly source: ReportFile } | null;
  readonly sources: readonly MetricSource[];
  readonly address: ReportAddress | null;
}

/** The file is made by the program that writes to it: few do, and a folder of mode 0700 keeps it from others. */
function openReportFile(path: string, take: TakeMetrics): SourceParts["reportFile"] {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  rmSync(path, { force: true });
  return { path, source: new ReportFile(path, take) };
}
