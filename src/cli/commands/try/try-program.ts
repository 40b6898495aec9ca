import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CommandExecutor } from "../../../executor/command/command-executor.ts";
import type { MetricPlan } from "../../../executor/command/open-metrics.ts";
import type { JobResult } from "../../../executor/executor.ts";
import type { MetricWay } from "../../../protocol/metric-way.ts";
import { plainText } from "../../../protocol/read-metric-line.ts";
import { readNumber } from "../../../protocol/read-number.ts";
import { readPlainFile } from "../../../protocol/read-plain-file.ts";
import type { Params } from "../../../space/json.ts";
import type { Space } from "../../../space/space.ts";
import { spellParams } from "../../../space/spell-params.ts";
import { decodeNumber } from "../../../trial/encoded-number.ts";
import type { CommandTemplate } from "../../../trial/study-definition.ts";
import { OPTION_WORDS } from "../../study/collect-settings.ts";
import { programNames } from "../../study/winning-command.ts";

/** One run of a program outside any study. */
export interface TriedProgram {
  readonly output: Buffer;
  /** What a trial would get. */
  readonly metrics: readonly CameMetric[];
  readonly end: JobResult["end"];
  readonly seconds: number;
}

/** Signals that end the run. */
interface TryControl {
  readonly stop: AbortSignal;
  readonly kill: AbortSignal;
}

/** What is run, and what is asked of it. */
export interface TryTask {
  readonly command: CommandTemplate;
  readonly space: Space;
  readonly params: Params;
  /** The metrics asked for, and how they are read. */
  readonly metrics: readonly string[];
  readonly plan: MetricPlan;
  readonly environment: NodeJS.ProcessEnv;
  /** The fold that is tried, or null. */
  readonly fold: number | null;
}

/** Runs the program once with these values, as a trial would be; what it is given and prints lies in a folder that is removed. */
export async function tryProgram(
  { command, space, params, metrics, plan, environment, fold }: TryTask,
  control: TryControl,
): Promise<TriedProgram> {
  const folder = await mkdtemp(join(tmpdir(), "attune-try-"));
  const log = join(folder, "output.log");
  let ways: ReadonlyMap<string, MetricWay> = new Map();
  const executor = new CommandExecutor({
    command,
    parameters: programNames(space),
    writer: { spell: (params) => spellParams(space, params), plainPlaces: false },
    environment,
    metrics: plan,
    words: OPTION_WORDS,
    logFile: () => log,
    inputFolder: () => join(folder, "input"),
    checkpointFolder: () => join(folder, "checkpoint"),
    stopFile: () => join(folder, "stop"),
    reportFile: () => join(folder, "reports.jsonl"),
    onWays: (_, came) => {
      ways = came;
    },
  });
  const job = { study: "try", trial: 0, segment: 0, attempt: 0, seed: 0, until: null, resumeFrom: null };
  const times = new Map<string, number>();
  const report = (_: number, values: Readonly<Record<string, number>>): void => {
    for (const name of Object.keys(values)) times.set(name, (times.get(name) ?? 0) + 1);
  };
  try {
    const begun = performance.now();
    const { end, values } = await executor.run(
      { ...job, params, metrics, fold },
      { report, room: () => null, ask: () => null },
      control,
    );
    const seconds = (performance.now() - begun) / 1000;
    await executor.close();
    const came = Object.entries(values).map(([name, value]) => ({
      name,
      value: decodeNumber(value),
      times: times.get(name) ?? 0,
      way: ways.get(name) ?? "output",
      unit: end.units?.[name],
    }));
    return { output: readLog(log), metrics: came, end, seconds };
  } finally {
    await executor.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** A program that printed nothing has no log. */
function readLog(log: string): Buffer {
  try {
    return readPlainFile(log);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return Buffer.alloc(0);
    throw error;
  }
}

/** A metric as a trial would get it. */
export interface CameMetric {
  readonly name: string;
  readonly value: number;
  /** How many times it was reported with a step; 0 for a value that is the end only. */
  readonly times: number;
  readonly way: MetricWay;
  /** The unit that it was converted to, where one was printed. */
  readonly unit?: string | undefined;
}

/** Kept beside no metric at all, this name gets the last number of standard output, and nothing else does. */
export const LAST_NUMBER_PROBE = "attune-last-number";
/** What such a number is called until the user says better. */
const NAME = "result";

/**
 * The number that a program prints alone on its last line, when that is what `--metric-from last-number` would take; else null.
 * The program was tried with {@link LAST_NUMBER_PROBE}.
 */
export function lastNumberMetric({ metrics, output }: TriedProgram): CameMetric | null {
  const probe = metrics.find(({ name }) => name === LAST_NUMBER_PROBE);
  if (probe === undefined) return null;
  const number = numberOnLastLine(output);
  return number !== null && Object.is(number, probe.value)
    ? { name: NAME, value: number, times: 0, way: "last-number" }
    : null;
}

/** The number that stands alone on the last line that holds anything, or null. */
function numberOnLastLine(output: Buffer): number | null {
  const text = plainText(output.subarray(-4_096).toString("utf8")).trimEnd();
  const line = (/[^\r\n]*$/.exec(text)?.[0] ?? "").trim();
  const read = readNumber(line, 0);
  return read !== null && /^\s*%?$/.test(line.slice(read.end)) ? read.value : null;
}
