export { stoppingLimit } from "./limits/limit-stop.ts";
export {
  createScheduler,
  registerScheduler,
  type SchedulerAbilities,
  type SchedulerEntry,
  type SchedulerName,
  schedulerAbilities,
  schedulerNames,
} from "./registry.ts";
export type { EndDecision, NextDecision, ReportDecision, Scheduler } from "./scheduler.ts";
