import { AttuneError } from "../../src/errors.ts";
import { awkwardSuite } from "./awkward/suite.ts";
import { bbobSuite } from "./bbob/suite.ts";
import { sklearnSixSuite, sklearnSuite } from "./sklearn/suite.ts";
import { smokeSuite } from "./smoke/suite.ts";
import type { Suite } from "./suite.ts";
import { syntheticSuite } from "./synthetic/suite.ts";
import { yahpoSuite } from "./yahpo/suite.ts";

const SUITES: Readonly<Record<string, () => Suite>> = {
  "yahpo-dev": () => yahpoSuite("dev"),
  "yahpo-fresh": () => yahpoSuite("fresh"),
  "yahpo-official": () => yahpoSuite("official"),
  "bbob-2": () => bbobSuite(2),
  "bbob-5": () => bbobSuite(5),
  "bbob-10": () => bbobSuite(10),
  "bbob-20": () => bbobSuite(20),
  synthetic: syntheticSuite,
  sklearn: sklearnSuite,
  "sklearn-six": sklearnSixSuite,
  awkward: awkwardSuite,
  smoke: smokeSuite,
};

/** The suite of that name. Throws AttuneError `invalid-argument`. */
export function getSuite(name: string): Suite {
  if (Object.hasOwn(SUITES, name)) return SUITES[name]!();
  throw new AttuneError(
    "invalid-argument",
    `--suite: there is no suite ${name}; there are: ${Object.keys(SUITES).join(", ")}`,
  );
}
