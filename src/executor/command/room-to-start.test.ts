import { expect, it } from "vitest";
import { RoomToStart } from "./room-to-start.ts";

const full = (): Error => Object.assign(new Error("spawn EMFILE"), { code: "EMFILE" });
const never = new AbortController().signal;

it("tries again when another program has ended, and not before", async () => {
  const room = new RoomToStart();
  const other = Promise.withResolvers<void>();
  const running = room.during(other.promise);
  let tries = 0;
  let first = Promise.withResolvers<void>();
  const started = room.run(async () => {
    tries += 1;
    first.resolve();
    if (tries === 1) throw full();
    return "started";
  }, never);
  await first.promise;
  first = Promise.withResolvers<void>();
  other.resolve();
  await running;
  expect(await started).toBe("started");
  expect(tries).toBe(2);
});

it("gives up with a sentence when nothing else runs any more that could make room", async () => {
  const room = new RoomToStart();
  const others = Array.from({ length: 7 }, () => Promise.withResolvers<void>());
  for (const { promise } of others) void room.during(promise);
  let tries = 0;
  const told: string[] = [];
  const started = room.run(
    async () => {
      tries += 1;
      // Another one ends after each try, and wakes it at once.
      const other = others.pop();
      if (other !== undefined) setImmediate(other.resolve);
      else if (tries === 8) expect(told).toEqual([]);
      throw full();
    },
    never,
    (why) => told.push(why),
  );
  await expect(started).rejects.toMatchObject({ code: "no-room", message: expect.stringMatching(/EMFILE.*ulimit -n/) });
  // Seven while others ran, and four of five in vain after them: the first is the last of the seven.
  expect(tries).toBe(7 + 5);
  expect(told, "said once, and before the seconds that nobody can use").toEqual([
    expect.stringMatching(/EMFILE.*waits some seconds/),
  ]);
});

it("tries nothing again that has begun", async () => {
  const room = new RoomToStart();
  let tries = 0;
  const started = room.run(async (begun) => {
    tries += 1;
    if (tries === 1) throw full();
    begun();
    throw full();
  }, never);
  await expect(started).rejects.toThrow("spawn EMFILE");
  expect(tries).toBe(2);
});

it("waits no longer than it is wanted, and passes other errors on", async () => {
  const stop = new AbortController();
  const room = new RoomToStart();
  const started = room.run(async () => {
    stop.abort();
    throw full();
  }, stop.signal);
  expect(await started).toBeNull();
  const broken = room.run(async () => {
    throw new TypeError("broken");
  }, never);
  await expect(broken).rejects.toThrow("broken");
});
