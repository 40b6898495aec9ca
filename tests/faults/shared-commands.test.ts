import { expect, it } from "vitest";
import { commandsUnderFire } from "./shared-commands.ts";

it("loses no command of several processes that are killed, and refuses none for another's fault", async () => {
  const { kills, poisons, problems } = await commandsUnderFire({ commands: 240, processes: 4, kills: 8, seed: 1 });
  expect(problems).toEqual([]);
  expect(kills).toBeGreaterThan(2);
  expect(poisons).toBeGreaterThan(20);
}, 300_000);
