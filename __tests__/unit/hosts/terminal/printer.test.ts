import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { Printer } from '../../../../src/hosts/terminal/printer.ts';
import { say } from '../../../../src/text/say.ts';

/** What a printer writes to a stderr that is a terminal, or none. */
function printed(
  work: (printer: Printer) => void,
  { isTTY = false, columns = 80, env = {}, quiet = false, debug = false } = {},
): string {
  let text = '';
  const stderr = {
    isTTY,
    columns,
    on: () => stderr,
    write(piece: string) {
      text += piece;
    },
  };
  const options = Object.entries({ quiet, debug }).filter(([, isGiven]) => isGiven);
  const printer = new Printer(
    process.stdout,
    stderr as unknown as NodeJS.WriteStream,
    env,
    new Map(options.map(([name]) => [name, ''])),
    new AbortController().signal,
  );
  work(printer);
  printer.end();
  return text;
}

const start = (printer: Printer) => {
  printer.start();
};
const CLEAR = '\r\u001b[K';
const LIVE = 'signing in (less than 1s), waiting for Azure';

describe('as time passes', () => {
  beforeEach(() => {
    jest.useFakeTimers({ now: 0 });
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  test('the live line tells it twice a second, until its end', () => {
    const text = printed(
      (printer) => {
        printer.start();
        jest.advanceTimersByTime(1400);
        printer.end();
        jest.advanceTimersByTime(60_000);
        printer.progress('running', say`A line, now that nothing else shows it.`);
      },
      { isTTY: true },
    );
    expect(text.match(/waiting for/g)).toHaveLength(3);
    const last = LIVE.replace('less than 1s', '1s');
    expect(text).toContain(`${last}${CLEAR}A line, now that nothing else shows it.\n`);
  });

  test('without a terminal, a line a minute tells the progress', () => {
    const text = printed((printer) => {
      for (const second of [1, 59, 60, 61, 119, 120]) {
        jest.setSystemTime(second * 1000);
        printer.progress('running', say`${second} s`);
      }
    });
    expect(text).toBe('60 s\n120 s\n');
  });
});

describe('the live line', () => {
  test.each([
    ['state, time, and what is awaited', 80, LIVE],
    ['cut, so that it does not wrap', 20, LIVE.slice(0, 19)],
    ['a terminal without a size', 0, LIVE],
  ])('%s', (_name, columns, line) => {
    expect(printed(start, { isTTY: true, columns })).toBe(CLEAR + line + CLEAR);
  });

  test.each([
    ['no terminal', {}],
    ['NO_COLOR', { isTTY: true, env: { NO_COLOR: '1' } }],
    ['a dumb terminal', { isTTY: true, env: { TERM: 'dumb' } }],
    ['--quiet', { isTTY: true, quiet: true }],
  ])('%s: none', (_name, around) => {
    expect(printed(start, around)).toBe('');
  });

  test('it makes room for what is printed, and stands for progress and details', () => {
    const text = printed(
      (printer) => {
        printer.start();
        printer.info(say`printed`);
        printer.detail(say`title`, 'claims');
        printer.progress('running', say`The command is running.`);
      },
      { isTTY: true },
    );
    expect(text).toBe(
      `${CLEAR}${LIVE}${CLEAR}printed\n${CLEAR}running (less than 1s), waiting for it to end${CLEAR}`,
    );
  });
});

const everything = (printer: Printer) => {
  printer.mask('s3cret');
  printer.info(say`said s3cret`);
  printer.progress('running', say`The command is running.`);
  printer.detail(say`title`, 'claims');
  printer.warn(say`careful`);
  printer.debug('request');
  printer.fail('failed\n::error::x ##vso[y]\u001b[2J');
};

const FAILED = 'Error: failed\n::error::x ##vso[y]\\u001b[2J\n';
const BROKEN = 'Error: failed\n:\\:error::x #\\#vso[y]\\u001b[2J\n';
test.each([
  ['all of it', {}, `said ***\nWarning: careful\n${FAILED}`],
  ['--quiet', { quiet: true }, FAILED],
  [
    '--quiet --debug in a CI',
    { quiet: true, debug: true, env: { TF_BUILD: 'True' } },
    `debug: title\nclaims\ndebug: request\n${BROKEN}`,
  ],
])('stderr has no secret, and nothing to obey: %s', (_name, around, text) => {
  expect(printed(everything, around)).toBe(text);
});

test('a secret is masked before anything in it is escaped', () => {
  const secret = 's3\u001b[2Jcret';
  const say = (printer: Printer) => {
    printer.mask(secret);
    printer.print(`said ${secret}`);
  };
  expect(printed(say, { env: { TF_BUILD: 'True' } })).toBe('said ***\n');
});

test('on a terminal the words that count are colored', () => {
  const warn = (printer: Printer) => {
    printer.warn(say`careful`);
  };
  const fail = (printer: Printer) => {
    printer.fail('broken');
  };
  expect(printed(warn, { isTTY: true })).toBe('\u001b[33mWarning:\u001b[0m careful\n');
  expect(printed(fail, { isTTY: true })).toBe('\u001b[31mError:\u001b[0m broken\n');
});
