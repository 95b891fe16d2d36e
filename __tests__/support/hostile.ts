import fc from 'fast-check';
import { anyText } from './any-text.ts';

/** Text of the kind that would like to be Markdown, HTML, or a command of the runner. */
export const HOSTILE_MARKDOWN: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '`',
        '```',
        '````\n',
        '\n```\n',
        '~~~',
        '\n',
        '\r',
        '\r\n',
        '    ',
        '</details>',
        '<img src=x>',
      ),
      fc.constantFrom(
        '# a',
        '> ',
        '- ',
        '[a](https://x.example)',
        '@octo',
        '$x$',
        '::error::x',
        '\u001b[31m',
        '\u0000',
        '\u007f',
        '<!--',
        '\\',
        '\t',
      ),
      anyText({ maxLength: 6 }),
    ),
    { maxLength: 20 },
  )
  .map((parts) => parts.join(''));
