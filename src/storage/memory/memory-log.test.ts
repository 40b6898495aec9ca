import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { JsonValue } from "../../space/json.ts";
import type { LoggedEvent, StudyEvent } from "../../trial/event.ts";
import { MemoryLog } from "./memory-log.ts";

const eventOf = (value: object): StudyEvent => value as StudyEvent;

/** Events that are alike but for numbers and texts, and some that are not. */
const leaf = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer(),
  fc.string(),
  fc.constantFrom(null, true, false),
);
const event = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      type: fc.constantFrom("a", "b"),
      x: leaf,
      in: fc.record({ y: leaf, z: leaf }),
    }),
  },
  fc.record({ type: fc.constantFrom("a", "b"), any: fc.jsonValue() }),
);

function added(events: readonly object[]): {
  readonly log: MemoryLog;
  readonly expected: readonly LoggedEvent[];
} {
  const log = new MemoryLog();
  const expected = events.map((one, k): LoggedEvent => {
    const kept = log.add(eventOf(one), 1_700_000_000_000 + k);
    if (JSON.stringify(kept) !== JSON.stringify(one)) expect(kept).toBe(one);
    return {
      revision: k + 1,
      at: 1_700_000_000_000 + k,
      event: eventOf(JSON.parse(JSON.stringify(kept)) as object),
    };
  });
  return { log, expected };
}

describe("MemoryLog", () => {
  it("gives every event back as it was, to the last bit and in the order of its keys, whatever the others are like", () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 60 }), fc.nat(60), fc.nat(60), (events, after, upTo) => {
        const { log, expected } = added(events);
        expect(JSON.stringify(log.between(0))).toBe(JSON.stringify(expected));
        expect(log.between(after, upTo)).toEqual(expected.slice(after, Math.max(after, upTo)));
        expect(log.length).toBe(events.length);
      }),
    );
  });

  it("goes on behind what was left when some were taken back", () => {
    fc.assert(
      fc.property(
        fc.array(event, { maxLength: 20 }),
        fc.array(event, { maxLength: 20 }),
        fc.nat(20),
        (one, two, cut) => {
          const { log } = added(one);
          log.cut(cut);
          const kept = one.slice(0, cut);
          for (const [k, more] of two.entries()) log.add(eventOf(more), k);
          expect(JSON.stringify(log.between(0).map((logged) => logged.event))).toBe(JSON.stringify([...kept, ...two]));
        },
      ),
    );
  });

  it("holds many numbers, over the ends of its pieces", () => {
    const { log, expected } = added(
      Array.from({ length: 40_000 }, (_none, k) => ({
        type: "a",
        x: k / 3,
        y: `t${k % 7}`,
      })),
    );
    expect(log.between(39_990)).toEqual(expected.slice(39_990));
    log.cut(20_000);
    log.add(eventOf({ type: "a", x: -1, y: "u" }), 5);
    expect(log.between(19_999)).toEqual([
      expected[19_999],
      { revision: 20_001, at: 5, event: { type: "a", x: -1, y: "u" } },
    ]);
  });

  it("keeps an object whose key cannot be assigned", () => {
    const odd = JSON.parse('{"type":"a","__proto__":{"x":1}}') as JsonValue & object;
    const { log } = added([odd, odd]);
    expect(JSON.stringify(log.between(1)[0]!.event)).toBe(JSON.stringify(odd));
  });

  /** How many of these events it gives back as objects of their own: those of which it kept no object. */
  const madeAnew = (events: readonly object[]): number => {
    const { log } = added([]);
    const kept = events.map((one) => log.add(eventOf(one), 1));
    expect(log.between(0).map(({ event }) => event)).toEqual(events);
    return log.between(0).filter(({ event }, k) => event !== kept[k]).length;
  };

  it("keeps no object of events that are like others, in any order of their forms", () => {
    const noted = Array.from({ length: 100 }, (_none, k) => ({ type: "a", x: k, note: `n${k}` }));
    const others = Array.from({ length: 100 }, (_none, k) => [
      { type: "a", y: k },
      { type: "b", x: k },
      { type: "a", x: k, note: `m${k}` },
    ]);
    expect(madeAnew([...noted, ...others.flat()])).toBe(400);
    expect(madeAnew([{ type: "a", list: [1] }])).toBe(0);
  });

  it("keeps events of a type as they are that fit none of its first sixteen forms", () => {
    const forms = Array.from({ length: 20 }, (_none, k) => ({ type: "a", [`x${k}`]: k }));
    expect(madeAnew(forms)).toBe(16);
    expect(madeAnew([...forms, { type: "b", y: 1 }, ...forms])).toBe(16 + 1 + 16);
  });
});
