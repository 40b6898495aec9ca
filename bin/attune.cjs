#!/usr/bin/env node
"use strict";
// Only syntax that the oldest Node reads: this file must get as far as its own message.
var major = parseInt(process.versions.node, 10);
if (major < 24) {
  process.stderr.write(
    "attune needs Node 24 or later and this is Node " +
      process.versions.node +
      '; run it with "npx -p node@24 -p attune attune ...", or install Node 24 (for example "nvm install 24").\n',
  );
  process.exitCode = 69;
} else {
  require("./launch.cjs");
}
