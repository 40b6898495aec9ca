"use strict";
const module_ = require("node:module");
const path = require("node:path");

if (!process.env.NODE_COMPILE_CACHE) module_.enableCompileCache(cacheFolder());
import("../dist/bin/main.js");

/** Compiled code is kept in the user's own cache folder, never in a temp folder that others can write to. */
function cacheFolder() {
  const base = process.env.XDG_CACHE_HOME || path.join(require("node:os").homedir(), ".cache");
  return path.join(base, "attune", "compiled");
}
