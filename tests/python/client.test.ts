import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import path from "node:path";
import { beforeAll, expect, it, type TestContext } from "vitest";
import { pythonVenv } from "../../scripts/python-venv.mjs";

const root = path.resolve(import.meta.dirname, "../..");
const client = path.join(root, "clients", "python");
const files = readdirSync(path.join(client, "tests"), { recursive: true, encoding: "utf8" })
  .filter((name) => /(?:^|\/)test_\w+\.py$/.test(name))
  .sort();

let venv: ReturnType<typeof pythonVenv>;
beforeAll(() => {
  venv = pythonVenv();
}, 600_000);

function requirePython(context: TestContext): string {
  if (venv.python !== undefined) return venv.python;
  const missing = `the Python client is not tested: ${venv.missing}`;
  if (process.env.CI) throw new Error(missing);
  return context.skip(missing);
}

function run(context: TestContext, ...args: readonly string[]): void {
  const python = requirePython(context);
  const environment = Object.entries(process.env).filter(
    ([name]) => !/^(npm_|NODE_OPTIONS|VITEST|ATTUNE_)/i.test(name),
  );
  const ended = spawnSync(python, args, { cwd: client, env: Object.fromEntries(environment), encoding: "utf8" });
  if (ended.status !== 0) expect.fail(`${ended.stdout}${ended.stderr}`);
}

it.for(files)("%s", { timeout: 300_000 }, (file, context) => {
  run(context, "-m", "pytest", `tests/${file}`);
});

it.for(["3.11", "3.14"])("its types hold under mypy strict for Python %s", { timeout: 300_000 }, (version, context) => {
  run(context, "-m", "mypy", "--python-version", version, "--cache-dir", path.join(root, ".cache", "mypy"));
});
