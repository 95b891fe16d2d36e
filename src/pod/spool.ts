import { StringDecoder } from 'node:string_decoder';
import { createGunzip } from 'node:zlib';
import { characterStart } from './output.ts';

/** How much of the unpacked output is kept at most, in bytes: half from its start, half from its end. */
export const UNPACKED_LIMIT = 33_554_432;

/** The pod's spool, unpacked. */
export type Spool = {
  readonly start: string;
  /** Empty where `start` has all. */
  readonly end: string;
  /** Between the two. */
  readonly missingBytes: number;
};

/** Unpacks a spool, keeping no more than so many bytes; undefined where it is not sound to its end. */
export async function unpackSpool(base64: string, limit = UNPACKED_LIMIT): Promise<Spool | undefined> {
  const kept = new Halves(limit / 2);
  const gunzip = createGunzip({ chunkSize: 65_536 });
  gunzip.end(Buffer.from(base64, 'base64'));
  try {
    for await (const chunk of gunzip as AsyncIterable<Buffer>) kept.add(chunk);
  } catch {
    return undefined;
  }
  return kept.spool();
}

/** The first bytes of a stream and its last ones. */
class Halves {
  readonly #half: number;
  readonly #start: Buffer[] = [];
  readonly #end: Buffer[] = [];
  #startBytes = 0;
  #endBytes = 0;
  #droppedBytes = 0;

  constructor(half: number) {
    this.#half = half;
  }

  add(chunk: Buffer): void {
    const first = chunk.subarray(0, this.#half - this.#startBytes);
    const rest = chunk.subarray(first.length);
    this.#start.push(first);
    this.#end.push(rest);
    this.#startBytes += first.length;
    this.#endBytes += rest.length;
    for (let [oldest] = this.#end; oldest && this.#endBytes - oldest.length >= this.#half; [oldest] = this.#end) {
      this.#endBytes -= oldest.length;
      this.#droppedBytes += oldest.length;
      this.#end.shift();
    }
  }

  spool(): Spool {
    if (this.#droppedBytes === 0 && this.#endBytes <= this.#half) {
      return { start: Buffer.concat([...this.#start, ...this.#end]).toString(), end: '', missingBytes: 0 };
    }
    const last = Buffer.concat(this.#end);
    const from = characterStart(last, last.length - this.#half);
    return {
      // A decoder, unlike toString, keeps back a character that is not complete.
      start: new StringDecoder('utf8').write(Buffer.concat(this.#start)),
      end: last.toString('utf8', from),
      missingBytes: this.#droppedBytes + from,
    };
  }
}
