#!/usr/bin/env node
"use strict";

const { native } = require("../dist/native.js");

// Node has signals end the process in a way of its own. A listener that comes and goes leaves the system's way, which
// the command expects.
for (const signal of ["SIGINT", "SIGTERM"]) {
  const listener = () => {};
  process.on(signal, listener).off(signal, listener);
}

// In this very thread, so that exit codes and pipes are those of any other command.
process.exitCode = native.main(["voiceroll", ...process.argv.slice(2)]);
