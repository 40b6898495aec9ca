import { expect, it } from "vitest";
import { AttuneError, StorageConflict } from "../../errors.ts";
import { packError, unpackError } from "./thread-messages.ts";

/** As a message carries it. */
const carried = (error: unknown): AttuneError => unpackError(structuredClone(packError(error)));

it("carries an error's kind, words and data, and where it came from", () => {
  const given = new AttuneError("storage-full", "No room.", { data: { free: 0 } });
  const told = carried(given);
  expect(told).toBeInstanceOf(AttuneError);
  expect(told).not.toBeInstanceOf(StorageConflict);
  expect(told).toMatchObject({ code: "storage-full", message: "No room.", data: { free: 0 }, cause: given.stack });
});

it("carries a conflict as one, which callers try again", () => {
  const told = carried(new StorageConflict("Taken.", { trial: 3 }));
  expect(told).toBeInstanceOf(StorageConflict);
  expect(told).toMatchObject({ message: "Taken.", data: { trial: 3 } });
});

it.each([
  [new TypeError("of undefined"), "The storage failed: of undefined"],
  ["a text", "The storage failed: a text"],
  [null, "The storage failed: null"],
])("makes a failure of the storage of anything else: %s", (error, message) => {
  expect(carried(error)).toMatchObject({ code: "storage-failed", message, data: {} });
});
