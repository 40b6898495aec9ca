"use strict";
const { enableCompileCache } = require("node:module");
const path = require("node:path");

const cache = cacheFolder();
if (cache !== null && !process.env.NODE_COMPILE_CACHE) enableCompileCache(cache);
// The same command line twice: in one file, which loads quicker, for the command that needs most of it.
import(process.argv[2] === "run" ? "../dist/bin/run.js" : "../dist/bin/main.js");

/** Compiled code is kept in the user's own cache folder, never in a temp folder that others can write to. */
function cacheFolder() {
  const { XDG_CACHE_HOME, HOME, LOCALAPPDATA } = process.env;
  const base = XDG_CACHE_HOME || (HOME && path.join(HOME, ".cache")) || LOCALAPPDATA;
  return base ? path.join(base, "attune", "compiled") : null;
}
