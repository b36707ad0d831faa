// A long text as a row of QR codes and back: packed, in the characters that a QR holds most of (base45, RFC 9285), each
// code with its number. A camera may read them in any order.

const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
const EACH = 540; // characters in a code: a QR of 69 modules, which a webcam reads off a phone
const PAGE = /^CAMP\/([0-9A-F]{8})\/(\d{1,3})\/(\d{1,3})\/([\s\S]*)$/;

async function through(stream, bytes) {
  return new Uint8Array(await new Response(new Blob([bytes]).stream().pipeThrough(stream)).arrayBuffer());
}

function encoded(bytes) {
  let text = "";
  for (let at = 0; at < bytes.length; at += 2) {
    let value = at + 1 < bytes.length ? bytes[at] * 256 + bytes[at + 1] : bytes[at];
    for (let more = at + 1 < bytes.length ? 3 : 2; more; more -= 1) {
      text += ALPHABET[value % 45];
      value = Math.floor(value / 45);
    }
  }
  return text;
}

function decoded(text) {
  const bytes = [];
  for (let at = 0; at < text.length; at += 3) {
    const part = [...text.slice(at, at + 3)].map((letter) => ALPHABET.indexOf(letter));
    const value = part.reduceRight((sum, digit) => sum * 45 + digit, 0);
    bytes.push(...(part.length === 3 ? [value >> 8, value & 255] : [value]));
  }
  return new Uint8Array(bytes);
}

// The texts of the codes.
export async function pagesOf(text) {
  const bytes = await through(new CompressionStream("deflate-raw"), new TextEncoder().encode(text));
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).slice(0, 4);
  const mark = [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("").toUpperCase();
  const whole = encoded(bytes);
  const number = Math.ceil(whole.length / EACH);
  return Array.from({ length: number }, (_, at) => `CAMP/${mark}/${at + 1}/${number}/${whole.slice(at * EACH, (at + 1) * EACH)}`);
}

// Collects codes until a text is whole. add() gives nothing for another code, else how many there are of how many.
export function makeCollector() {
  let mark = "";
  let found = [];
  return {
    add(text) {
      const [, set, at, number, data] = PAGE.exec(text) || [];
      if (!set || +at < 1 || +at > +number) return undefined;
      if (set !== mark) [mark, found] = [set, Array(+number).fill("")];
      found[+at - 1] = data;
      const have = found.filter(Boolean).length;
      return { have, all: found.length, missing: found.flatMap((one, place) => (one ? [] : [place + 1])) };
    },
    async text() {
      return new TextDecoder().decode(await through(new DecompressionStream("deflate-raw"), decoded(found.join(""))));
    },
  };
}
