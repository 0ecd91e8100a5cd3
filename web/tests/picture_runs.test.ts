// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Runs on the user's own pictures: what the page asks of the core for them, and how they come into the
// worker.

import { afterEach, describe, expect, it, vi } from "vitest";
import { connectGanvas, type GanvasClient } from "../client/training_client";
import { isOfDigits } from "../config/classes";
import { finish, startDraft } from "../config/draft";
import { gridSide, PRESETS } from "../config/presets";
import { identityOf } from "../config/run_identity";
import type { PictureFacts, Settings } from "../config/settings";
import { loadGanvas } from "../engine/loader";
import type { PageHooks } from "../ui/platform/page_hooks";
import { readAddress } from "../ui/state/address";
import { configOf, createRun } from "../ui/state/run_settings";
import { readHeader } from "../ui/state/saved_runs/checkpoint_header";
import { importRun } from "../ui/state/saved_runs/open_run";
import type { KeptRun } from "../ui/state/saved_runs/run_storage";
import { serveTraining } from "../worker/training_server";
import { ChannelWorker } from "./channel_worker";
import { MODULES_URL } from "./real_assets";

const ENGINE = { tier: "simd", threads: 1, baseUrl: MODULES_URL } as const;
const COUNT = 40;
const FACTS: PictureFacts = {
  ...{ id: "0123456789abcdef", name: "pets", count: COUNT },
  ...{ channels: 3, side: 16, classes: 3, classNames: ["cats", "dogs", "owls"] },
};
const SETTINGS: Settings = {
  ...{ preset: "quick", seed: 2, examples: 30, pictures: FACTS },
  changes: { batch_size: "8" },
};

afterEach(() => ChannelWorker.endAll());

const connect = (): Promise<GanvasClient> =>
  connectGanvas({ ...ENGINE, createWorker: () => new ChannelWorker(serveTraining) });

function makeSet() {
  const { id, channels, side, classes, classNames } = FACTS;
  const size = channels * side ** 2;
  const pixels = Uint8Array.from(
    { length: COUNT * size },
    (_, at) => (at * 7 + Math.floor(at / 97) * 31) % 256,
  );
  const labels = Uint8Array.from({ length: COUNT }, (_, at) => at % classes);
  return { id, channels, side, pixels, labels, classes, classNames };
}

describe("the settings of a run on own pictures", () => {
  it("make the preset for their shape, with classes where the preset takes them", async () => {
    const client = await connect();
    const quick = await configOf(client, SETTINGS);
    expect(quick).toMatchObject({
      ...{ pictures: FACTS.id, sample_shape: [3, 16, 16], examples: 30, batch_size: 8 },
      ...{ classes: 3, class_names: FACTS.classNames },
    });
    const seed = await configOf(client, { ...SETTINGS, preset: "seed" });
    expect(seed).toMatchObject({ pictures: FACTS.id, sample_shape: [3, 16, 16], classes: 0 });
    expect(seed.class_names).toBeUndefined();
  });

  it("are digits only without the id of other pictures", async () => {
    const client = await connect();
    const grey: PictureFacts = { ...FACTS, channels: 1, side: 28, classes: 0, classNames: [] };
    const own = await configOf(client, { ...SETTINGS, preset: "seed", pictures: grey });
    expect(own.sample_shape).toEqual([784]);
    expect(isOfDigits(own)).toBe(false);
    expect(isOfDigits(await configOf(client, { ...SETTINGS, pictures: null }))).toBe(true);
  });

  it("come through the drawer unchanged, for every preset that can learn them", async () => {
    const client = await connect();
    for (const preset of PRESETS.filter((name) => name !== "toy2d")) {
      const settings = { ...SETTINGS, preset };
      const config = await configOf(client, { ...settings, changes: {} });
      expect(finish(startDraft(settings, config))).toEqual(settings);
    }
  });

  it("name the pictures in a link, but not for points", () => {
    const open = (search: string) => readAddress(search).opening;
    const query = `?preset=quick&examples=70000&pictures=${FACTS.id}`;
    expect(open(query).settings).toMatchObject({ examples: 70_000, pictures: { id: FACTS.id } });
    expect(open(query.replace("quick", "toy2d")).settings.pictures).toBeNull();
    expect(open("?examples=70000").problems).toHaveLength(1);
    expect(open("?pictures=../a").problems).toEqual([{ name: "pictures", value: "../a" }]);
  });

  it("give each class its columns", () => {
    const side = (classes: number) =>
      gridSide(null, { preset: "quick", pictures: { ...FACTS, classes } });
    expect([0, 2, 3, 4, 5, 7, 10, 16, 17, 100].map(side)).toEqual([
      8, 10, 9, 8, 10, 7, 10, 16, 10, 10,
    ]);
    expect(gridSide(null, { preset: "seed", pictures: FACTS })).toBe(8);
    expect(gridSide(6, { preset: "quick", pictures: FACTS })).toBe(6);
  });
});

