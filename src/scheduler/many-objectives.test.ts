import { createScheduler } from "./registry.ts";
import { schedulerManyContract } from "./scheduler-many.contract.ts";

for (const [name, options] of [
  ["asha", {}],
  ["asha", { form: "stopping" }],
  ["asha", { largest: 10, smallest: 1 }],
  ["halving", {}],
  ["hyperband", {}],
  ["median", {}],
  ["percentile", {}],
  ["auto", {}],
] as const)
  schedulerManyContract(`${name} ${JSON.stringify(options)}`, {
    make: (metrics, study) => createScheduler({ name, options }, metrics, null, study),
  });
