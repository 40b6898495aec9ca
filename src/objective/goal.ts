import { AttuneError } from "../errors.ts";
import { numberIn } from "../space/number-text.ts";
import type { Metric } from "../trial/metric.ts";

const GOAL = /^\s*(?<name>`[^`]+`|[^\s<>=`]+)\s*(?<sign><=|>=)\s*(?<value>\S+)\s*$/u;

/**
 * The metrics with the goals that were given for them: a value that is good enough, as `loss <= 0.01` for a metric to minimize,
 * `recall >= 0.9` for one to maximize.
 *
 * @throws AttuneError `invalid-argument` for a goal that is none, of no metric, against its direction, or given twice.
 */
export function withGoals(metrics: readonly Metric[], goals: readonly string[]): readonly Metric[] {
  const found = new Map<string, number>();
  for (const text of goals) {
    const subject = `The goal ${JSON.stringify(text)}`;
    const { name, value } = readBound(text, metrics, subject);
    if (found.has(name)) throw refused(subject, text, `${name} has a goal already; give one`);
    found.set(name, value);
  }
  return metrics.map((metric) => {
    const goal = found.get(metric.name);
    return goal === undefined ? metric : { ...metric, goal };
  });
}

/**
 * A value that an objective is to reach: `loss <= 0.01`.
 *
 * @param subject - what it is, as errors say it.
 * @throws AttuneError `invalid-argument` for one of no objective, against its direction, or that is none.
 */
export function readBound(
  text: string,
  metrics: readonly Metric[],
  subject: string,
): { readonly name: string; readonly value: number } {
  const { name = "", sign, value = "" } = GOAL.exec(text)?.groups ?? {};
  const metric = metrics.find((one) => one.name === name.replaceAll("`", ""));
  const goal = numberIn(value);
  if (sign === undefined || goal === null) {
    const [example] = metrics;
    const way = example === undefined ? "loss <= 0.01" : `${example.name} ${signOf(example)} 0.01`;
    throw refused(subject, text, `give a metric, <= or >= and a number: "${way}"`);
  }
  if (metric === undefined)
    throw refused(
      subject,
      text,
      `the study has no objective ${name}; it has ${metrics.map((one) => one.name).join(", ")}`,
    );
  if (sign !== signOf(metric)) {
    const meant = `${name} ${signOf(metric)} ${value}`;
    throw refused(
      subject,
      text,
      `${name} is to be ${metric.direction}d, so that its goal is "${meant}"; a bound that results must keep is a limit`,
    );
  }
  return { name: metric.name, value: goal };
}

function signOf({ direction }: Metric): "<=" | ">=" {
  return direction === "minimize" ? "<=" : ">=";
}

function refused(subject: string, text: string, advice: string): AttuneError {
  return new AttuneError("invalid-argument", `${subject}: ${advice}.`, { data: { goal: text } });
}

/** Whether a value is as good as the metric's goal; false where it has none. */
export function meetsGoal({ direction, goal }: Metric, value: number): boolean {
  if (goal === undefined) return false;
  return direction === "minimize" ? value <= goal : value >= goal;
}

/** A metric's goal in words, `loss <= 0.01`; null where it has none. */
export function goalText(metric: Metric): string | null {
  return metric.goal === undefined ? null : `${metric.name} ${signOf(metric)} ${metric.goal}`;
}
