// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Bytes as text that an HTML file in UTF-8 can hold in a script element: seven bits per character, 14 % longer than the
// bytes where base64 is 33 % longer.

/** What HTML replaces (NUL, CR), and what could end the element. They are written 128 higher, where UTF-8 has two bytes. */
const FORBIDDEN = ["\0", "\r", "<"].map((character) => character.charCodeAt(0));

/** @param {Uint8Array} bytes */
export function toText(bytes) {
  const length = Math.ceil((bytes.length * 8) / 7);
  const characters = new Uint16Array(length);
  let [bits, count, at] = [0, 0, 0];
  const write = (value) => {
    characters[at] = FORBIDDEN.includes(value) ? value + 128 : value;
    at += 1;
  };
  for (const byte of bytes) {
    bits = (bits << 8) | byte;
    count += 8;
    while (count >= 7) {
      count -= 7;
      write((bits >> count) & 127);
    }
    bits &= 127;
  }
  if (at < length) write((bits << (7 - count)) & 127);
  return new TextDecoder("utf-16le").decode(characters);
}

/** @param {string} text */
export function toBytes(text) {
  const bytes = new Uint8Array(Math.floor((text.length * 7) / 8));
  let [bits, count, at] = [0, 0, 0];
  for (let index = 0; index < text.length; index += 1) {
    bits = ((bits << 7) | (text.charCodeAt(index) & 127)) & 0x7fff;
    count += 7;
    if (count < 8) continue;
    count -= 8;
    bytes[at] = bits >> count;
    at += 1;
  }
  return bytes;
}
