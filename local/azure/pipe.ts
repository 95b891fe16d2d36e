import { execFile } from 'node:child_process';
import { close, constants, open as openCallback, readSync } from 'node:fs';
import { Socket } from 'node:net';
import { promisify } from 'node:util';
import { maxLogBytes } from './commands.ts';

const open = promisify(openCallback);
const run = promisify(execFile);

export type Pipe = Readonly<{
  /** File descriptor for the command's stdout and stderr. */
  write: number;
  closeWrite(): void;
  /** Everything written so far, up to what AKS keeps. */
  rest(): Buffer;
  /** Whether nobody can write to it anymore. */
  isEnded(): boolean;
  close(): void;
}>;

/**
 * A named pipe. Like a container's output, and unlike the sockets that Node gives a child, it can
 * be reopened through `/dev/stdout`, and both streams share it in the order of writing.
 */
export async function openPipe(path: string): Promise<Pipe> {
  await run('mkfifo', ['-m', '600', path]);
  const read = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  const write = await open(path, constants.O_WRONLY);
  const chunks: Buffer[] = [];
  let received = 0;
  const receive = (chunk: Buffer): void => {
    if (received < maxLogBytes) chunks.push(chunk);
    received += chunk.length;
  };
  const stream = new Socket({ fd: read, readable: true, writable: false });
  stream.on('data', receive);
  stream.on('error', () => undefined);
  let writeOpen = true;
  const closeWrite = (): void => {
    if (writeOpen) close(write);
    writeOpen = false;
  };
  const isEnded = (): boolean => stream.readableEnded || stream.destroyed || drain(read, receive);
  return {
    write,
    closeWrite,
    isEnded,
    rest() {
      // This does not wait for the end of the stream, because an escaped process may hold the pipe
      // open.
      isEnded();
      return Buffer.concat(chunks).subarray(0, maxLogBytes);
    },
    close() {
      closeWrite();
      stream.destroy();
    },
  };
}

function drain(read: number, receive: (chunk: Buffer) => void): boolean {
  const buffer = Buffer.alloc(65_536);
  for (;;) {
    let length: number;
    try {
      length = readSync(read, buffer);
    } catch {
      // EAGAIN: there are still writers, but there is nothing to read.
      return false;
    }
    if (length === 0) return true;
    receive(Buffer.from(buffer.subarray(0, length)));
  }
}
