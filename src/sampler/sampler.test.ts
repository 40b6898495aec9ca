import { describe, expect, it } from "vitest";
import { sampleUniform } from "../space/sample-uniform.ts";
import { samplerChecks, samplerContract } from "./sampler.contract.ts";
import type { Sampler, SuggestRequest } from "./sampler.ts";
import { HASH_VIEW } from "./testing/hash-view.testing.ts";
import { FORGETFUL_MODEL, WARM_MODEL } from "./testing/warm-model.testing.ts";

const CONTEXT = { spaceVersion: 1, settingsVersion: 1 };

samplerContract("hash-view", { objectives: "many", make: (space) => HASH_VIEW.create({}, space, CONTEXT) });
samplerContract("warm-model", { make: (space) => WARM_MODEL.create({}, space, CONTEXT) });

/** Names of the rules that a sampler breaks. */
function broken(make: () => Sampler, objectives: "one" | "many" = "one"): readonly string[] {
  return samplerChecks({ make, objectives, spaces: 5 }).flatMap(({ name, run }) => {
    try {
      run();
      return [];
    } catch {
      return [name];
    }
  });
}

const random = (suggest: Sampler["suggest"], needsView = true): Sampler => ({ name: "wrong", needsView, suggest });

describe("the sampler contract catches", () => {
  it("a model whose past shows", () => {
    const names = broken(() => FORGETFUL_MODEL.create({}, { parameters: [], where: [] }, CONTEXT));
    expect(names).toContain("gives the same bits from a fresh instance as from one that has run all along");
  });

  it("a past that shows by a second objective alone", () => {
    const make = () => {
      let seen = 0;
      return random((view, request, count) => {
        if (view.columns.values.recall !== undefined) seen += 1;
        return Array.from({ length: count }, (_, k) => ({
          params: sampleUniform(request.space, request.streams(request.number + k + seen)),
        }));
      });
    };
    const fresh = "gives the same bits from a fresh instance as from one that has run all along";
    expect(broken(make)).not.toContain(fresh);
    expect(broken(make, "many")).toContain(`${fresh}, by two objectives`);
  });

  it("a preparation that shows", () => {
    const names = broken(() => {
      const model = WARM_MODEL.create({}, { parameters: [], where: [] }, CONTEXT);
      let least = 0;
      return {
        ...random((view, request, count) =>
          model.suggest(view, { ...request, streams: (trial) => request.streams(trial + least) }, count),
        ),
        prepare: (view) => {
          least = view.rows.length;
        },
      };
    });
    expect(names).toContain("gives the same bits whether it was prepared or not");
  });

  it("a batch that does not see its earlier members", () => {
    const names = broken(() =>
      random((view, request, count) =>
        Array.from({ length: count }, () => ({
          params: sampleUniform(request.space, request.streams(view.pending.length)),
        })),
      ),
    );
    expect(names).toContain("gives a batch as single calls with the earlier members pending");
  });

  it("chance from outside", () => {
    const names = broken(() =>
      random((_, request) => [{ params: sampleUniform(request.space, request.streams(Math.random())) }]),
    );
    expect(names).toContain("is a pure function of view and request, and leaves the view as it is");
  });

  it("a look at a view that is not needed", () => {
    const names = broken(() =>
      random((view, request) => [{ params: sampleUniform(request.space, request.streams(view.revision)) }], false),
    );
    expect(names).toContain("does not look at the view when it says it needs none");
  });

  it("a rest of a configuration that goes by other values than the known ones", () => {
    const drawn = (request: SuggestRequest) => ({ params: sampleUniform(request.space, request.streams(1)) });
    const names = broken(() => ({
      ...random((_, request) => [drawn(request)]),
      suggestGiven: (_, request) => drawn(request),
    }));
    expect(names).toContain("suggests the rest of a configuration, if it does, purely and with the known values kept");
  });

  it("an invalid configuration", () => {
    expect(broken(() => random(() => [{ params: { nothing: 1 } }]))).toContain(
      "suggests valid configurations on any space, with any number pending",
    );
  });
});
