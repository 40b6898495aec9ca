import { dataPart } from "./data-part.ts";

/**
 * The name to ask for when a metric was printed of several parts: `test_acc`, `valid_0's auc`, `macro avg f1-score`; a part that
 * is a phrase with the metric in it as it is. Brackets behind a value that no name is made of stay what they are: `(mean)`.
 */
export function partName(metric: string, part: string): string {
  if (part.startsWith("(")) return dataPart(part.slice(1, -1)) < 0 ? part : `${part.slice(1, -1)}_${metric}`;
  if (/^\w+$/.test(part)) return `${part}_${metric}`;
  const words = metric.toLowerCase().replace(/[_-]/g, " ");
  const whole = part.replace(/[_-]/g, " ").includes(words) || /^(?:of|on|for|over|at|in|after|across)\s/.test(part);
  return whole ? part : `${part} ${metric}`;
}
