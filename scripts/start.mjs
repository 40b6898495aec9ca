/** `npm start`: makes the clone ready, then tunes a small network on the iris data. */
import { spawnSync } from "node:child_process";
import path from "node:path";
import { root, setup } from "./setup.mjs";

const { node, env } = setup();
const demo = path.join(root, "examples", "iris", "demo.mjs");
const ended = spawnSync(node, [demo, ...process.argv.slice(2)], { cwd: root, stdio: "inherit", env });
process.exit(ended.status ?? 1);
