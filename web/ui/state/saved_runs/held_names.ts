// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// What tabs hold where the browser has no locks: each tab knows its own names, and answers others that ask.

/** A tab in the background answers within this time; what a slower one holds would be given to this one, or deleted. */
const ANSWER_MS = 1000;

/** `names`: the answer to a question that a tab has asked. */
type Message = { readonly asked: string } | { readonly answered: string; readonly names: string[] };

const own = new Set<HeldName>();
let channel: BroadcastChannel | null = null;

function open(): BroadcastChannel | null {
  if (channel !== null || typeof BroadcastChannel !== "function") return channel;
  channel = new BroadcastChannel("ganvas-held");
  channel.addEventListener("message", ({ data }: MessageEvent<Message>) => {
    if ("asked" in data && own.size > 0) tell({ answered: data.asked, names: ownNames() });
  });
  return channel;
}

function ownNames(): string[] {
  return Array.from(own, ({ name }) => name);
}

function tell(message: Message): void {
  channel?.postMessage(message);
}

/** Tells other tabs of a name until it is released. */
export class HeldName {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
    own.add(this);
    open();
  }

  release(): void {
    own.delete(this);
  }
}

/** The names that tabs hold, this one among them. */
export async function heldNames(): Promise<ReadonlySet<string>> {
  const names = new Set(ownNames());
  const others = open();
  if (others === null) return names;
  const asked = String(Math.random());
  const hear = ({ data }: MessageEvent<Message>): void => {
    if ("answered" in data && data.answered === asked) {
      for (const name of data.names) names.add(name);
    }
  };
  others.addEventListener("message", hear);
  tell({ asked });
  await new Promise((resolve) => setTimeout(resolve, ANSWER_MS));
  others.removeEventListener("message", hear);
  return names;
}
