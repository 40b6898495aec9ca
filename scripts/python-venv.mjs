/**
 * Makes the environment in which the Python client is tested: `.cache/python-venv`, with the client installed in place and what
 * `clients/python/requirements-test.txt` pins. Made anew when these change.
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const client = path.join(root, "clients", "python");
const venv = path.join(root, ".cache", "python-venv");
const stamp = path.join(venv, "made-from.txt");
const inputs = ["pyproject.toml", "requirements-test.txt"];
const neededMinor = 11;
/** The client as it stands here, without an installation. */
const IN_PLACE = `
import os, sys, sysconfig
with open(os.path.join(sysconfig.get_path("purelib"), "attune_hpo_in_place.pth"), "w") as file:
    file.write(sys.argv[1] + "\\n")
`;

/** `{ python }`, or `{ missing }`: a sentence that says what there is not. */
export function pythonVenv() {
  const python = path.join(venv, "bin", "python");
  const digest = createHash("sha256");
  for (const name of inputs) digest.update(readFileSync(path.join(client, name)));
  const wanted = digest.digest("hex");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted && works(python)) return { python };
  const found = ["python3", "python3.13", "python3.12", "python3.11"].find((name) => works(name));
  if (found === undefined) return { missing: `no Python 3.${neededMinor} or later is on the PATH` };
  rmSync(venv, { recursive: true, force: true });
  mkdirSync(path.dirname(venv), { recursive: true });
  const steps = [
    [found, ["-m", "venv", venv]],
    [python, ["-m", "pip", "install", "-r", path.join(client, "requirements-test.txt")]],
    [python, ["-c", IN_PLACE, path.join(client, "src")]],
  ];
  for (const [command, args] of steps) {
    const quiet = args[1] === "pip" ? [...args, "--quiet", "--disable-pip-version-check"] : args;
    const ended = spawnSync(command, quiet, { cwd: root, encoding: "utf8" });
    if (ended.status !== 0) {
      const last = `${ended.stdout}${ended.stderr}`.trim().split("\n").slice(-3).join("; ");
      return { missing: `${[command, ...args.slice(0, 3)].join(" ")} failed: ${last}` };
    }
  }
  writeFileSync(stamp, wanted);
  return { python };
}

function works(python) {
  const code = `import sys, ensurepip; sys.exit(sys.version_info < (3, ${neededMinor}))`;
  return spawnSync(python, ["-c", code], { stdio: "ignore" }).status === 0;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { python, missing } = pythonVenv();
  process.stdout.write(`${python ?? missing}\n`);
  process.exitCode = python === undefined ? 1 : 0;
}
