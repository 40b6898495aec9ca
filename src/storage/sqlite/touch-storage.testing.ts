import { parseArgs } from "node:util";
import { AttuneError } from "../../errors.ts";
import { Driver } from "../contract/driver.testing.ts";
import { openStorage } from "../registry.ts";

// Run as a process of its own: opens a storage, asks for and finishes `--trials` trials, prints how it went as JSON.
const { values, positionals } = parseArgs({
  options: { trials: { type: "string", default: "1" } },
  allowPositionals: true,
});

async function touch(location: string, trials: number): Promise<object> {
  const storage = await openStorage(location);
  try {
    const driver = await Driver.create(storage, "touched");
    for (let k = 0; k < trials; k++) {
      const token = `${process.pid}.${k}`;
      const { trial } = await driver.claim(token);
      await driver.report(trial, token, driver.trial(trial).reports.length, { loss: k });
      await driver.finish(trial, token, k);
      console.log(`finished ${trial}`);
    }
    return { ok: true, trialsSpent: driver.state.budget.trialsSpent };
  } finally {
    await storage.close();
  }
}

try {
  console.log(JSON.stringify(await touch(positionals[0] ?? "", Number(values.trials))));
} catch (error) {
  if (!(error instanceof AttuneError)) throw error;
  console.log(JSON.stringify({ ok: false, code: error.code, message: error.message }));
}
