"use strict";
const { enableCompileCache } = require("node:module");
const path = require("node:path");

const cache = cacheFolder();
if (cache !== null && !process.env.NODE_COMPILE_CACHE) enableCompileCache(cache);
// The same command line four times: in pieces, and in one file, which loads quicker, for the commands that only look, for none, and for
// the one that needs most of it. What is compiled of a file is kept as its first user needed it, so these share none.
const [, , word] = process.argv;
if ([undefined, "--help", "-h", "--version", "-V"].includes(word)) require("../dist/bin/help.cjs");
else if (["show", "best", "trials"].includes(word)) require("../dist/bin/look.cjs");
else import(word === "run" ? "../dist/bin/run.js" : "../dist/bin/main.js");

/** Compiled code is kept in the user's own cache folder, never in a temp folder that others can write to. */
function cacheFolder() {
  const { XDG_CACHE_HOME, HOME, LOCALAPPDATA } = process.env;
  const base = XDG_CACHE_HOME || (HOME && path.join(HOME, ".cache")) || LOCALAPPDATA;
  return base ? path.join(base, "attune", "compiled") : null;
}
