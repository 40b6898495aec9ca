import { setting, type ValueKind } from "./declaration.ts";
import { badSetting, type GivenSetting } from "./given-setting.ts";
import { count, size, timeLimit } from "./value-kinds.ts";

const GPUS: ValueKind<readonly string[]> = {
  form: "<list>",
  read: readGpus,
  schema: {
    anyOf: [
      { type: "array", minItems: 1, items: { type: ["string", "number", "boolean"] } },
      { type: ["string", "integer"] },
    ],
  },
};

/** What trials may use up and what they are given. */
export const LIMIT_SETTINGS = [
  setting({
    name: "trial-timeout",
    value: timeLimit,
    help: "time one trial may take, then it is failed: 90, 30s, 10m, 2h",
    commands: ["run", "confirm"],
    describe: "Time one trial may take.",
    guide:
      "time one trial may take before it is ended as failed: `90`, `30s`, `10m`, `2h`; see [running safely](running-safely.md)",
  }),
  setting({
    name: "idle-timeout",
    value: timeLimit,
    help: "time one trial may stay without any output, then it is failed",
    commands: ["run", "confirm"],
    describe: "Time one trial may stay without output.",
    guide: "time one trial may stay without any output before it is ended as failed",
  }),
  setting({
    name: "memory-limit",
    value: size(1),
    help: "memory one trial may take with all it starts: 500MB, 8GB",
    commands: ["run", "confirm"],
    describe: "Memory one trial may take: 500MB, 8GB.",
    guide: "memory one trial may take with all it starts: `500MB`, `8GB`",
  }),
  setting({
    name: "gpus",
    value: GPUS,
    help: "GPUs to hand out to trials: 0,1",
    default: "every trial sees all",
    commands: ["run", "confirm"],
    describe: "GPUs to hand out, as CUDA_VISIBLE_DEVICES names them.",
    guide: "GPUs to hand out to trials: `0,1`; see [running safely](running-safely.md#processors-and-gpus)",
    keyGuide: "GPUs to hand out to trials: `[0, 1]`; see [running safely](running-safely.md#processors-and-gpus)",
  }),
  setting({
    name: "trials-per-gpu",
    value: count(1),
    help: "trials that share a GPU",
    default: "1",
    commands: ["run", "confirm"],
    describe: "Trials that share a GPU.",
  }),
  setting({
    name: "gpus-per-trial",
    value: count(1),
    help: "GPUs that each trial gets",
    default: "1",
    commands: ["run", "confirm"],
    describe: "GPUs for each trial.",
  }),
  setting({
    name: "log-limit",
    value: size(1),
    help: "output kept of each attempt, the newest",
    default: "100MB",
    commands: ["run", "confirm"],
    describe: "Output kept of each attempt, the newest: 100MB.",
    guide: "output kept of each attempt, the newest: see [logs](running-safely.md#logs)",
  }),
  setting({
    name: "min-free",
    value: size(0),
    help: "disk space below which no new trial begins",
    default: "100MB",
    commands: ["run", "confirm"],
    describe: "Disk space below which no new trial begins: 1GB; 0 for no guard.",
    guide: "disk space below which no new trial begins, `0` for no guard: see [disks](running-safely.md#disks)",
  }),
  setting({
    name: "nice",
    value: count(0, 19),
    help: "run programs at a lower priority, 0 to 19",
    default: "0",
    commands: ["run", "confirm"],
    describe: "Lower priority of the programs.",
  }),
] as const;

/** `0,1` or a list; identifiers (`GPU-1a2b…`, `MIG-…`) as well as numbers. */
function readGpus(given: GivenSetting): readonly string[] {
  const { value } = given;
  const items = Array.isArray(value) ? value.map(String) : String(value ?? "").split(",");
  const names = items.map((item) => item.trim());
  if (names.every((name) => /^[A-Za-z0-9][A-Za-z0-9:_/.-]*$/.test(name))) return names;
  throw badSetting(given, "give the GPUs as CUDA_VISIBLE_DEVICES names them: 0,1 or GPU-1a2b3c4d.");
}
