#!/usr/bin/env node
// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// page_addresses.mjs PORT [ADDRESS]: prints the links to a page that is served at an address of this machine, one a line.
// ADDRESS 0.0.0.0 is all IPv4 addresses, :: all addresses, none this machine alone.

import { isIP, isIPv6 } from "node:net";
import { networkInterfaces } from "node:os";

const [port, address = "localhost"] = process.argv.slice(2);
if (!/^\d+$/.test(port ?? "")) {
  console.error("error: usage: page_addresses.mjs PORT [ADDRESS]");
  process.exit(2);
}

/** What other machines can reach; link-local addresses cannot be typed into a browser. */
function isReachable({ address, internal }) {
  return !internal && !/^(fe80:|169\.254\.)/.test(address);
}

const own = Object.values(networkInterfaces()).flat();
const reachable = own.filter(isReachable).map(({ address }) => address);

function hosts() {
  if (address === "0.0.0.0") return ["127.0.0.1", ...reachable.filter((one) => !isIPv6(one))];
  if (address === "::") return ["127.0.0.1", ...reachable];
  return [address];
}

// All of 127.0.0.0/8 is this machine, though only 127.0.0.1 is listed.
const isOwn =
  address === "localhost" ||
  (isIP(address) !== 0 &&
    (["0.0.0.0", "::"].includes(address) || address.startsWith("127.") || own.some((one) => one.address === address)));
if (!isOwn) {
  console.error(
    `error: this machine has no address '${address}'; it has ${["127.0.0.1", ...reachable].join(", ")}, and 0.0.0.0 is all of them`,
  );
  process.exit(2);
}
for (const host of hosts()) console.log(`http://${isIPv6(host) ? `[${host}]` : host}:${port}/`);
