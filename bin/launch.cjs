"use strict";
const { enableCompileCache } = require("node:module");
const path = require("node:path");

/** One for all threads; and bytes from which what is freed goes back to the system. */
const ARENAS = "1";
const GIVEN_BACK = "131072";

const [, , word] = process.argv;
if (word === "ui") holdLessFreed();
const cache = cacheFolder();
if (cache !== null && !process.env.NODE_COMPILE_CACHE) enableCompileCache(cache);
// The same command line four times: in pieces, and in one file, which loads quicker, for the commands that only look, for none, and for
// the one that needs most of it. What is compiled of a file is kept as its first user needed it, so these share none.
if ([undefined, "--help", "-h", "--version", "-V"].includes(word)) require("../dist/bin/help.cjs");
else if (["show", "best", "trials"].includes(word)) require("../dist/bin/look.cjs");
else import(word === "run" ? "../dist/bin/run.js" : "../dist/bin/main.js");

/**
 * A page's server has threads that make and drop columns of a megabyte: the C library keeps what they free, for each thread by itself, unless it
 * is told otherwise before a process begins. So the same process begins once more; what it starts (a browser) is not told.
 */
function holdLessFreed() {
  const { execve, env, platform, execPath, execArgv, argv } = process;
  const begun = env.MALLOC_ARENA_MAX === ARENAS && env.MALLOC_MMAP_THRESHOLD_ === GIVEN_BACK;
  if (begun) {
    delete env.MALLOC_ARENA_MAX;
    delete env.MALLOC_MMAP_THRESHOLD_;
  } else if (platform === "linux" && !env.MALLOC_ARENA_MAX && typeof execve === "function") {
    const told = { ...env, MALLOC_ARENA_MAX: ARENAS, MALLOC_MMAP_THRESHOLD_: GIVEN_BACK };
    execve(execPath, [execPath, ...execArgv, ...argv.slice(1)], told);
  }
}

/** Compiled code is kept in the user's own cache folder, never in a temp folder that others can write to. */
function cacheFolder() {
  const { XDG_CACHE_HOME, HOME, LOCALAPPDATA } = process.env;
  const base = XDG_CACHE_HOME || (HOME && path.join(HOME, ".cache")) || LOCALAPPDATA;
  return base ? path.join(base, "attune", "compiled") : null;
}
