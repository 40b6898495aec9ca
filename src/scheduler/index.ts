export {
  createScheduler,
  registerScheduler,
  type SchedulerEntry,
  type SchedulerName,
  schedulerNames,
} from "./registry.ts";
export type { NextDecision, ReportDecision, Scheduler } from "./scheduler.ts";
