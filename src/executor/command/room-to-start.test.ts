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

it("gives up with a sentence when nothing else runs that could make room", async () => {
  let tries = 0;
  const started = new RoomToStart().run(async () => {
    tries += 1;
    throw full();
  }, never);
  await expect(started).rejects.toMatchObject({ code: "no-room", message: expect.stringMatching(/EMFILE.*ulimit -n/) });
  expect(tries).toBe(5);
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
