import type { FrontPoint, StudyReport } from "../../analysis/index.ts";
import { goalText, meetsGoal } from "../../objective/index.ts";
import { goesOnWords } from "../../study/search-news.ts";
import { label } from "./label.ts";

/** Which goals are met, and by how much of the front; how the search goes on once one configuration meets all. */
export function goalLines({ metrics, front }: StudyReport): readonly string[] {
  const goals = metrics.filter(({ goal }) => goal !== undefined);
  if (goals.length === 0 || front.length === 0) return [];
  if (metrics.length === 1) {
    const isMet = meetsGoal(goals[0]!, front[0]!.values[goals[0]!.name]!);
    return [`${label("goal")}${goalText(goals[0]!)}: ${isMet ? `met; ${goesOnWords(metrics)}` : "not met yet"}`];
  }
  const lines = goals.map((metric) => {
    const met = front.filter(({ values }) => meetsGoal(metric, values[metric.name]!)).length;
    return `${label("goals")}${goalText(metric)}: met by ${met === 0 ? "none" : met} of the front`;
  });
  const isMet = ({ values }: FrontPoint): boolean => goals.every((metric) => meetsGoal(metric, values[metric.name]!));
  const first = front.find(isMet);
  return first === undefined
    ? lines
    : [...lines, `${label("")}all met by trial ${first.number}; ${goesOnWords(metrics)}`];
}
