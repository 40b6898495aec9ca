/**
 * Tests the callbacks of the Python client in the real frameworks, over ranks too, its display in a real kernel of Jupyter and its tables, which are too large for `npm test`:
 * `.cache/frameworks-venv` has what `clients/python/requirements-test.txt` and `requirements-frameworks.txt` pin. A CPU build of torch is
 * taken where pip finds one (`PIP_EXTRA_INDEX_URL` or `PIP_FIND_LINKS`).
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const client = path.join(root, "clients", "python");
const venv = path.join(root, ".cache", "frameworks-venv");
const python = path.join(venv, "bin", "python");
const stamp = path.join(venv, "made-from.txt");
const lists = ["requirements-test.txt", "requirements-frameworks.txt"].map((name) => path.join(client, name));

function run(command, args, options = {}) {
  const ended = spawnSync(command, args, { stdio: "inherit", cwd: client, ...options });
  if (ended.status !== 0) process.exit(ended.status ?? 1);
}

const wanted = lists.map((file) => readFileSync(file, "utf8")).join("");
if (!existsSync(stamp) || readFileSync(stamp, "utf8") !== wanted) {
  rmSync(venv, { recursive: true, force: true });
  mkdirSync(path.dirname(venv), { recursive: true });
  run("python3", ["-m", "venv", venv]);
  run(python, [
    "-m",
    "pip",
    "install",
    "--quiet",
    "--disable-pip-version-check",
    ...lists.flatMap((file) => ["-r", file]),
  ]);
  writeFileSync(stamp, wanted);
}
const environment = { ...process.env, ATTUNE_FRAMEWORKS: "all", PYTHONPATH: path.join(client, "src") };
const files = ["tests/test_callbacks.py", "tests/test_ranks.py", "tests/test_kernel.py", "tests/test_looking.py"];
run(python, ["-m", "pytest", "-vv", ...files], { env: environment });
