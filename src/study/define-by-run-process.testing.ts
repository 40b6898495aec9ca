import { createStudy, openStudy } from "./create-study.ts";
import { network } from "./network.testing.ts";

// Run as a process of its own: tunes `network` in a file to 12 trials. With a trial's number it is killed in that trial's first
// attempt: at once after the last parameter was asked for, or (`recorded`) when the log has them.
const [storage = "", killAt = "", when = ""] = process.argv.slice(2);
const study = await createStudy({
  name: "s",
  minimize: "loss",
  storage,
  seed: 21,
  sampler: { name: "tpe", startup: 4 },
});
await study.optimize(
  async (trial) => {
    const loss = network(trial);
    if (String(trial.number) !== killAt) return loss;
    if (when === "recorded") {
      const other = await openStudy({ name: "s", storage });
      while (other.trial(trial.number).definitions === undefined) await other.refresh();
    }
    process.kill(process.pid, "SIGKILL");
    return loss;
  },
  { trials: 12 },
);
await study.close();
