import { afterEach, beforeEach, describe } from "vitest";
import { askingContract } from "./contract/asking.contract.ts";
import { budgetContract } from "./contract/budget.contract.ts";
import { definingContract } from "./contract/defining.contract.ts";
import type { StorageFactory, StorageFixture } from "./contract/driver.testing.ts";
import { optunaParametersContract } from "./contract/optuna-parameters.contract.ts";
import { optunaStatesContract } from "./contract/optuna-states.contract.ts";
import { optunaStudiesContract } from "./contract/optuna-studies.contract.ts";
import { optunaTrialsContract } from "./contract/optuna-trials.contract.ts";
import { ownTroubleContract } from "./contract/own-trouble.contract.ts";
import { pagingContract } from "./contract/paging.contract.ts";
import { readingContract } from "./contract/reading.contract.ts";
import { rungsContract } from "./contract/rungs.contract.ts";
import { runningContract } from "./contract/running.contract.ts";
import { soonContract } from "./contract/soon.contract.ts";
import { studiesContract } from "./contract/studies.contract.ts";

/** What every storage must do. `factory` makes an empty one for each behaviour. */
export function storageContract(name: string, factory: StorageFactory): void {
  describe(`storage ${name}`, () => {
    let current: StorageFixture;
    const fixture = (): StorageFixture => current;
    beforeEach(async () => {
      current = await factory();
    });
    afterEach(() => current.dispose());

    describe("studies", () => studiesContract(fixture));
    describe("asking", () => askingContract(fixture));
    describe("running", () => runningContract(fixture));
    describe("rungs", () => rungsContract(fixture));
    describe("defining", () => definingContract(fixture));
    describe("budget", () => budgetContract(fixture));
    describe("one command's trouble", () => ownTroubleContract(fixture));
    describe("paging", () => pagingContract(fixture));
    describe("reading", () => readingContract(fixture));
    describe("answers that come soon", () => soonContract(fixture));
    describe("Optuna's studies", () => optunaStudiesContract(fixture));
    describe("Optuna's trials", () => optunaTrialsContract(fixture));
    describe("Optuna's parameters", () => optunaParametersContract(fixture));
    describe("Optuna's states", () => optunaStatesContract(fixture));
  });
}
