#!/usr/bin/env node
// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// free_port.mjs PORT: prints the first port from PORT upwards that is free at all local addresses.

import { createServer } from "node:net";

const localAddresses = ["127.0.0.1", "::1", "0.0.0.0", "::"];

function canListen(port, host) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", (error) => resolve(error.code !== "EADDRINUSE" && error.code !== "EACCES"));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)));
  });
}

async function isFree(port) {
  for (const host of localAddresses) {
    if (!(await canListen(port, host))) return false;
  }
  return true;
}

const first = Number(process.argv[2]);
if (!Number.isInteger(first)) {
  console.error("error: usage: free_port.mjs PORT");
  process.exit(2);
}
for (let port = first; port <= 65535; port += 1) {
  if (await isFree(port)) {
    console.log(String(port)); // a number would be coloured under FORCE_COLOR
    process.exit(0);
  }
}
console.error(`error: no port from ${first} to 65535 is free`);
process.exit(1);
