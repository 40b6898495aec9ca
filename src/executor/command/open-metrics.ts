import type { AttemptReader } from "../../protocol/attempt-reader.ts";
import { readCommandTemplate } from "../../protocol/command-template.ts";
import type { LinePattern } from "../../protocol/line-pattern.ts";
import type { MetricSettings } from "../../protocol/metric-settings.ts";
import { NEWEST_READER, readerVersionOf } from "../../protocol/reader-version.ts";
import { readingRules } from "../../protocol/reading-rules.ts";
import { type RenderValues, renderCommand } from "../../protocol/render-command.ts";
import type { ReportServer } from "../../protocol/report-server.ts";
import { readValueRule } from "../../protocol/value-rule.ts";
import type { Job, JobEvents } from "../executor.ts";
import { MetricSources } from "./metric-sources.ts";
import type { WaitReason } from "./waits.ts";

/** How an executor reads metrics. */
export interface MetricPlan {
  readonly settings: MetricSettings;
  /** Metrics that are to be small. */
  readonly smaller: ReadonlySet<string>;
  readonly patterns: readonly LinePattern[];
}

export interface OpenMetricsSetup {
  readonly plan: MetricPlan | undefined;
  /** The study's metrics, objective first. */
  readonly metrics: readonly string[];
  /** The units that their values have in the study, as of {@link Job}. */
  readonly units: ReadonlyMap<string, string | null>;
  readonly said: ReadonlyMap<string, string>;
  readonly cwd: string;
  /** What `${…}` in the settings stands for. */
  readonly values: RenderValues;
  readonly reportFile: string | null;
  readonly server: ReportServer;
  readonly onReport: JobEvents["report"];
  readonly room: JobEvents["room"];
  readonly onWait: (reason: WaitReason, wait: boolean) => void;
  /** A line of the program's as it may be shown. */
  readonly quote: (line: string) => string;
}

/** The reader of one attempt's metrics, and the places it reads from. */
export interface OpenMetrics {
  readonly reader: AttemptReader;
  readonly sources: MetricSources;
}

const DEFAULT_PLAN: MetricPlan = { settings: { reader: NEWEST_READER }, smaller: new Set(), patterns: [] };

/** Opens all places that an attempt's metrics may come from, as the study says. */
export async function openMetrics(setup: OpenMetricsSetup): Promise<OpenMetrics> {
  const { settings, smaller, patterns } = setup.plan ?? DEFAULT_PLAN;
  const rule = readValueRule(settings.value ?? "last") ?? { kind: "last" };
  const tuned = new Map(setup.metrics.map((name) => [name, { rule, smaller: smaller.has(name) }]));
  const metrics = [...new Set([...setup.metrics, ...(settings.keep ?? [])])];
  const { lastNumber } = settings;
  const rules = await readingRules(readerVersionOf(settings));
  const { units, said, onReport } = setup;
  const reader = rules.reader({ metrics, tuned, patterns, lastNumber, units, said, onReport });
  const fill = (path: string): string => fillPath(path, setup.values);
  return { reader, sources: await MetricSources.open({ ...setup, settings, metrics, reader, rules, fill }) };
}

/** A path with the trial's values in it, as an argument of the command would have them. */
function fillPath(path: string, values: RenderValues): string {
  const rendered = renderCommand(readCommandTemplate({ argv: ["path", path] }), values);
  return "argv" in rendered ? (rendered.argv[1] ?? path) : path;
}
