// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The client for tests, whose worker is the real server with the real core over a MessageChannel.

import { type ClientOptions, connectGanvas } from "../client/training_client";
import { serveTraining } from "../worker/training_server";
import { ChannelWorker } from "./channel_worker";
import { MODULES_URL } from "./real_assets";

export const OPTIONS: ClientOptions = {
  tier: "simd",
  threads: 1,
  baseUrl: MODULES_URL,
  createWorker: () => new ChannelWorker(serveTraining),
};

export async function ready(examples = 500) {
  const client = await connectGanvas(OPTIONS);
  const session = await client.createSession({ preset: "seed", seed: 3, examples });
  return { client, session, examples };
}