describe("a run to go on with", () => {
  it("leaves no session behind when its checkpoint is damaged", async () => {
    const client = await connect();
    const create = vi.spyOn(client, "createSession");
    const kept = { checkpoint: new Uint8Array(100) } as unknown as KeptRun;
    const created = createRun(client, { ...SETTINGS, pictures: null }, kept);
    await expect(created).rejects.toMatchObject({ code: "bad_magic" });
    const session = await create.mock.results[0]?.value;
    await expect(session.state()).rejects.toMatchObject({ code: "disposed" });
  });
});

describe("a checkpoint to go on with", () => {
  it("is refused if it learns from more digits than there are", async () => {
    const client = await connect();
    const page = { keeps: false } as PageHooks;
    const open = async (examples: number) => {
      const session = await client.createSession({ preset: "seed", examples });
      return importRun({ client, page }, new File([await session.save()], "run.safetensors"));
    };
    expect((await open(60_000)).run.settings).toMatchObject({ preset: "seed", examples: 60_000 });
    await expect(open(60_001)).rejects.toMatchObject({ code: "no_data" });
  });
});

describe("pictures in the worker", () => {
  it("have moved there, and train the run that the engine trains on them", async () => {
    const config = identityOf({ ...SETTINGS, examples: COUNT - 1 });
    const near = (await loadGanvas(ENGINE)).createSession(config);
    const { pixels, labels } = makeSet();
    near.setData(pixels, labels);
    const client = await connect();
    const set = makeSet();
    const data = await client.addPictures(set);
    expect([set.pixels.length, set.labels.length]).toEqual([0, 0]);
    expect(data.examples).toBe(COUNT);
    expect(data.preview).toEqual(pixels);
    const far = await client.createSession(config);
    await far.useDataSet(data, COUNT - 1);
    expect((await far.train(5)).history).toEqual(near.train(5).history);
    expect(readHeader(await far.save()).config.pictures).toBe(FACTS.id);
    await expect(far.useDataSet(data, COUNT + 1)).rejects.toMatchObject({
      code: "invalid_argument",
    });
    await data.dispose();
    await expect(far.useDataSet(data)).rejects.toMatchObject({ code: "disposed" });
  });

  it("are whole ones", async () => {
    const client = await connect();
    for (const pixels of [new Uint8Array(300), new Uint8Array(0)]) {
      const added = client.addPictures({ ...makeSet(), pixels });
      await expect(added).rejects.toMatchObject({ code: "invalid_argument" });
    }
  });

  it("need no labels", async () => {
    const client = await connect();
    const data = await client.addPictures({ ...makeSet(), labels: new Uint8Array(0), classes: 0 });
    const pictures = { ...FACTS, classes: 0, classNames: [] };
    const session = await client.createSession(identityOf({ ...SETTINGS, pictures }));
    await session.useDataSet(data, 30);
    expect((await session.train(1)).step).toBe(1);
  });
});
