import type { ValuesBesides } from "./metric-source.ts";
import type { MetricWay } from "./metric-way.ts";
import type { OutputStream } from "./output-reader.ts";

/** What reads the metrics of one attempt, by whichever version of the rules. */
export interface AttemptReader {
  /** The value of each metric that came. */
  readonly values: ReadonlyMap<string, number>;
  /** The way that each metric came by. */
  readonly ways: ReadonlyMap<string, MetricWay>;
  /** Names in the output that looked like metrics, in order of appearance, at most 30. */
  readonly seen: readonly string[];
  /** Asked metrics that the output used for several things, with what it said they were of. */
  readonly ambiguous: ReadonlyMap<string, readonly string[]>;
  /** Why asked metrics have no value although something was printed for them; rules of old do not say. */
  readonly refused?: ReadonlyMap<string, string>;
  /** Asked metrics that stood in a table of which it cannot be told where it ends. */
  readonly unclear?: ReadonlySet<string>;
  /** Expressions that would read a number of an asked metric, by metric; rules of old offer none. */
  readonly offered?: ReadonlyMap<string, string>;
  /** Units that values were converted to, by metric; rules of old convert nothing. */
  readonly units?: ReadonlyMap<string, string>;
  push(stream: OutputStream, bytes: Buffer): void;
  /** Values that came by another way, and what came in place of some. */
  take(way: MetricWay, step: number | null, values: Readonly<Record<string, number>>, besides?: ValuesBesides): void;
  /** The output is over: a last line without a line end counts when it is `whole`, because the program ended by itself. */
  end(whole: boolean): void;
}
