#!/usr/bin/env node
"use strict";
// Only syntax that the oldest Node reads (no arrows, templates or trailing commas): it must get as far as its own message.
var version = process.versions.node;
var wayOut = 'run it with "npx -p node@24 -p attune attune ...", or install Node 24 (for example "nvm install 24").';
if (parseInt(version, 10) < 24) {
  process.stderr.write("attune needs Node 24 or later and this is Node " + version + "; " + wayOut + "\n");
  process.exitCode = 69;
} else {
  require("./launch.cjs");
}
