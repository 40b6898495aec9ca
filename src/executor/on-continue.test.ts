import { once } from "node:events";
import { expect, it } from "vitest";
import { onContinue } from "./on-continue.ts";

async function goOn(): Promise<void> {
  const told = once(process, "SIGCONT");
  process.kill(process.pid, "SIGCONT");
  await told;
}

it.skipIf(process.platform === "win32")(
  "tells all who want to know once each time, and nobody after that",
  async () => {
    const before = process.listenerCount("SIGCONT");
    const told: string[] = [];
    const offs = ["a", "b", "c"].map((name) => onContinue(() => told.push(name)));
    expect(process.listenerCount("SIGCONT")).toBe(before + 1);
    await goOn();
    expect(told).toEqual(["a", "b", "c"]);
    offs[1]!();
    offs[1]!();
    await goOn();
    expect(told).toEqual(["a", "b", "c", "a", "c"]);
    for (const off of offs) off();
    expect(process.listenerCount("SIGCONT")).toBe(before);
    const again = onContinue(() => told.push("d"));
    await goOn();
    expect(told.slice(5)).toEqual(["d"]);
    again();
  },
);
