import { expect, it } from "vitest";
import * as there from "./loop-turn.browser.ts";
import * as here from "./loop-turn.ts";

it.each([
  ["in Node", here.loopTurn],
  ["in a page", there.loopTurn],
])("comes after promises that follow one another, and lets timers have their turn, %s", async (_, loopTurn) => {
  const seen: string[] = [];
  setTimeout(() => seen.push("timer"), 0);
  const turn = loopTurn().then(() => seen.push("turn"));
  for (let k = 0; k < 100; k++) await null;
  seen.push("promises");
  await turn;
  expect(seen.filter((one) => one !== "timer")).toEqual(["promises", "turn"]);
  while (!seen.includes("timer")) await loopTurn();
});
