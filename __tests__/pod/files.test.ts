import { describe, expect, test } from '@jest/globals';
import { expectRun, lines } from './expect-run.ts';
import { AKS, inEach, runPod, type Pod } from './run-pod.ts';

/** What a command puts in place of its step outputs. */
const REPLACED: readonly (readonly [string, string])[] = [
  ['a pipe', 'rm -f "$file"; mkfifo "$file"'],
  ['a link to a pipe', 'mkfifo pipe; ln -sf "$PWD/pipe" "$file"'],
  ['a link to a device without an end', 'ln -sf /dev/zero "$file"'],
  ['a link to itself', 'rm -f "$file"; ln -s "$file" "$file"'],
  ['a folder', 'rm -f "$file"; mkdir "$file"'],
  ['nothing', 'rm -f "$file"'],
];

inEach([AKS], (on) => {
  const pod = (...command: readonly string[]): Pod => ({ command: lines(...command), shell: 'sh' });
  const run = (...command: readonly string[]) => runPod(on, pod(...command));

  test.concurrent.each(REPLACED)(
    '%s in place of the outputs: they are lost',
    async (_name, put) => {
      const summarize = 'echo "# Hi" >"$GITHUB_STEP_SUMMARY"';
      await expectRun(on, pod(summarize, 'file=$GITHUB_OUTPUT', put, 'echo done'), {
        output: 'done\n',
        exitCode: 0,
        outputs: undefined,
        summary: '# Hi\n',
      });
    },
  );

  test.concurrent('a pipe in place of the summary: all the rest comes', async () => {
    const put = 'rm "$GITHUB_STEP_SUMMARY"; mkfifo "$GITHUB_STEP_SUMMARY"';
    await expectRun(on, pod('echo a=1 >"$GITHUB_OUTPUT"', put, 'echo done'), {
      output: 'done\n',
      exitCode: 0,
      outputs: 'a=1\n',
      summary: undefined,
    });
  });

  test.concurrent('nothing in place of the outputs: a long output comes all the same', async () => {
    const { report } = await run('rm "$GITHUB_OUTPUT"; head -c 600000 /dev/zero | tr "\\0" " "');
    const output = { truncated: true, missingBytes: 600_000 - 520_192 };
    expect(report).toMatchObject({ kind: 'ran', complete: true, exitCode: 0, output });
    expect(report).toHaveProperty('outputs', undefined);
  });

  test.concurrent('a file is as large as it is in bytes, whatever its encoding', async () => {
    const latin1 = (bytes: number) => `head -c ${bytes} /dev/zero | tr "\\0" "\\351"`;
    const { report } = await run(
      `{ printf a=; ${latin1(30_000)}; } >"$GITHUB_OUTPUT"`,
      `${latin1(65_537)} >"$GITHUB_STEP_SUMMARY"`,
    );
    expect(report).toMatchObject({
      kind: 'ran',
      complete: true,
      outputs: { text: `a=${'\uFFFD'.repeat(30_000)}`, isCut: false, isChanged: false },
      summary: { text: '\uFFFD'.repeat(65_536), isCut: true, isChanged: false },
    });
  });

  describe('a process left behind', () => {
    const endless = (file: string) =>
      `(while :; do echo x=1; done >>"${file}") & sleep 0.3; echo done`;
    test.concurrent.each([
      ['its outputs', '$GITHUB_OUTPUT'],
      ['its summary', '$GITHUB_STEP_SUMMARY'],
    ])('that writes to %s for ever does not hold the script', async (_name, file) => {
      const { report, exitCode } = await run(endless(file));
      expect(exitCode).toBe(0);
      expect(report).toMatchObject({
        kind: 'ran',
        complete: true,
        exitCode: 0,
        outputs: { text: expect.stringMatching(/^(?:x=1\n)*(?:x?|x=1?)$/) },
        output: { text: 'done\n' },
      });
    });

    test.concurrent('that changes them into pipes and back does not hold the script', async () => {
      const { report, exitCode } = await run(
        'flip() { while :; do rm -f "$1"; mkfifo "$1"; rm -f "$1"; echo x=1 >"$1"; done; }',
        'flip "$GITHUB_OUTPUT" & flip "$GITHUB_STEP_SUMMARY" &',
        'sleep 0.3; echo done; exit 3',
      );
      expect(exitCode).toBe(3);
      expect(report).toMatchObject({ kind: 'ran', exitCode: 3, output: { text: 'done\n' } });
    });

    test.concurrent('that makes files in their folder does not hold the script', async () => {
      const { report, exitCode } = await run(
        'folder=${GITHUB_OUTPUT%/*}',
        '(i=0; while :; do mkdir -p "$folder/x"; echo >"$folder/x/$((i += 1))"; done) &',
        'sleep 0.3; echo done; exit 3',
      );
      expect(exitCode).toBe(3);
      expect(report).toMatchObject({ kind: 'ran', complete: true, exitCode: 3 });
    });
  });
});
