import { expect, it } from "vitest";
import type { JsonValue } from "../space/json.ts";
import { ended, leased, StudyAtWork } from "../trial/decide/study-at-work.testing.ts";
import type { StudyEvent } from "../trial/event.ts";
import { stateHead } from "../trial/evolve/snapshot.ts";
import { HELD_OUT, SETTINGS } from "./contract/driver.testing.ts";
import { outlineOfHead, outlineOfState } from "./study-outline.ts";

/** A study of three trials, one of which runs. */
function study(): StudyAtWork {
  const made = new StudyAtWork();
  for (const x of [1, 2]) {
    made.enqueue(x);
    made.claim(leased("w"));
    made.finish(x - 1, "w", x);
  }
  made.enqueue(3);
  made.claim(leased("v"));
  return made;
}

const headOf = ({ state }: StudyAtWork): JsonValue => JSON.parse(JSON.stringify(stateHead(state)));

it("is the same by a head alone as by the state", () => {
  const made = study();
  const { state } = made;
  expect(outlineOfHead(headOf(made), state.revision, [])).toEqual(outlineOfState(state));
  expect(outlineOfState(state)).toMatchObject({ trials: 3, measured: ["loss"], definition: { name: state.name } });
});

it("counts the trials that came after the head, and the metrics they brought", () => {
  const head = headOf(study());
  const imported = { params: {}, state: "complete", reports: [], startedAt: 1, finishedAt: 2, attributes: {} } as const;
  const events: readonly StudyEvent[] = [
    { type: "invalidated", trial: 1, reason: "" },
    { type: "attribute-set", trial: null, system: false, key: "k", text: "1" },
    { type: "finished", trial: 2, state: "complete", values: { loss: 1, late: 2 }, end: ended("ok") },
    { type: "imported", trial: 3, ...imported, values: { later: 1 } },
  ];
  expect(outlineOfHead(head, 99, events)).toMatchObject({
    revision: 99,
    trials: 4,
    measured: ["loss", "late", "later"],
  });
  expect(outlineOfHead(head, 99, events.slice(0, 3))).toMatchObject({ trials: 3, measured: ["loss", "late"] });
});

it("counts no trial for events that are about none", () => {
  const made = new StudyAtWork();
  const events: readonly StudyEvent[] = [
    { type: "reservation-released" },
    { type: "attribute-set", trial: null, system: false, key: "k", text: "1" },
  ];
  expect(outlineOfHead(headOf(made), 9, events)).toMatchObject({ trials: 0, measured: [] });
  expect(outlineOfHead(headOf(study()), 99, events)).toMatchObject({ trials: 3, measured: ["loss"] });
});

it("is not told by a head that something else came after, or that is older or of another format", () => {
  const head = headOf(study());
  const others: readonly StudyEvent[] = [
    { type: "settings-changed", settings: SETTINGS },
    { type: "space-changed", space: {}, note: null },
    { type: "held-out", run: HELD_OUT },
  ];
  for (const event of others) expect(outlineOfHead(head, 99, [event])).toBeNull();
  const { measured: _measured, ...older } = head as Readonly<Record<string, JsonValue>>;
  expect(outlineOfHead(older as JsonValue, 99, [])).toBeNull();
  expect(outlineOfHead({ format: 1 }, 99, [])).toBeNull();
  expect(outlineOfHead(null, 99, [])).toBeNull();
});
