/**
 * Makes a clone ready: installs the dependencies when they are missing or older than the lock file, builds `dist/` when it is
 * stale, and says which Node runs the rest. Plain JavaScript without dependencies, so that it runs on Node 18 and later.
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { isBuildFresh } from "./freshness.mjs";

export const root = fileURLToPath(new URL("..", import.meta.url));
const neededMajor = 24;
const inRoot = (...parts) => path.join(root, ...parts);
const isWindows = process.platform === "win32";
const packagedNode = inRoot("node_modules", "node", "bin", isWindows ? "node.exe" : "node");

/** Installs and builds what is missing; returns the path of a Node >= 24 and the environment to run it in. */
export function setup() {
  if (!isInstalled()) install();
  const node = ensureNode();
  const env = environmentFor(node);
  if (!isBuildFresh(root)) {
    say("building dist/");
    run(node, [inRoot("scripts", "build.mjs")], env);
  }
  return { node, env };
}

/** Runs a command in the repository with the terminal's own input and output; ends this process when the command fails. */
function run(command, args, env = process.env) {
  const ended = spawnSync(command, args, { cwd: root, stdio: "inherit", env });
  if (ended.error) fail(`${command} could not be started: ${ended.error.message}`);
  if (ended.status !== 0) process.exit(ended.status ?? 1);
}

function isInstalled() {
  const hidden = inRoot("node_modules", ".package-lock.json");
  if (!existsSync(hidden)) return false;
  if (statSync(inRoot("package-lock.json")).mtimeMs <= statSync(hidden).mtimeMs) return true;
  return existsSync(stampFile) && readFileSync(stampFile, "utf8") === lockDigest();
}

const stampFile = inRoot("node_modules", ".attune-lock-digest");

function lockDigest() {
  return createHash("sha256")
    .update(readFileSync(inRoot("package-lock.json")))
    .digest("hex");
}

function install() {
  say("installing dependencies (npm ci)");
  runNpm(["ci", "--no-audit", "--no-fund", "--loglevel=error"], root);
  writeFileSync(stampFile, lockDigest());
}

function runNpm(args, cwd) {
  const script = process.env.npm_execpath ?? "";
  const own = script.endsWith("npm-cli.js");
  const ended = own
    ? spawnSync(process.execPath, [script, ...args], { cwd, stdio: "inherit" })
    : spawnSync(isWindows ? "npm.cmd" : "npm", args, { cwd, stdio: "inherit", shell: isWindows });
  if (ended.error) fail(`npm could not be started (${ended.error.message}); install Node with npm and try again.`);
  if (ended.status !== 0) fail(`npm ${args[0]} failed with exit code ${ended.status}; its own message is above.`);
}

/** The Node of the dev dependency; where its install script was blocked, the script is run from here. */
function ensureNode() {
  if (worksAsNode(packagedNode)) return packagedNode;
  const ownMajor = Number.parseInt(process.versions.node, 10);
  if (ownMajor >= neededMajor) return process.execPath;
  say(
    `Node ${process.versions.node} is older than ${neededMajor}: fetching Node ${neededMajor} (npm skipped the install script of the package "node")`,
  );
  const script = inRoot("node_modules", "node", "installArchSpecificPackage.js");
  if (existsSync(script)) spawnSync(process.execPath, [script], { cwd: path.dirname(script), stdio: "inherit" });
  if (worksAsNode(packagedNode)) return packagedNode;
  return fail(
    `Attune needs Node ${neededMajor} or later; this is ${process.versions.node}, and the package "node" could not bring one. ` +
      `Install Node ${neededMajor} (for example "nvm install ${neededMajor}") and run the same command again.`,
  );
}

function worksAsNode(file) {
  if (!existsSync(file)) return false;
  const ended = spawnSync(file, ["--version"], { encoding: "utf8" });
  return ended.status === 0 && Number.parseInt(ended.stdout.slice(1), 10) >= neededMajor;
}

/** The environment in which `node` and the installed tools are found first. */
function environmentFor(node) {
  const key = Object.keys(process.env).find((name) => name.toUpperCase() === "PATH") ?? "PATH";
  const folders = [path.dirname(node), inRoot("node_modules", ".bin"), process.env[key]];
  return { ...process.env, [key]: folders.filter(Boolean).join(path.delimiter) };
}

function say(text) {
  process.stderr.write(`setup: ${text}\n`);
}

function fail(text) {
  process.stderr.write(`setup: ${text}\n`);
  process.exit(1);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) setup();
