import { StorageConflict } from "../../errors.ts";
import { OptunaClient } from "../contract/optuna-client.testing.ts";
import { openStorage } from "../registry.ts";

// Run as a process of its own: takes part in the study of that id as one of Optuna's clients. It runs what waits, then makes trials of its
// own, and prints the numbers of both as JSON.
const [location = "", study = "", own = "0"] = process.argv.slice(2);
const storage = await openStorage(location);
const client = new OptunaClient(storage);
const made: number[] = [];
const ran: number[] = [];
/** False where another client was first, even if it has ended the trial by now. */
async function take(number: number): Promise<boolean> {
  try {
    return await client.setState({ study, number }, "RUNNING");
  } catch (error) {
    if (error instanceof StorageConflict) return false;
    throw error;
  }
}

// All clients make and take in turn, so that they are at it at the same time however long one took to begin.
for (let k = 0; k < Number(own); k++) {
  const waiting = (await client.study(study)).state.trials().find(({ state }) => state === "waiting");
  if (waiting !== undefined && (await take(waiting.number))) {
    ran.push(waiting.number);
    await client.setState({ study, number: waiting.number }, "COMPLETE", [k]);
  }
  const trial = await client.createTrial(study);
  await client.setTrialAttribute(trial, false, "process", `${process.pid}`);
  await client.report(trial, 1, k);
  await client.setState(trial, "COMPLETE", [k]);
  made.push(trial.number);
}
await storage.close();
console.log(JSON.stringify({ pid: process.pid, made, ran }));
