import { expect, it } from "vitest";
import { defineSpace, float } from "../../space/index.ts";
import { samplerContract } from "../sampler.contract.ts";
import { findsTradeOffs } from "../testing/many-objectives.testing.ts";
import { createNsga3 } from "./nsga3.ts";

samplerContract("nsga3", { objectives: "many", limits: true, make: (space) => createNsga3({ divisions: 5 }, space) });

findsTradeOffs("nsga3", { make: (space) => createNsga3({ population: 20 }, space), trials: 250, wins: 5 });

it.each([
  [{ divisions: 0 }, "sampler nsga3: option divisions is 0; it takes a whole number from 1 to 1000."],
  [{ population: 3 }, "sampler nsga3: option population is 3; it takes a whole number from 4 to 10000."],
  [{ size: 10 }, "sampler nsga3 has no option size"],
])("refuses %j", (options, message) => {
  expect(() => createNsga3(options, defineSpace({ x: float(0, 1) }))).toThrow(message);
});
