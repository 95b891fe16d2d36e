import { writeSync } from 'node:fs';
import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { openPipe } from '../../local/azure/pipe.ts';
import { scratch } from '../support/scratch.ts';
import { until } from '../support/until.ts';

const folder = scratch('pipe');

test('a look at what is there loses nothing of what comes after it', async () => {
  const pipe = await openPipe(path.join(folder, 'pipe'));
  let text = '';
  for (let number = 0; number < 100; number += 1) {
    writeSync(pipe.write, `${number}\n`);
    text += `${number}\n`;
    // Meanwhile, Node reads on its own.
    await setImmediate();
    await until(() => pipe.rest().toString() === text);
    expect(pipe.isEnded()).toBe(false);
  }
  pipe.closeWrite();
  await until(pipe.isEnded);
  expect(pipe.rest().toString()).toBe(text);
  pipe.close();
});
