// TypeScript bindings for emscripten-generated code.  Automatically generated at compile time.
declare namespace RuntimeExports {
    const HEAPF32: any;
    const HEAPF64: any;
    const HEAP_DATA_VIEW: any;
    const HEAP8: any;
    const HEAPU8: any;
    const HEAP16: any;
    const HEAPU16: any;
    const HEAP32: any;
    const HEAPU32: any;
    const HEAP64: any;
    const HEAPU64: any;
}
interface WasmModule {
}

type EmbindString = ArrayBuffer|Uint8Array|Uint8ClampedArray|Int8Array|string;
export interface PictureReader {
  isNpz(): boolean;
  readTree(): null | { error: { code: string; message: string } };
  readNpz(): null | { error: { code: string; message: string } };
  readFile(_0: number): null | { error: { code: string; message: string } };
  count(): number;
  next(): number;
  add(_0: number, _1: number, _2: Uint8Array | Uint8ClampedArray): null | { error: { code: string; message: string } };
  leaveOut(_0: "other_part" | "beside_classes" | "no_picture_name" | "no_picture" | "kind_not_read" | "empty" | "damaged" | "too_large" | "too_many_pixels" | "four_colours" | "encrypted" | "unreadable"): void;
  finish(): { set: { id: string; channels: 1 | 3; side: number; pixels: Uint8Array<ArrayBuffer>; labels: Uint8Array<ArrayBuffer>; classes: number; classNames: string[] }; leftOut: { reason: "other_part" | "beside_classes" | "no_picture_name" | "no_picture" | "kind_not_read" | "empty" | "damaged" | "too_large" | "too_many_pixels" | "four_colours" | "encrypted" | "unreadable"; count: number; examples: string[] }[]; notes: ("emnist_transposed" | "fine_classes" | "arrays_chosen")[]; arrays?: { pictures: string; labels: string; unused: string[] } } | { error: { code: string; message: string } };
  delete(): void;
}

interface EmbindModule {
  PictureReader: {};
  createReader(_0: EmbindString, _1: readonly string[], _2: (place: number, maxSize: number) => Uint8Array | { error: { code: string; message: string } }, _3: { side?: number; colour?: boolean; pad: boolean; invert: boolean; transpose: boolean; ground: readonly number[] }): PictureReader | { error: { code: string; message: string } };
}

export type MainModule = WasmModule & typeof RuntimeExports & EmbindModule;
export default function MainModuleFactory (options?: unknown): Promise<MainModule>;
