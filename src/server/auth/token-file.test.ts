import { chmodSync, existsSync, mkdtempSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { hashOf } from "./secret-word.ts";
import { TokenFile } from "./token-file.ts";

const NOW = new Date("2026-01-31T12:00:00Z");
const file = (): TokenFile => new TokenFile(join(mkdtempSync(join(tmpdir(), "attune-tokens-")), "attune.db.tokens"));

it("keeps no token, but knows it again, in a file of its user's alone", () => {
  const tokens = file();
  const token = tokens.create("ci", "operator", NOW);
  expect(token).toMatch(/^attune-token-[\w-]{43}$/);
  const text = readFileSync(tokens.path, "utf8");
  expect(text).not.toContain(token.slice("attune-token-".length));
  expect(statSync(tokens.path).mode & 0o777).toBe(0o600);
  expect(tokens.find(hashOf(token))).toMatchObject({
    name: "ci",
    role: "operator",
    createdAt: "2026-01-31T12:00:00.000Z",
  });
  for (const other of ["", "attune-token-", token.slice(0, -1), `${token}x`])
    expect(tokens.find(hashOf(other))).toBeNull();
  // The hash is no token.
  expect(tokens.find(hashOf(tokens.list()[0]!.hash))).toBeNull();
});

it("sees what another process does", async () => {
  const [server, command] = [file(), null as TokenFile | null];
  const other = command ?? new TokenFile(server.path);
  const token = other.create("a", "reader", NOW);
  expect(server.find(hashOf(token))).toMatchObject({ name: "a" });
  other.revoke("a");
  while (server.find(hashOf(token)) !== null) await new Promise((resolve) => setTimeout(resolve, 5));
  expect(server.list()).toEqual([]);
});

it.each(["", "-x", "a/b", "a\nb", "x".repeat(101), "\u001b[31m"])("refuses the name %j", (name) => {
  const tokens = file();
  expect(() => tokens.create(name, "reader", NOW)).toThrow("cannot name a token");
  expect(existsSync(tokens.path)).toBe(false);
});

it("refuses a name that is taken, and to revoke one that is not there", () => {
  const tokens = file();
  tokens.create("a", "reader", NOW);
  expect(() => tokens.create("a", "admin", NOW)).toThrow("There is a token a already");
  expect(() => tokens.revoke("b")).toThrow("There is no token b; there are a.");
});

it.each([
  "",
  "{",
  "[]",
  '{"version":2,"tokens":[]}',
  '{"version":1,"tokens":[{"name":"a","role":"god","hash":"x","createdAt":""}]}',
])("lets nobody in by a file that is damaged: %s", (text) => {
  const tokens = file();
  writeFileSync(tokens.path, text);
  expect(() => tokens.find("x")).toThrow("does not hold tokens");
  // Not the second time either.
  expect(() => tokens.find("x")).toThrow("does not hold tokens");
});

it("says so where the tokens cannot be kept", () => {
  if (process.getuid?.() === 0) return;
  const tokens = file();
  chmodSync(join(tokens.path, ".."), 0o500);
  expect(() => tokens.create("a", "reader", NOW)).toThrow("The tokens cannot be kept");
});
