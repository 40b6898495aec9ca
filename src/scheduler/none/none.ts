import { OptionReader } from "../../component/option-reader.ts";
import type { JsonValue } from "../../space/json.ts";
import type { Scheduler } from "../scheduler.ts";

/** Every trial runs to its own end. */
export function createNone(options: Readonly<Record<string, JsonValue>>): Scheduler {
  new OptionReader("scheduler none", options).done();
  return {
    name: "none",
    onReport: () => ({ action: "continue" }),
    next: () => ({ action: "start-new", until: null }),
  };
}
